from simulator.conversation.stages import stage
from tests.fakes import hearing, sentence


def lines(*acts: str) -> dict[int, object]:
    """A hearing for each, the turns of the learner in order; several acts are sentences of one line."""
    return {
        2 * n + 2: hearing(*(sentence(act, act) for act in group.split())) for n, group in enumerate(acts)
    }  # fmt: skip


def test_nothing_said_is_exploring() -> None:
    assert stage({}) == "explore"


def test_the_latest_line_that_tells_decides() -> None:
    assert stage(lines("open_question", "propose")) == "offer"
    assert stage(lines("propose", "act_now")) == "action"
    assert stage(lines("act_now", "confirm_ask")) == "confirm"
    assert stage(lines("confirm_ask", "open_question")) == "explore"


def test_a_line_that_offers_and_then_asks_explores() -> None:
    assert stage(lines("propose open_question")) == "explore"
    assert stage(lines("open_question propose")) == "offer"


def test_courtesies_leave_the_stage_as_it_was() -> None:
    assert stage(lines("propose", "greet", "apologize own_it")) == "offer"
