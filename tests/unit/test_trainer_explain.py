"""One line under the lamp: what it opens at which trust, and what is missing."""

from __future__ import annotations

from collections import deque

from simulator.domain.events import Heard
from simulator.domain.persona import Unlock
from simulator.offline.listener import OfflineListener
from simulator.trainer.explain import Bench, Explanation, Said
from simulator.trainer.gate_view import reasoning
from tests.fakes import ScriptedListener, a_persona, hearing, match, need, sentence

ASKED = "What is on the paper?"
PERSONA = a_persona(
    need("L1", "open_question", "paper"),
    need("L2", "open_question", "time", after=("L1",)),
    need("L3", "open_question", "boss", unlock=Unlock(("open_question",), match(("boss",)), 2)),
    need("L4", "reflect_feeling", "worry"),
)
"""L1 opens when it is asked for, L2 only after L1, L3 only at trust 2; the persona starts at 1."""


async def explained(topic: str, act: str = "open_question", context: str = "", **options: object) -> Explanation:
    heard = hearing(sentence(ASKED, act, topics=[topic]))
    bench = Bench(ScriptedListener(deque([heard])), PERSONA, **options)  # type: ignore[arg-type]
    return await bench.explain(Said(ASKED, context))


async def test_line_opens_what_it_asks_for_where_the_persona_starts() -> None:
    assert (await explained("L1")).opens == ("L1",)


async def test_trust_is_what_it_is_told_to_be() -> None:
    assert (await explained("L3")).opens == ()
    assert (await explained("L3", trust=2)).opens == ("L3",)
    assert (await explained("L3", trust=0)).opens == ()


async def test_predecessors_count_as_open_when_told_so() -> None:
    assert (await explained("L2")).opens == ()
    assert (await explained("L2", predecessors_open=True)).opens == ("L2",)


async def test_missing_trust_predecessor_and_act_are_named() -> None:
    assert "L3 was asked for; missing: trust 2" in (await explained("L3")).lines()
    assert "L2 was asked for; missing: L1 to be open first" in (await explained("L2")).lines()
    assert "L4 is touched; missing one of reflect_feeling" in (await explained("L4")).lines()


async def test_a_yes_or_no_question_that_counts_as_open_is_said_to() -> None:
    told = {
        line: list((await Bench(OfflineListener(), None).explain(Said(line))).lines())[1]
        for line in ("Is there anything you have to show them?", "Do you need a receipt?", "回头要跟谁交代吗？")
    }
    counts = [", counts as open (names no answer): " in line for line in told.values()]
    assert counts == [True, False, True]
    assert all(line.startswith("  closed_question") for line in told.values())


async def test_the_gate_says_as_much_of_a_question_that_counts_as_open() -> None:
    told = []
    for line in ("Is there anything you have to show them?", "Do you need a receipt?"):
        heard = (await Bench(OfflineListener(), None).explain(Said(line))).hearing
        told += [one.partition(" | ")[0] for one in reasoning([Heard(1, heard, "offline")])]
    assert told == ["heard: closed_question (counts as open)", "heard: closed_question"]


async def test_what_counts_as_a_feeling_given_back_is_said_to() -> None:
    supposed, known = "You look as though you ought to be elsewhere.", "You want a straight answer at last."
    told = {line: await Bench(OfflineListener(), None).explain(Said(line)) for line in (supposed, known)}
    first = {line: list(each.lines())[1].partition(": ")[0] for line, each in told.items()}
    assert first == {
        supposed: "  reflect_content, counts as a feeling given back (as supposed)",
        known: "  reflect_content",
    }
    gate = {
        line: next(reasoning([Heard(1, each.hearing, "offline")])).partition(" | ")[0] for line, each in told.items()
    }
    assert gate == {
        supposed: "heard: reflect_content (counts as a feeling given back)",
        known: "heard: reflect_content",
    }


async def test_third_need_in_one_turn_is_said_to_wait() -> None:
    heard = hearing(*(sentence(ASKED, "open_question", topics=[name]) for name in ("L1", "L3", "L5")))
    persona = a_persona(*(need(name, "open_question", "paper") for name in ("L1", "L3", "L5")))
    told = await Bench(ScriptedListener(deque([heard])), persona).explain(Said(ASKED))
    assert told.opens == ("L1", "L3")
    assert "L5 was asked for; a third need in one turn waits" in told.lines()


async def test_question_that_follows_a_cue_touches_its_need() -> None:
    probe = hearing(sentence("What makes you say that?", "open_question"))
    bench = Bench(ScriptedListener(deque([probe, probe])), PERSONA)
    followed = await bench.explain(Said("What makes you say that?", "Well. Hm, the paper."))
    assert [found["topic"] for found in followed.data()["topics"]] == ["L1"]
    assert (await bench.explain(Said("What makes you say that?", "Well."))).data()["topics"] == []


async def test_without_a_persona_nothing_can_open() -> None:
    told = await Bench(ScriptedListener(deque([hearing(sentence(ASKED, "open_question"))])), None).explain(Said(ASKED))
    assert told.data() == {
        "acts": [{"act": "open_question", "span": ASKED}],
        "topics": [],
        "opens": [],
        "flags": [],
    }
    assert not any(line.startswith("opens") for line in told.lines())


async def test_line_in_which_nothing_is_heard_says_so() -> None:
    silent = Bench(ScriptedListener(deque([hearing(sentence("Hm."))])), None)
    assert list((await silent.explain(Said("Hm."))).lines()) == ["“Hm.”", "  nothing heard"]
