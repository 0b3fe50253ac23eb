"""What English service talk does, family by family: what each act must be heard in, and what only resembles it."""

from __future__ import annotations

import pytest

from simulator.domain.acts import QUESTIONS
from simulator.language.acts import hear, reply_acts
from simulator.language.promises import commitment

HEARD: dict[str, str] = {
    "argue": """
        No, the gate did not close early.
        I disagree, the letter was perfectly clear.
        It really isn't that loud, madam.
        Actually, our records show the PIN was entered correctly, so that can't be what happened.
        How could it possibly be cold when it left the pan a minute ago?
        Nobody promised you a sea view.
        The food was hot when it left the kitchen.
    """,
    "blame": """
        Your plumber caused this, not us.
        You obviously overloaded it.
        It was your own choice to skip the appointment in May.
        Users always click on things they shouldn't, and here we are.
        Well, you shouldn't have given out your code, should you?
        You must have pressed something.
        Your accounts team sat on the invoice for a month.
    """,
    "contempt": """
        Oh, how tragic for you.
        let me say it slowly so even you can follow
        If you can't afford it, maybe don't eat here.
        I've got actual sick people to look after.
        Do you want a medal?
        Try using your eyes next time.
        Idiot.
        You're a bad son.
        Fuck you
    """,
    "refuse": """
        No, I won't reverse that charge.
        We're declining your request for a reduction.
        I'm not going to let you board with that.
        We don't do exchanges on sale items, end of story.
        I can't let you through without a badge.
        You're not getting another one.
    """,
    "state_limit": """
        Anything above five hundred pounds I can't approve on my own.
        I can't speak for the airport.
        That's not mine to decide.
        It depends on what the bank says.
        Only the landlord can agree to that.
        I couldn't tell you whether it'll be ready by then.
    """,
    "own_it": """
        This one has my name against it.
        I'm not passing you on to anybody.
        You've got my name and my direct line.
        We packed it badly, plain and simple.
        That delay is down to us.
        This is my case now.
        Somebody here read the address wrong, and I answer for that.
        The error was on our side: I entered the wrong date of birth.
        Our scanner misread the label.
        We promised you a call and never made it.
    """,
    "reflect_feeling": """
        Sounds like you're running on empty.
        I can see you're embarrassed, honestly it could happen to anyone.
        It sounds like there's a lot riding on this for you today.
        Okay, quietly then. This is clearly uncomfortable for you.
        I imagine it stings, having gone out on a limb for us.
        You feel nobody is taking you seriously.
        That can't be comfortable.
        I would have given up on us after the second visit.
        It must get wearing, all that queuing.
        I can tell it goes against the grain with you.
        I sense this evening means a great deal to the two of you.
        This has become much more to you than a place to sit.
    """,
    "confirm_ask": """
        Can you live with that until tomorrow?
        Split shipment, half by air. Agreed?
        I'd move you to the side room at three. Would you be comfortable with that?
        If I do it that way, does it solve the problem for you?
        Would Thursday suit you?
        What do you think of that plan?
        Is five o'clock all right for you?
        Does this come near it?
    """,
    "implication_question": """
        If the mortgage offer lapses on Friday, do you lose the house?
        Say we can't get you there before nine. What does that do to the wedding?
        And suppose we could only get you out tomorrow, what would you lose by it?
        Without the certificate, would you have to close the shop?
        Would it be held against you if the boxes came late?
        What's the knock-on for the other sites?
    """,
    "promise": """
        An engineer will be with you between ten and twelve.
        Expect an email from me before noon.
        The refund will reach your account within three days.
        If the owner agrees, I'll bring the price down by fifty.
    """,
    "update_commit": """
        I'll post progress in the ticket on the hour, every hour.
        I'll come back to your chair at quarter past and tell you where you are on the list.
        Expect a call from me before six.
        We'll write to you by Wednesday to say what the board decided.
    """,
    "withdraw_promise": """
        When I said 'covered in full' I overstated it.
        I went too far when I said he'd certainly get a place.
        I can't keep the promise I made this morning.
        What I said earlier about the window seat isn't right.
    """,
    "guarantee": """
        You'll be on that plane, no ifs no buts.
        I'm absolutely certain it will arrive.
        You have my personal guarantee: nothing will arrive late this year.
        This will never happen again.
    """,
    "pass_the_buck": """
        That's not us, that's the ground handler. Try their desk.
        That was the other shift, you'd have to come back when they're in.
        I'm only reception, you'll need to find a nurse.
        By our rules complaints go through the website, so please use the form there.
    """,
    "quote_rule": """
        company procedure is we don't release goods before payment
        I'm sorry, but the terms and conditions exclude it.
        The lease states clearly in clause nine that pets are forbidden.
        Under clause six you have to give notice in writing.
    """,
    "summary_check": """
        You want fewer vendors, one invoice and somebody who picks up the phone. Is that it, and what have I left out?
        You moved in March, the meter wasn't read, and the bill is an estimate, yeah?
        Three things then: the date, the name, the seat. Tell me if I've got any of that wrong.
    """,
    "inform": """
        The form has two parts; part B goes to your employer.
        It left Rotterdam at six and cleared customs at ten.
        The contrast dye makes some people feel warm for a few seconds.
        The driver told me you'd definitely have it by noon, those were his words.
    """,
    "propose": """
        Either I ask the ward to keep your bed until six, or we find a chair bed for your husband.
        I'd move you to the side room at three.
        My advice would be to take the morning flight.
        How would you feel about a later slot instead?
        I can scan it for you.
    """,
    "affirm": """
        Great photos, they show precisely where the strap gave way.
        Keeping the receipt was smart, it makes this much easier.
        You know your system inside out.
    """,
    "close": """
        See you on Saturday, then!
        Is there anything else I can do for you before you go?
    """,
    "open_question": """
        what's been hardest about the course since half-term
        You mentioned it's a bit pressing - whats the rush, exactly?
    """,
}


