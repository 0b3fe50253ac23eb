"""What people really say when they promise: the shipped customers' authority items know it, and tell apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.conversation import promise_ledger
from simulator.domain.transcript import Transcript, Turn
from simulator.language.acts import hear
from simulator.language.topics import finder
from simulator.packs.load import load_persona

PERSONAS = Path(__file__).resolve().parents[2] / "personas"


def items(persona: str, line: str) -> list[tuple[str | None, str]]:
    (path,) = PERSONAS.glob(f"{persona}-*.yaml")
    transcript = Transcript((Turn(2, "learner", line),), "en" if line.isascii() else "zh-Hans")
    made = promise_ledger.promises(transcript, {2: hear(line)}, load_persona(path.read_bytes(), path.name).value)
    return [(promise.item, promise.promise_class) for promise in made]


@pytest.mark.parametrize(
    ("persona", "item", "line"),
    [
        ("s05", "M4", "I'll jot it all down for you."),
        ("s06", "M2", "I'll box up the dishes for you."),
        ("s07", "M2", "下一杯算我们的。"),
        ("s08", "M2", "我叫人去给您买，三十块以内我们出。"),
        ("s09", "M5", "从头到尾我都陪着你们。"),
        ("s11", "M5", "I'll stay on the phone while your son sets it up."),
        ("s12", "M1", "I'm fetching the triage nurse this minute."),
        ("s12", "M2", "我把您排到后面第二位之后。"),
        ("s13", "M3", "You'll get a call from me Monday morning, nine thirty."),
        ("s14", "M1", "续费的时候我给您减到二十五个席位。"),
        ("s14", "M1", "续费后给您二十个席位。"),
        ("s14", "M3", "我给您把自动续费关掉。"),
    ],
)
def test_a_permitted_promise_in_everyday_words_is_within_authority(persona: str, item: str, line: str) -> None:
    assert items(persona, line) == [(item, "P3")]


@pytest.mark.parametrize(
    ("persona", "item", "line"),
    [
        ("s05", "N1", "I'll leave the desk and go and look with you."),
        ("s06", "N1", "I'll box up the rest for you."),
        ("s06", "N1", "我把西瓜切了您带回去。"),
        ("s07", "N1", "这次给您破个例。"),
        ("s09", "N1", "You'll be able to see her face."),
        ("s11", "N2", "A technician will be with you this afternoon."),
        ("s12", "N2", "You'll go in before everybody else."),
        ("s13", "N1", "I'll see that every cent is returned."),
        ("s14", "N4", "我给您减到十个席位。"),
        ("s14", "N3", "给您便宜两成。"),
    ],
)
def test_a_forbidden_promise_in_everyday_words_is_outside_it(persona: str, item: str, line: str) -> None:
    assert items(persona, line) == [(item, "P4")]


@pytest.mark.parametrize(
    ("persona", "line"),
    [
        ("s05", "我不能离开前台，我现在给老师发消息。"),
        ("s06", "切好的水果不能打包，我送您一个整的小西瓜。"),
        ("s06", "The cut fruit stays here, but I'll box up the dishes for you."),
        ("s09", "You'll have the quiet room to say goodbye to him with the coffin closed."),
        ("s10", "I'll file the approval for the customer list."),
        ("s11", "这一周的断网经过我写给您。"),
        ("s11", "I'll ring you when you have internet again."),
        ("s12", "I'll write it down for you right here at the counter."),
        ("s13", "一出结果我就告诉您。"),
        ("s14", "I'll keep your access running until the end of the month."),
    ],
)
def test_what_names_a_forbidden_matter_without_promising_it_is_not_outside(persona: str, line: str) -> None:
    assert "P4" not in [promise_class for _, promise_class in items(persona, line)]


def test_tomorrows_room_is_uncertain_however_the_condition_is_worded() -> None:
    path = PERSONAS / "s08-toothbrush-checkin.yaml"
    persona = load_persona(path.read_bytes(), path.name).value
    uncertain = next(news for news in persona.bad_news if news.id == "B2")
    assert finder(uncertain.match).find("Tomorrow it could be free. If they leave, it's yours; if not, it isn't.")
    assert not finder(uncertain.match).find("Tomorrow the family room is yours.")
