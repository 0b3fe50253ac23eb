"""Which needs some conversation opens, by the rules of the gate and not by the look of the numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.domain.persona import Delta, Irritation, Start, Trigger, Unlock
from simulator.trainer import reach
from simulator.trainer.reach import explored, out_of_reach
from tests.fakes import a_persona, match, need, text


def asking(trust: float, *acts: str) -> Unlock:
    return Unlock(acts or ("open_question",), match(("boss",)), trust)


def annoying(*acts: str, patience: float) -> Irritation:
    return Irritation("I1", text("asked at all"), Trigger(acts=acts), 0, patience)


def test_trust_is_earned_before_it_is_asked_for() -> None:
    persona = a_persona(need("L1", "open_question", "boss", unlock=asking(3)), start=Start(-3, 0, 1))
    assert explored(persona).needs == {"L1"}
    assert list(out_of_reach(persona)) == []


def test_more_needs_than_open_in_one_turn_are_asked_for_again() -> None:
    persona = a_persona(*(need(f"L{n}", "open_question", "boss") for n in range(7)))
    assert explored(persona).needs == {f"L{n}" for n in range(7)}


def test_an_act_that_irritates_is_left_alone_where_another_opens_the_need() -> None:
    rough = annoying("closed_question", patience=-9)
    both = a_persona(
        need("L1", "open_question", "boss", unlock=asking(0, "closed_question", "open_question")), irritations=(rough,)
    )
    assert list(out_of_reach(both)) == []
    only = a_persona(need("L1", "closed_question", "boss"), irritations=(rough,))
    assert [(fault.code, fault.path) for fault in out_of_reach(only)] == [
        ("P044", ("latent_needs", 0, "unlock", "any_of"))
    ]


def test_patience_that_runs_out_before_trust_is_earned_is_found() -> None:
    flat = {name: Delta() for name in ("reflect_feeling", "own_it", "act_now")}
    persona = a_persona(
        need("L1", "open_question", "boss", unlock=asking(3)),
        deltas=flat,
        start=Start(0, 1, 4),
        irritations=(annoying("open_question", patience=-1),),
    )
    [fault] = out_of_reach(persona)
    assert (fault.code, fault.message) == (
        "P043", "trust begins at 1 and no conversation takes it beyond 2.5"
    )  # fmt: skip
    patient = replace(persona, start=Start(0, 1, 6))
    assert list(out_of_reach(patient)) == []


def test_a_need_that_waits_for_one_out_of_reach_is_not_told_as_well() -> None:
    persona = a_persona(
        need("L1", "closed_question", "boss"),
        need("L2", "open_question", "paper", after=("L1",)),
        irritations=(annoying("closed_question", patience=-9),),
    )
    assert [fault.path[1] for fault in out_of_reach(persona)] == [0]


def test_a_search_that_had_to_be_given_up_accuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "MAX_LINES", 3)
    persona = a_persona(need("L1", "closed_question", "boss"), irritations=(annoying("closed_question", patience=-9),))
    assert list(out_of_reach(persona)) == []
