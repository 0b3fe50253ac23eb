"""Lines of the kinds that whole conversations in English are made of: short checks, idioms, unmarked questions."""

from __future__ import annotations

import pytest

from simulator.grading.signs import shows
from simulator.language.acts import hear
from simulator.language.echo import is_probe
from simulator.language.talk import asks_for_records


@pytest.mark.parametrize(
    "check",
    [
        "Happy with that?",
        "You happy with that?",
        "That alright?",
        "That ok with you?",
        "Okay for you?",
        "Is that everything?",
        "Will that be all for today?",
        "How's that?",
        "How would that land with you?",
        "Does that sound about right?",
        "Any objections?",
        "How's that sound?",
        "so you happy to go with that?",
        "Do you agree?",
        "Sound OK?",
        "OK like that?",
        "Does that work for you then?",
        "Suit you?",
        "Any use to you?",
        "Is that a plan?",
        "Anything still open for you?",
    ],
)
def test_a_short_check_behind_a_promise_confirms(check: str) -> None:
    assert "confirm_ask" in hear(f"I'll ring you at four. {check}").acts


@pytest.mark.parametrize(
    "line",
    [
        "Are you happy?",
        "How would that land with your boss?",
        "Is everything in the bag?",
        "Sounds good to my boss?",
        "Is anything still open in the shop?",
    ],
)
def test_what_only_resembles_a_short_check_confirms_nothing(line: str) -> None:
    assert "confirm_ask" not in hear(line).acts


@pytest.mark.parametrize("tag", ["Ok?", "Okay?", "Alright?", "All right?"])
def test_a_bare_tag_asks_behind_what_was_undertaken_and_confirms_behind_an_arrangement(tag: str) -> None:
    assert {"closed_question", "confirm_ask"} <= set(hear(f"I hold the seat and I'll ring you at four. {tag}").acts)
    several = f"I'll ring you at four. The seat stays yours until three. {tag}"
    assert "confirm_ask" in hear(several).acts
    step = set(hear(f"I'll ring you at four. {tag}").acts)
    assert "closed_question" in step
    assert "confirm_ask" not in step


@pytest.mark.parametrize("line", ["Please sit down. Ok?", "Alright?", "I'll ring you. Have a seat. Okay?"])
def test_a_bare_tag_elsewhere_keeps_the_talk_going(line: str) -> None:
    assert not {"closed_question", "confirm_ask"} & set(hear(line).acts)


@pytest.mark.parametrize("lead", ["Honestly?", "The truth?", "To be honest?"])
def test_a_question_that_leads_over_to_its_own_answer_asks_nothing(lead: str) -> None:
    assert "closed_question" not in hear(f"{lead} Nineteen days is awful.").acts


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("Let me block the card straight away.", "promise"),
        ("Let me carry your coffee up.", "promise"),
        ("If you have to run off, he could wait here with us.", "propose"),
        ("The porter can run to the shop, but I don't know what they've got.", "propose"),
        ("It usually takes half an hour but could slip to ten to four.", "state_limit"),
        ("It may take longer.", "state_limit"),
        ("I don't know what they've got.", "state_limit"),
        ("What's the deal with the shift leads?", "open_question"),
        ("who decides at your end", "open_question"),
        ("who signs for it", "open_question"),
    ],
)
def test_everyday_wordings_do_what_they_say(line: str, act: str) -> None:
    assert act in hear(line).acts


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("Let me ask you something.", "promise"),
        ("May I know where you are so I can check where the rider is?", "propose"),
        ("I'll see if the porter can run to the shop.", "propose"),
        ("What's the deal with you?", "open_question"),
        ("I don't know what you've got on.", "state_limit"),
        ("who decides is not my business", "open_question"),
    ],
)
def test_what_only_resembles_them_does_not(line: str, act: str) -> None:
    assert act not in hear(line).acts


@pytest.mark.parametrize("line", ["May I ask why?", "Why?", "Can I ask why that is?", "What's the reason?"])
def test_who_asks_no_more_than_why_probes(line: str) -> None:
    assert is_probe(line)
    assert not is_probe("May I ask why the card was blocked?")


@pytest.mark.parametrize("line", ["Where are you right now?", "Where are you, so I can look?", "Your address"])
def test_where_they_are_is_on_file(line: str) -> None:
    assert asks_for_records(line)
    assert not asks_for_records("Where are you going?")


@pytest.mark.parametrize("line", ["No worries, I'll text you his number.", "No problem at all, goodbye."])
def test_to_say_that_it_is_no_trouble_promises_nothing(line: str) -> None:
    assert not shows(line, "soft_promise")
    assert shows("No worries, it'll be there.", "soft_promise")
    assert shows("That's no problem at all.", "soft_promise")


@pytest.mark.parametrize(
    "line",
    [
        "So: Sunday at two is held, I call you after ten, the paper comes by Friday. Have I got everything?",
        "Let me go over it: suite on nine, a key at the desk, the porter off now. Does that cover everything?",
        "So: card frozen, form by Monday six, and I'll ring at half past nine. Anything you're still worried about?",
    ],
)
def test_a_recap_of_what_was_arranged_with_a_check_that_leaves_room_confirms(line: str) -> None:
    assert "confirm_ask" in hear(line).acts


def test_whether_they_are_worried_asks_after_them_and_not_after_the_arrangement() -> None:
    assert "confirm_ask" not in hear("Is there anything you're worried about?").acts


@pytest.mark.parametrize(
    "line",
    [
        "Leave him with us!",
        "How about twenty-four and ten percent off?",
        "Would she like a little note from us?",
        "Would you like to step over here?",
        "Would Sunday at two be possible?",
        "Training takes half an hour, I'd run it for all of them on the 23rd.",
    ],
)
def test_what_is_put_to_them_is_an_offer(line: str) -> None:
    acts = hear(line).acts
    assert "propose" in acts
    assert not {"confirm_ask", "summary_check"} & set(acts)


@pytest.mark.parametrize(
    "line",
    [
        "Anything else I should know about?",
        "Is there anything else I should know?",
        "What else do you need besides the power?",
        "Is it something you'd rather talk about in private?",
    ],
)
def test_what_else_there_is_to_know_is_asked_and_not_whether_all_is_well(line: str) -> None:
    assert "confirm_ask" not in hear(line).acts
    assert "confirm_ask" in hear("What else do you need?").acts


def test_what_a_thing_of_theirs_can_do_here_is_an_offer() -> None:
    assert "propose" in hear("His cap can lie on the coffin.").acts
    assert "propose" not in hear("I'll ask whether his cap can lie on the coffin.").acts


def test_a_check_with_somebody_else_sums_nothing_up() -> None:
    line = "Let me check with the rider... he's got four more stops, so quarter to five, maybe five."
    assert "summary_check" not in hear(line).acts


def test_an_order_with_a_tag_asks_nothing() -> None:
    assert "closed_question" not in hear("Just sign here, fifteen minutes at most, ok?").acts


@pytest.mark.parametrize(
    "line",
    [
        "Good luck with the client!",
        "Great, thanks Marta. Catch you on the 23rd.",
        "thanks, go get em tomorrow",
        "You're all set!",
    ],
)
def test_leave_is_taken_in_passing(line: str) -> None:
    assert "close" in hear(line).acts


def test_whoever_wishes_for_luck_in_a_matter_takes_no_leave() -> None:
    assert "close" not in hear("With a bit of good luck the rider is there by five.").acts
