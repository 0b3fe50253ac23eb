from __future__ import annotations

from simulator.conversation.context import in_context, listen
from simulator.conversation.state import State, fold
from simulator.domain import events as e
from simulator.domain.acts import Hearing
from simulator.domain.transcript import Transcript, Turn
from simulator.offline.listener import OfflineListener
from tests.fakes import a_persona, hearing, sentence, started

PERSONA = a_persona()
OFFER = sentence("I could leave him a note.", "propose")
CONFIRM = sentence("Is that what you need?", "confirm_ask", "closed_question")


def state_after(*lines: Hearing, cue: str | None = None) -> State:
    events: list[e.Event] = [started(), e.PersonaSpoke(1, "Hello?")]
    for index, line in enumerate(lines, start=1):
        turn = 2 * index
        events += [e.LearnerSpoke(turn, "line"), e.Heard(turn, line, "scripted"), e.PersonaSpoke(turn + 1, "Hm.")]
    if cue:
        events.insert(-1, e.CueDropped(2 * len(lines) + 1, cue))
    return fold(events, PERSONA)


def acts(line: Hearing, state: State) -> list[list[str]]:
    return [[act.act for act in s.acts] for s in in_context(line, state, PERSONA).sentences]


def test_a_confirm_question_before_any_offer_is_a_summary_check() -> None:
    assert acts(hearing(CONFIRM), state_after()) == [["summary_check", "closed_question"]]


def test_asked_only_for_their_view_before_any_offer_nothing_is_summed_up() -> None:
    for words in ("你说呢", "What do you think?"):
        view = sentence(words, "confirm_ask", "closed_question")
        assert acts(hearing(view), state_after()) == [["closed_question"]]
        assert acts(hearing(view), state_after(hearing(OFFER))) == [["confirm_ask", "closed_question"]]


def test_after_an_offer_it_confirms_in_the_same_line_too() -> None:
    assert acts(hearing(CONFIRM), state_after(hearing(OFFER))) == [["confirm_ask", "closed_question"]]
    assert acts(hearing(OFFER, CONFIRM), state_after())[1] == ["confirm_ask", "closed_question"]
    assert acts(hearing(CONFIRM, OFFER), state_after())[0] == ["summary_check", "closed_question"]


def test_a_sentence_said_before_is_a_repeated_script_unless_it_is_short() -> None:
    script = sentence("Your request is very important to us.", "inform")
    short = sentence("One moment.", "inform")
    said = state_after(hearing(script, short))
    louder = sentence("YOUR REQUEST is very important to us.", "inform")
    assert acts(hearing(louder, short), said) == [["inform", "script_repeat"], ["inform"]]


def test_thanks_and_fillers_are_no_script_however_often_they_are_said() -> None:
    thanks, filler = (
        sentence("Thank you so much for your patience.", "affirm"),
        sentence("Please bear with me a moment."),
    )
    said = state_after(hearing(thanks, filler))
    assert acts(hearing(thanks, filler), said) == [["affirm"], []]


def test_a_question_that_echoes_the_cue_touches_its_need() -> None:
    cued = state_after(hearing(OFFER), cue="L1")
    echo = sentence("Which paper do you mean?", "open_question")
    probe = sentence("What makes you say that?", "open_question")
    other = sentence("Where do you sit?", "open_question")
    heard = in_context(hearing(echo, probe, other), cued, PERSONA)
    assert [s.touches("L1") for s in heard.sentences] == [True, True, False]
    assert "follow_up" in heard.acts


def test_a_cue_is_followed_in_the_next_turn_only_and_by_a_question_only() -> None:
    echo = sentence("Which paper do you mean?", "open_question")
    told = sentence("The paper is here.", "inform")
    cued = state_after(hearing(OFFER), cue="L1")
    assert not in_context(hearing(told), cued, PERSONA).sentences[0].touches("L1")
    later = fold([*_events(cued), e.LearnerSpoke(4, "line"), e.PersonaSpoke(5, "Hm.")], PERSONA)
    assert not in_context(hearing(echo), later, PERSONA).sentences[0].touches("L1")


def _events(state: State) -> list[e.Event]:
    events: list[e.Event] = [started()]
    events += [
        e.LearnerSpoke(t.n, t.text) if t.speaker == "learner" else e.PersonaSpoke(t.n, t.text) for t in state.turns
    ]
    return [*events, *(e.CueDropped(turn, need) for need, turn in state.cues.items())]


async def test_an_outside_transcript_is_heard_turn_by_turn_with_what_came_before() -> None:
    turns = (
        Turn(1, "persona", "Hello, is he there?"),
        Turn(2, "learner", "He is out. What about the paper?"),
        Turn(3, "persona", "Yes."),
        Turn(4, "learner", "Is that what you needed?"),
    )
    heard = await listen(Transcript(turns, "en"), PERSONA, OfflineListener())
    assert heard[2].topics == ("L1",)
    assert "confirm_ask" not in heard[4].acts  # nothing was offered
    assert "summary_check" in heard[4].acts


MORE = sentence("Is there anything else you need?", "confirm_ask", "closed_question")


def test_whether_there_is_more_is_no_summary_and_confirms_only_what_was_offered() -> None:
    assert acts(hearing(MORE), state_after()) == [["closed_question"]]
    assert acts(hearing(MORE), state_after(hearing(OFFER))) == [["confirm_ask", "closed_question"]]


def test_whether_there_is_more_belongs_to_the_summary_before_it_unless_that_offers() -> None:
    recap = sentence("So it's the paper and the note, is that right?", "summary_check")
    after = state_after(hearing(OFFER))
    assert acts(hearing(recap, MORE), after)[1] == ["closed_question"]
    assert acts(hearing(recap, OFFER, MORE), after)[2] == ["confirm_ask", "closed_question"]