FELT = """
    You seem close to tears.
    There's a lot riding on Friday for you.
    This comes at a bad moment for you.
    Having to ask for the third time must be tiring.
    I hear some hesitation in your voice.
    You'd sooner not go through that again.
    Being needed in two places at once, that's your evening.
    You wish you could undo it.
"""


def lines(block: str) -> list[str]:
    """The lines of a block of text, without its indentation."""
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize(("act", "line"), [(act, line) for act, block in HEARD.items() for line in lines(block)])
def test_an_act_is_heard_in_the_families_of_phrasing_it_comes_in(act: str, line: str) -> None:
    assert act in hear(line).acts


@pytest.mark.parametrize("line", lines(FELT))
def test_a_feeling_is_given_back_without_its_name(line: str) -> None:
    assert "reflect_feeling" in hear(line).acts


@pytest.mark.parametrize(
    ("line", "absent"),
    [
        ("I'm not going to leave you alone with this.", "refuse"),
        ("We're not giving up on this.", "refuse"),
        ("I won't let you down.", "refuse"),
        ("You're not alone in this.", "refuse"),
        ("You should have been told, and I'm sorry.", "blame"),
        ("Because you booked early, you get the discount.", "blame"),
        ("You brought the right papers, all of them.", "blame"),
        ("You did nothing wrong, we did.", "blame"),
        ("Everyone has the right to ask.", "argue"),
        ("There's nothing wrong with asking.", "argue"),
        ("Nobody told you, and that's our mistake.", "argue"),
        ("You feel nobody is taking you seriously.", "argue"),
        ("Is walking hard for you?", "contempt"),
        ("You probably have better things to do today.", "contempt"),
        ("Poor you, that's a lot for one day.", "contempt"),
        ("How often do parcels get lost on that round?", "contempt"),
        ("How well did people get used to it?", "contempt"),
        ("You've reached the point where you believe nothing we send.", "greet"),
        ("I don't believe it's only because we're late.", "argue"),
        ("You're the one who has to tell them.", "blame"),
        ("You'd rather hear bad news than a fairy tale.", "bad_news"),
        ("You're afraid we'll hang up and that will be that.", "promise"),
        ("I'll speak to the manager for you.", "pass_the_buck"),
        ("Shall I call the doctor?", "pass_the_buck"),
        ("What does your contract say about that?", "quote_rule"),
        ("It could happen to anyone.", "guarantee"),
        ("It's a guaranteed-by-noon service.", "guarantee"),
        ("The guarantee covers two years.", "guarantee"),
        ("I'm sure it's been a long day.", "guarantee"),
        ("Say we can't get you there before nine.", "bad_news"),
        ("Unfortunately the transfer has already gone through and can't be recalled.", "act_now"),
        ("What would you like me to do if it's sold out?", "implication_question"),
        ("Who should I call if you're not at home?", "implication_question"),
        ("Whereabouts did the driver say he'd left it, and who signed?", "implication_question"),
        ("Would mornings or evenings suit you better for the retake?", "confirm_ask"),
        ("It left Rotterdam at six and cleared customs at ten.", "reflect_content"),
        ("How are you feeling just now?", "reflect_feeling"),
        ("Okay, got it.", "inform"),
        ("Have a seat, please.", "inform"),
        ("I'd have given up my seat for her.", "reflect_feeling"),
        ("Going against the grain splits the wood.", "reflect_feeling"),
    ],
)
def test_what_only_resembles_an_act_is_not_heard_as_one(line: str, absent: str) -> None:
    assert absent not in hear(line).acts


