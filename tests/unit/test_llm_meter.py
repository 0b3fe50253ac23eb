from __future__ import annotations

import pytest

from simulator.domain.usage import Prices, Usage
from simulator.llm.answers import Spent
from simulator.llm.meter import Meter
from simulator.llm.tokens import PER_MESSAGE, PER_PROMPT, Counter

PROMPT = [{"role": "user", "content": "hello world"}]
FRAME = PER_PROMPT + PER_MESSAGE


def test_what_the_endpoint_reports_is_taken_and_priced() -> None:
    meter = Meter(Counter("asked"), Prices(prompt=2.0, reply=10.0))
    meter.add("actor", "asked", Spent("answered", 1_000, 100), PROMPT, "你好", left_out=3)
    assert meter.drain() == (Usage("actor", "asked", "answered", 1_000, 100, "reported", 3, 0.003),)


@pytest.mark.parametrize(
    "spent",
    [None, Spent("", None, None), Spent("", 9, None), Spent("", None, 9), Spent("", 0, 0)],
)
@pytest.mark.parametrize(
    ("model", "measured", "counts"), [("gpt-4o", "counted", (2, 1)), ("mine", "estimated", (3, 2))]
)
def test_what_is_not_reported_is_counted_or_estimated(
    spent: Spent | None, model: str, measured: str, counts: tuple[int, int]
) -> None:
    counter = Counter(model)
    counter.settle()
    meter = Meter(counter, None)
    meter.add("listener", model, spent, PROMPT, "你好")
    (usage,) = meter.drain()
    assert (usage.prompt_tokens, usage.reply_tokens, usage.measured) == (FRAME + counts[0], counts[1], measured)
    assert (usage.answered, usage.cost) == ("", None)


def test_usage_comes_in_order_and_once() -> None:
    meter = Meter(Counter("mine"), None)
    for role in ("listener", "actor"):
        meter.add(role, "mine", None, PROMPT, "")
    assert [usage.role for usage in meter.drain()] == ["listener", "actor"]
    assert meter.drain() == ()
