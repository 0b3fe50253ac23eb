"""What line mode writes: the two who talk on one stream, whatever the program says about it on standard error."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from math import ceil
from typing import TextIO

from simulator.cli.streams import Speech, fitted
from simulator.conversation.engine import Delta
from simulator.conversation.ports import Waiting
from simulator.domain import events as e
from simulator.domain.learner import LearnerBrief
from simulator.domain.transcript import Turn
from simulator.domain.usage import Prices, Usage
from simulator.reports.brief import brief_parts
from simulator.text_gate import clean
from simulator.wording import say


class Screen:
    """The streams of one practice. `name` is the customer's; `out` takes what the two say."""

    def __init__(self, name: str, out: TextIO) -> None:
        self._name = name
        self._out = out
        self._speech: Speech | None = None
        self._told: set[str] = set()

    async def follow(self, events: AsyncGenerator[e.Event | Delta | Waiting, None]) -> list[e.Event]:
        """The customer's reply as it comes; returns what it changed. The line stays open until `settle` is called.

        Whatever stops this stops the reply.
        """
        changed: list[e.Event] = []
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Delta):
                    self._speak(event.text)
                elif isinstance(event, Waiting):
                    reason, seconds = event.reason, ceil(event.seconds)
                    self.narrate(say("{reason}; asking again in {seconds} s", reason=reason, seconds=seconds))
                else:
                    changed.append(event)
                    if isinstance(event, e.PersonaSpoke) and event.text and not self._speech:
                        self._speak(event.text)  # the opening line comes in one piece
        return changed

    def settle(self) -> None:
        """End the line of a reply that has begun: by now it is durable, or will never be."""
        speech, self._speech = self._speech, None
        if speech:
            speech.end()

    def tell(self, changed: Iterable[e.Event]) -> None:
        """What went otherwise than it should in a turn that changed this."""
        for event in changed:
            if isinstance(event, e.Heard) and event.fallback:
                told = say(
                    "the model did not hear that line ({reason}); the program heard it itself", reason=event.fallback
                )
                self._narrate_once("listener", told)
            elif isinstance(event, e.ModelAnswered) and event.usage.left_out:
                told = say("the model's window is full: from here on the oldest exchanges are not sent to it")
                self._narrate_once("window", told)
            elif isinstance(event, e.PersonaSpoke) and event.reason:
                broken = say("broken off: {reason}", reason=event.reason)
                self.narrate(broken if event.text else say("no reply: {reason}", reason=event.reason))

    def brief(self, learner: LearnerBrief, language: str) -> None:
        """The learner's side of the table."""
        self.narrate(learner.role.in_language(language))
        for part in brief_parts(learner, language):
            self.narrate(say("{heading}:", heading=part.heading))
            for line in part.lines:
                self.narrate(f"  · {line}")

    def spent(self, usage: Sequence[Usage], prices: Prices | None) -> None:
        """What the model's requests came to; nothing where there were none."""
        if usage:
            self.narrate(spending(usage, prices))

    def turn(self, turn: Turn) -> None:
        """A turn that was said before."""
        from simulator.reports.conversation import broken

        self.spoken(turn.speaker, turn.text + broken(turn))

    def spoken(self, speaker: str, text: str) -> None:
        """What one of the two says, whole."""
        name = self._name if speaker == "persona" else say("You")
        self.write(fitted(say("{name}: {text}", name=name, text=text), self._out))

    def write(self, text: str) -> None:
        """Text and a line feed on the stream of the talk."""
        self._out.write(text + "\n")
        self._out.flush()

    def narrate(self, text: str) -> None:
        """What the program itself has to say."""
        sys.stderr.write(fitted(clean(text), sys.stderr) + "\n")
        sys.stderr.flush()

    def _speak(self, text: str) -> None:
        self._speech = self._speech or Speech(self._out, say("{name}: {text}", name=self._name, text=""))
        self._speech.write(text)

    def _narrate_once(self, kind: str, text: str) -> None:
        if kind not in self._told:
            self._told.add(kind)
            self.narrate(text)


def spending(usage: Sequence[Usage], prices: Prices | None) -> str:
    """What requests came to, in one line."""
    prompt, reply = sum(one.prompt_tokens for one in usage), sum(one.reply_tokens for one in usage)
    told = say("the model read {prompt:,} tokens and wrote {reply:,}", prompt=prompt, reply=reply)
    cost = sum(one.cost for one in usage if one.cost is not None)
    return f"{told} ({cost:.4f} {prices.currency})" if prices else told
