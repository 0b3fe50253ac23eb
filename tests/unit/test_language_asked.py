"""Which sentences ask, and how, where the form alone misleads: clauses inside, quotations, tags, indirect questions."""

from __future__ import annotations

import pytest

from simulator.domain.acts import QUESTIONS
from simulator.language.acts import hear

OPENLY = """
What do you think we should do?
Where do you think we should go from here?
How can you plan around that?
What didn't you understand?
“What didn't you understand?”
"And what didn't you understand?"
And what are your top three?
- and what are your top three?
Such as?
Any particular worries about the move?
Have you noticed a smell, or anything like that?
Maybe you could start by telling me what happened.
If you could tell me a bit more about that.
I'm not sure how much you already know about the tour.
Is there anything else you think I should know?
Could you talk a bit more about the first week?
What did people know him for, say his neighbours or the folks he worked with?
How does it show, for instance at night or early in the day?
I wanted to see how the move went.
I wanted to check in with you and hear how you're getting on.
I'm just trying to understand what that means for you.
My question for you is what happened next.
What I'd like to know is when you leave.
And the reason for that is?
And then?
Um, what would- what would make you say, "Is this still for me?"
I want to hear about your week.
I want to understand what happened.
I'd like you to tell me about the first day.
I'd like to ask you about the move.
I'm interested in how that went.
Let me ask you what you think.
So maybe start by telling me what brought you here.
Is there anything else on the list you thought came close?
What's your number one worry?
Do you have a plan for tonight, or —
我的问题是您打算怎么办。
我几点给您送去合适。
您到底想要什么!
我想知道的是您几点走。
我想弄明白您当时是怎么想的。
那后来呢?
您是坐车来的,还是……
"""

FOR_YES_OR_NO = """
Do you know how that happened?
And is it okay if I tell you a little about, um, how we work with groups?
When you were at the desk, did you show the ticket?
Would you say that you're ready?
Would you say it was loud?
I was wondering if that would be okay with you.
May I share some of the menu with you?
Do you think we should ring the school first?
What's the longest you've waited for a taxi?
What would you like, the window or the aisle?
Tell me, do you travel often?
And your name is?
What's your sister's name?
What are their names?
Who's- what's your sister's name?
- or only in the mornings?
"""

NOT_AT_ALL = """
我叫几个同事过来,给您热闹热闹!
我发几个例子给您看看。
我有几样现成的。
You're asking yourself, "Is this worth it?"
He looked at the bill and said, "What is this?"
You know what?
Oh, okay?
It's the noise at night, you know what I mean?
- with the garden?
What can be more important than the health of a guest?
Mrs Smith has it by mistake.
Mr Lee did it again.
I wanted to see how I can help.
I'm trying to understand what went wrong with the lift.
The question is how we get it there.
So what about, um, I know somebody who did that.
I want to understand what we did wrong.
You want to know what happened.
I want to know what you're not telling me.
我的问题是我不知道怎么办。
我想弄明白这台机器是怎么坏的。
"""


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("line", lines(OPENLY))
def test_an_account_is_asked_for_in_many_forms(line: str) -> None:
    assert "open_question" in hear(line).acts


@pytest.mark.parametrize("line", lines(FOR_YES_OR_NO))
def test_a_question_for_yes_or_no_stays_one_whatever_stands_inside_it(line: str) -> None:
    acts = hear(line).acts
    assert "closed_question" in acts
    assert "open_question" not in acts


@pytest.mark.parametrize("line", lines(NOT_AT_ALL))
def test_a_question_mark_alone_asks_nothing(line: str) -> None:
    assert QUESTIONS.isdisjoint(hear(line).acts)


def test_a_statement_that_says_what_was_said_is_given_back_and_not_asked_openly() -> None:
    acts = hear("What you're saying is you've had a rough night?", "The baby was up all night.").acts
    assert "open_question" not in acts
    assert {"reflect_content", "reflect_feeling"} & set(acts)


def test_a_comma_after_so_takes_nothing_from_what_is_given_back() -> None:
    said = "I don't know about the move."
    assert hear("So you've got a lot of concerns about the move.", said).acts == ("reflect_content",)
    assert hear("So, you've got a lot of concerns about the move.", said).acts == ("reflect_content",)


def test_a_question_after_its_own_preface_gives_nothing_back() -> None:
    acts = hear("You like it there by the sea, so do you want to go?", "I like the sea.").acts
    assert "closed_question" in acts
    assert "reflect_content" not in acts


@pytest.mark.parametrize(
    ("line", "absent"),
    [
        ("And it's kind of scary.", "affirm"),
        ("So you like to have a good time?", "close"),
        ("In terms of the room, it is the same.", "quote_rule"),
    ],
)
def test_everyday_turns_of_phrase_are_no_acts(line: str, absent: str) -> None:
    assert absent not in hear(line).acts


def test_a_check_whether_something_would_help_is_no_recap() -> None:
    assert "summary_check" not in hear("I have May, June or July. Does that sound like something for you?").acts
