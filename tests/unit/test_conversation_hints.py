from __future__ import annotations

from simulator.conversation.hints import next_hint, no_hint
from simulator.conversation.state import fold
from simulator.domain import events as e
from tests.fakes import a_persona, need, started


def texts(*events: e.Event) -> list[tuple[str, int, str]]:
    """Every hint there is to have from here on, in order."""
    persona = a_persona(need("L1", "open_question", "paper"), need("L2", "reflect_feeling", "worry", after=("L1",)))
    log: list[e.Event] = [started(), e.PersonaSpoke(1, "Hello?"), *events]
    found = []
    while hint := next_hint(fold(log, persona), persona):
        found.append((hint.need, hint.step, hint.text))
        log.append(e.HintShown(1, hint.need, hint.step))
    return found


def test_the_ladder_has_three_steps_for_the_need_that_can_be_asked_for() -> None:
    assert [(need_id, step) for need_id, step, _ in texts()] == [("L1", 1), ("L1", 2), ("L1", 3)]


def test_a_need_behind_an_open_one_gets_its_own_ladder() -> None:
    opened = e.NeedOpened(2, "L1", "open_question", "x")
    assert [(need_id, step) for need_id, step, _ in texts(opened)] == [("L2", 1), ("L2", 2), ("L2", 3)]


def test_no_step_says_what_the_need_is() -> None:
    behind = texts(e.NeedOpened(2, "L1", "open_question", "x"))
    assert {need_id for need_id, _, _ in texts() + behind} == {"L1", "L2"}
    assert not [text for _, _, text in texts() + behind if "secret" in text or "sorted" in text]


def test_the_first_step_takes_up_the_cue_that_was_dropped() -> None:
    assert "Hm, the paper." in texts(e.CueDropped(1, "L1"))[0][2]
    assert "Hm, the paper." not in texts()[0][2]


def test_the_last_step_is_an_example_line() -> None:
    assert "What about the paper?" in texts()[2][2]


def test_where_everything_is_found_it_is_said_what_is_left_to_do() -> None:
    persona = a_persona(need("L1", "open_question", "paper"))
    begun = (started(), e.PersonaSpoke(1, "Hello?"))
    found = (*begun, e.NeedOpened(2, "L1", "open_question", "x"))
    assert "nothing left to find" in no_hint(fold(found, persona), persona)
    for other in (begun, (*found, e.SessionEnded("learner"))):
        assert no_hint(fold(other, persona), persona) == "There is no further hint."