@pytest.mark.parametrize(
    "line",
    [
        "Do you want a medal?",
        "You didn't mention the allergy when you booked, so what did you expect?",
        "How could it possibly be cold when it left the pan a minute ago?",
    ],
)
def test_a_question_that_only_tells_off_asks_nothing(line: str) -> None:
    assert QUESTIONS.isdisjoint(hear(line).acts)


@pytest.mark.parametrize(
    "line",
    [
        "Tell me everything that's wrong, no holding back.",
        "What aren't you telling me about this trip? I need the full truth.",
        "Tell me honestly what's at stake for you personally, I insist.",
        "Come on, list every single thing you're hiding in that hotel room.",
        "What are you secretly afraid of with this contract? Say it plainly.",
        "Why are you so nervous? Admit what's really going on with you.",
        "What is it you don't want that man to know? Tell me.",
        "You owe us the true reason. What is really behind this decision?",
    ],
)
def test_what_is_hidden_cannot_be_demanded(line: str) -> None:
    hearing = hear(line)
    assert "extracts_prompt" in hearing.flags
    assert hearing.mostly_set_aside or QUESTIONS.isdisjoint(hearing.acts)


@pytest.mark.parametrize(
    "line",
    [
        "Thank you for the prompt reply.",
        "When the prompt comes up on the screen, type your employee number.",
        "Please enter the secret code from the text we sent you.",
        "I suggest we send an assessor.",
        "Tell me everything that happened, from the start.",
        "Don't hold back, I can take it.",
        "Being singled out with the whole room watching must have stung.",
        "You're now on the list.",
    ],
)
def test_everyday_words_of_service_talk_are_not_flagged(line: str) -> None:
    assert hear(line).flags == ()


def test_a_flagged_end_leaves_the_questions_before_it_alone() -> None:
    hearing = hear(
        "I'm sorry you had to wait for so long. What happened when you tapped the card at the till? I insist."
    )
    assert [sentence.flag for sentence in hearing.sentences] == [None, None, "extracts_prompt"]
    assert "open_question" in hearing.acts


@pytest.mark.parametrize(
    "sentence",
    [
        "I can't guarantee he'll ring you.",
        "There's no guarantee you'll make the connection.",
        "I can't promise it will be there.",
        "I couldn't tell you whether it'll be ready by then.",
    ],
)
def test_what_is_not_vouched_for_is_no_commitment(sentence: str) -> None:
    assert commitment(sentence) is None


@pytest.mark.parametrize("sentence", ["I can't promise, but I'll try.", "I can't say when, but I'll ring you at four."])
def test_a_commitment_after_a_limit_still_commits(sentence: str) -> None:
    assert commitment(sentence) is not None


def test_a_customers_preference_or_question_neither_chooses_nor_refuses() -> None:
    assert "chooses" not in reply_acts("I'd rather not talk about it.")
    assert "chooses" in reply_acts("I'd rather take the earlier one.")
    assert "refuses" not in reply_acts("So I won't pay twice?")
    assert "refuses" in reply_acts("I won't pay twice.")
