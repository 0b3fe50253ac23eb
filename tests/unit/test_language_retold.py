"""What a saying begins with is left out when it is said again; the rest stays as it was."""

from __future__ import annotations

import pytest

from simulator.language.retold import bids, in_mid_sentence, without_greeting, without_joint, without_taking_up


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hello there, excuse me. My bag is gone.", "My bag is gone."),
        ("Hi… I need the key.", "I need the key."),
        ("喂，您好，我想问一下。", "我想问一下。"),
        ("老師，打擾了。我想問一下。", "我想問一下。"),
        ("Sorry I am late.", "Sorry I am late."),
    ],
)
def test_a_greeting_is_left_out(text: str, left: str) -> None:
    assert without_greeting(text) == left


def test_what_takes_up_a_question_or_goes_on_with_a_sentence_is_left_out() -> None:
    assert without_taking_up("Now that you're asking, I've a train at six.") == "I've a train at six."
    assert without_joint("And, oh no, my tablets are next to it.") == "my tablets are next to it."
    assert without_joint("而且，对了，药还在里头。") == "药还在里头。"
    assert without_joint("So far it works.") == "So far it works."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The bag is black.", "the bag is black."),
        ("Maybe tomorrow.", "maybe tomorrow."),
        ("Eleven of us are coming.", "eleven of us are coming."),
        ("May is too late.", "May is too late."),
        ("I'd rather wait.", "I'd rather wait."),
        ("Reyes is my name.", "Reyes is my name."),
        ("A公司改不了。", "A公司改不了。"),
    ],
)
def test_a_name_keeps_its_capital_in_mid_sentence(text: str, said: str) -> None:
    assert in_mid_sentence(text) == said


def test_who_bids_states_nothing() -> None:
    assert bids("Then promise me that.")
    assert bids("您就答应我吧。")
    assert not bids("I promise nothing.")
