"""What will not be done: refused, or spared the customer, in whatever form it is said."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear
from simulator.language.promises import commitment

FORMS = (
    "I won't {}.",
    "I will not {}.",
    "I will never {}.",
    "I'll never {}.",
    "I'm not going to {}.",
    "I'm never going to {}.",
)
FORMS_ZH = ("我不会{}。", "我不{}。", "我绝不会{}。", "我不打算{}。", "我保证不{}。")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "what",
    [
        "press you",
        "push you into anything",
        "judge you",
        "sell you something you don't need",
        "add anything without asking you",
        "leave you waiting",
        "tell anyone",
    ],
)
def test_what_the_customer_is_spared_is_undertaken_in_every_form(form: str, what: str) -> None:
    line = form.format(what)
    assert {"promise"} == set(hear(line).acts)
    made = commitment(line)
    assert made is not None
    assert (made.kind, made.forgoes) == ("firm", True)


@pytest.mark.parametrize("form", FORMS_ZH)
@pytest.mark.parametrize("what", ["催您", "硬推给您用不上的东西", "劝您加钱", "告诉别人"])
def test_what_the_customer_is_spared_is_undertaken_in_every_chinese_form(form: str, what: str) -> None:
    line = form.format(what)
    assert "promise" in hear(line).acts
    made = commitment(line)
    assert made is not None
    assert (made.kind, made.forgoes) == ("firm", True)


@pytest.mark.parametrize("form", ["I won't {}.", "I'm not going to {}."])
@pytest.mark.parametrize("what", ["give you a refund", "sell you an upgrade", "open it for you", "change the rule"])
def test_what_the_customer_would_have_is_refused_in_every_form(form: str, what: str) -> None:
    acts = hear(form.format(what)).acts
    assert "refuse" in acts
    assert "promise" not in acts


@pytest.mark.parametrize(
    "line", ["I won't press you, but I won't refund it.", "I won't refund it, but I won't press you."]
)
def test_what_is_spared_and_what_is_refused_stand_beside_each_other(line: str) -> None:
    assert {"refuse", "promise"} <= set(hear(line).acts)


@pytest.mark.parametrize(
    "line",
    [
        "I don't want to press you.",
        "I wouldn't press you.",
        "He says he won't press you.",
        "I won't bother you any more.",
        "Am I not going to press you?",
        "他说他不会催您。",
        "我不打扰您了。",
        "我不想催您。",
    ],
)
def test_a_wish_a_report_and_a_leave_taken_spare_nothing(line: str) -> None:
    assert commitment(line) is None


@pytest.mark.parametrize(
    "line",
    ["It'll be there by nine, I guarantee it, and I won't press you.", "Guaranteed by nine, and I won't press you."],
)
def test_vouching_for_what_is_done_beside_what_is_spared_stays_a_guarantee(line: str) -> None:
    made = commitment(line)
    assert made is not None
    assert made.kind == "guarantee"
