"""Questions typed without a question mark are heard by their word order; statements that begin alike are not."""

from __future__ import annotations

import pytest

from simulator.domain.acts import QUESTIONS
from simulator.language.acts import hear

OPENLY = """
what is waiting for you over there today
what time do you need it
who is travelling with you
how come you need it today
what else is in the bag
which gate was it
what sort of cake did he like
how soon does mia need it
when does the meeting start
where does lele keep his bottle
why is today so important
who else knows about it
what made you come in person
what worries you most about it
what's waiting for you at home
who's meeting you there
and what time is your flight
ok and who is with you
right so where are you going after this
what would help you most right now
what happens if it isn't back by four
sorry to hear that, what happened
thanks, how long have you been waiting
i can look into that but what time do you need it
what kind of work do you do
how did you find out
where exactly did you leave it
what was it that mattered so much about that night
how's your mother doing
who needs to sign it
what's on your mind
how are you feeling about it
what are you most afraid of
how many people are coming
what brings you here so early
what matters most to you about the seat
why the hurry
who will be using the room
what were you hoping for
what has changed since then
when is your next appointment
how urgent is it for you
how important is the view to you
in what way does it affect you
what does he usually drink
how often does that happen
what should i know before i book it
"""

FOR_YES_OR_NO = """
is anyone flying with you
is someone waiting for you
did anyone tell you
has something changed since yesterday
are the others coming too
is your daughter with you
does your son need it today
did mia say anything
was it in the blue bag
were you there alone
may i see your passport
could i ask your name
has the doctor called
have you eaten
will your husband be there
do you need it today
should i call your office
is everything ok at home
was anyone with you
i see, is anyone flying with you
would you like a window seat
can he wait till five
are both of you coming
is there something else on your mind
are you sure
do they know about it
have they told you why
would the morning be better
"""

STATED = """
What you need is a seat
What I can do is send the driver
How we do it here is simple
What matters is that you get there.
What is waiting for you is a warm room and a cup of tea.
What is important now is that you rest.
Who is travelling is none of our business.
Which is why I called.
Which is a shame.
Whoever is with you can come too.
When you are ready, come to the desk.
When it's ready I'll call you.
Where you sit is up to you.
How it works is simple.
How you feel is what counts.
What happened was our mistake.
What is done is done.
What's more, the room is free.
What a day you've had.
How awful for you.
Have the driver call me.
Have your passport ready.
Have a seat.
Should you need anything, call me.
Had I known, I would have rung.
Do your best.
Is all good.
What's left is the form.
What worries you is the handover.
What went wrong is clear to me.
What would help is a second key, so I'll get one.
What has happened should never have happened.
Whatever you need, I'm here.
What makes it hard is the waiting.
May you have a safe trip.
The bottle, which is in the box, is blue.
My colleague, who is at the desk, has your bag.
Why you are here matters.
Did my best for you.
Does not apply here.
Will do.
Can do.
What time you leave is up to you.
What you want is what you get.
When do-it-yourself fails, we help.
What is missing is a stamp.
Neither do I.
So do we.
So is the seat.
"""


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("line", lines(OPENLY))
def test_a_question_word_before_its_verb_asks(line: str) -> None:
    assert not QUESTIONS.isdisjoint(hear(line).acts)


@pytest.mark.parametrize("line", lines(FOR_YES_OR_NO))
def test_a_verb_before_its_subject_asks_for_yes_or_no(line: str) -> None:
    assert "closed_question" in hear(line).acts


@pytest.mark.parametrize("line", lines(STATED))
def test_a_statement_that_begins_like_a_question_asks_nothing(line: str) -> None:
    assert QUESTIONS.isdisjoint(hear(line).acts)


@pytest.mark.parametrize("line", ["what is waiting for you over there today", "who is travelling with you"])
def test_the_form_is_that_of_the_marked_question(line: str) -> None:
    assert hear(line).acts == hear(f"{line}?").acts == ("open_question",)


@pytest.mark.parametrize("line", ["您要什么样的，我来找。", "这些事儿您怎么记着最省心，我照您的来。"])
def test_what_is_asked_to_be_served_asks_without_a_mark(line: str) -> None:
    assert "open_question" in hear(line).acts


@pytest.mark.parametrize(
    "line", ["您问的是怎么退，我帮您查。", "我再来跟您商量怎么排，不让您干等。", "您来这儿就图有人说说话。"]
)
def test_what_is_only_said_to_be_asked_asks_nothing(line: str) -> None:
    assert QUESTIONS.isdisjoint(hear(line).acts)


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("I'm wondering whether anyone over there is waiting for it.", "closed_question"),
        ("If it slips, who'd feel it first?", "implication_question"),
        ("Who'd notice it first?", "implication_question"),
        ("I can hear you've had it up to here with us.", "reflect_feeling"),
        ("换了我也窝火。", "reflect_feeling"),
        ("Sounds like a long road to my inbox :( Who has been dealing with it?", "open_question"),
        ("今天是您自己来的，还是有家里人陪着？", "closed_question"),
    ],
)
def test_in_other_words_too(line: str, act: str) -> None:
    assert act in hear(line).acts


def test_coming_by_oneself_is_nobodys_fault() -> None:
    assert "blame" not in hear("今天是您自己来的，还是有家里人陪着？").acts
    assert "blame" in hear("是您自己没看清楚。").acts
