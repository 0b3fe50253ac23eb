"""What a session's requests came to: the endpoint's own figures, or ours where it gives none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simulator.domain.usage import Measured, Prices, Role, Usage
from simulator.errors import Outcome
from simulator.llm.answers import Answer, Message, Spent
from simulator.llm.tokens import Counter

UNPAID: frozenset[Outcome] = frozenset(
    {"unreachable", "unavailable", "key_rejected", "not_allowed", "unknown_model", "quota", "refused", "context"}
)
"""Outcomes of a request that no model worked on: there is nothing to put on the meter."""

Paid = Callable[[Sequence[Message], Answer | None], None]
"""Is told of every request that a model worked on: its messages and the answer, None where it failed or was stopped."""

_MILLION = 1_000_000


class Meter:
    """Keeps the usage of each request until it is drained (simulator.conversation.ports.Meter)."""

    def __init__(self, counter: Counter, prices: Prices | None) -> None:
        """Without `prices` no usage has a cost."""
        self._counter = counter
        self._prices = prices
        self._usages: list[Usage] = []

    def add(
        self, role: Role, asked: str, spent: Spent | None, prompt: Sequence[Message], reply: str, *, left_out: int = 0
    ) -> None:
        """One request: the model asked, what the endpoint reported, what was sent and what came of it.

        Our own count knows nothing of thinking, which a reply no longer holds.
        """
        prompt_tokens, reply_tokens, measured = _reported(spent) or self._counted(prompt, reply)
        self._usages.append(
            Usage(
                role,
                asked,
                spent.answered if spent else "",
                prompt_tokens,
                reply_tokens,
                measured,
                left_out,
                self._cost(prompt_tokens, reply_tokens),
            )
        )

    def of(self, role: Role, asked: str) -> Paid:
        """Puts the whole answers of this model, asked in this role, on the meter."""

        def paid(sent: Sequence[Message], answer: Answer | None) -> None:
            spent, reply = (answer.spent, answer.arguments or answer.text) if answer else (None, "")
            self.add(role, asked, spent, sent, reply)

        return paid

    def drain(self) -> tuple[Usage, ...]:
        """The usage of every request since the last call, in order."""
        drained, self._usages = tuple(self._usages), []
        return drained

    def _counted(self, prompt: Sequence[Message], reply: str) -> tuple[int, int, Measured]:
        measured = self._counter.measured  # asked first: should the encoding get ready meanwhile, it claims too little
        return self._counter.count_prompt(prompt), self._counter.count(reply), measured

    def _cost(self, prompt: int, reply: int) -> float | None:
        if self._prices is None:
            return None
        return (prompt * self._prices.prompt + reply * self._prices.reply) / _MILLION


def _reported(spent: Spent | None) -> tuple[int, int, Measured] | None:
    """What the endpoint says, unless it left one out or says that a prompt had no tokens at all."""
    if spent is None or not spent.prompt_tokens or spent.reply_tokens is None:
        return None
    return spent.prompt_tokens, spent.reply_tokens, "reported"
