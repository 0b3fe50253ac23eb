"""A demand is told by its form: a question and the insistence on it, a service held back until it is said, a trouble
taken for granted, kindness with an order in it, doubt that calls for proof. What a clerk has to know stays free to ask.
"""

from __future__ import annotations

import pytest

from simulator.language.acts import hear

DEMANDED = {
    "insisted on an answer": """
        Why that flight and no other? I do expect an answer.
        Why won't you say who it's for? I'm waiting, madam.
        What are you going to do with forty thousand rows? I think I'm owed an explanation.
        Why cancel now, after two years? You owe us that at least.
        Who's going to be cross with you? Name, please, and the reason.
        How come you can't wait another half hour? Explain.
        Who are you travelling with? I'd like to know that first.
        Why not tomorrow? I'm asking you a simple question.
        So what's really at stake for you? I won't let it go until you tell me.
        Why does it matter who knows? I expect you to tell me that.
        What do you need four years of sales for? Justify it, please.
        Why doesn't your boss ask us himself? I'd like that cleared up before I run anything.
        Where's the husband, then? I have to know who's paying.
        What does your CEO think of us? Be honest now.
        What broke during the last migration? I must have every detail.
        Who sent you in circles? Names.
        What's behind the two-year clause? I think we've earned an answer.
        Is there somebody else coming? You must tell me who.
        Why would your boss care where you sit? I have to hear the reason first.
        Who decides over there? You have to tell me, otherwise we're not getting any further.
        Tell me who's behind it. I need that before I move a finger.
        What's your limit? I shall need to have that in black and white.
        Why is it so urgent? I'd like more than one word.
        Why should a child need anything special? Make me understand.
        Who in your team doesn't want us? I'd ask you to name them.
        You're fed up with us. Just come out and say it.
    """,
    "offered in return, or held back": """
        I'll release the export once you've told me what you're up to with it.
        You'll get the seat when I get the story.
        First you explain why it has to be the quiet room, then I look.
        I need you to spell out why it's so important to you or the ticket stays where it is.
        The doctor only sees people who tell me what's wrong. So what's wrong?
        In return for the refund I'd like to know what really went on at home.
        Quiet rooms are for guests who are honest with me. What's going on?
        Nothing leaves this kitchen before you say what you two are celebrating.
        You can have the data the moment you're straight with me about what's going wrong.
        So you want to cancel. I can't process that without knowing why.
        Your cancellation is on hold pending an explanation.
        I can only help passengers who trust me with the facts.
        I'll press the button when I hear something that makes sense. Why leave?
        I won't budge on the price until I understand who's pulling the strings.
        The chef won't pack it without good cause. What's yours?
        What happened on the way here? You can't expect me to help if you keep mum.
        You tell me what the nurses said, and I'll tell you how to get out early.
        I want to know who's coming up later on, or nobody's coming up at all.
        Only if you tell me what the occasion is will I ask the chef.
        No explanation, no search. Why is the ticket so important?
        Give me the real grounds, or the offer's off.
        Tell me who, I won't pack it otherwise.
        I've got one concession left, and it's yours if you tell me who's blocking the deal.
        I'd box it, but only for a good enough cause.
        The late check-out is for mothers who can tell me why they need it.
        I'd move you up the list, but then I'd have to know what you're so afraid of.
    """,
    "taken for granted": """
        There's something you haven't told us about the budget. I'd like to hear it now.
        You're not telling me the whole story. Let's have the rest.
        You've got something on your mind and I want to know what it is.
        There's a reason you keep checking your watch, isn't there? Tell me what it is.
        You're afraid of somebody in that meeting. Say who.
        That's not the whole reason. Give me the rest of it.
        Someone's put you up to this, haven't they? I want the name.
        You got burned last year and you still haven't forgiven us, have you? Just say so.
        You didn't hear your name because you weren't listening, were you? Tell the truth.
        Just say who it is. Somebody must have told you to call.
        You left it there on purpose, didn't you? Why?
        Your manager told you to cancel, so there's a story there, and I'd like it in full.
        You've left something out about the clinics. What was it?
        You've been fighting on the way, I can see it. What about?
        You've been told something bad by another doctor, I can read it in your face. What was it?
        You've found something cheaper. Don't deny it. Who?
        Someone on your board is against us. You need to tell me who it is.
    """,
    "coaxed": """
        Be a love and tell me what you're so worried about.
        We're all friends here, so let me in on your little secret.
        You'd be doing yourself a favour by opening up to me.
        There's no sense in bottling it up. What is it?
        Your mother would be glad if you told me what's the matter.
        It's silly to keep it from me when I'm the only one who can fix it.
        I'm your friend in this, so stop being so guarded and tell me.
        We're colleagues, we don't keep secrets from each other. What are you really presenting?
        You poor thing, you're about to cry. Tell mummy what's happened.
        It'd be in your own interest to tell me who's asking for those figures.
        Help me to help you: what have you messed up?
        Look me in the eye and tell me why you need three per cent.
        There's no shame in it, so why don't you tell me where the father is.
        Just get it off your chest, whatever it is.
        Don't you trust me? We're on the same side. What are you afraid of?
        Tell your nurse what weighs on you, there's a good man.
        You know you can't keep things from me. What's wrong?
        Do it for your little girl. What's going on?
    """,
    "doubted": """
        Everyone says their board meeting is important. What makes yours different?
        Prove to me that you need it by six.
        Why should your case go before the others? Give me something better than that.
        I don't believe it's just the umbrella. What's it really about?
        If it's that important, you'll be able to tell me why.
        You'll have to do better than that. What is it for?
        I can see right through you, dear. Who are you protecting?
        It's half a lamb. What's so precious about it?
        A customer of six years doesn't simply cancel. So what did we do?
        Nobody checks in at midnight with a toddler for fun. What are you running away from?
        Anyone can say it's for the board. Where's your proof?
        You're not here because of a number on a screen. Why are you here?
    """,
}

ASKED_FAIRLY = """
    I need your booking number before I can look it up.
    Tell me which room you're in and I'll send someone up.
    Please tell me a bit more about what happened, if you like.
    What time do you need to be there? I have to know that for the taxi.
    How many people are coming? I need the number before I can set the tables.
    Why is today so important? I'd like to understand, so I don't plan around it.
    I can't let you into the room until you've checked in, I'm sorry.
    I must ask which card it was, because there are two on the account.
    There must be something we can do. What would suit you?
    There's something on your mind, isn't there? We can talk about it if you wish.
    Something must have gone wrong on our side. When did you order it?
    You're afraid of being left alone with this, aren't you?
    I'm asking everyone: do you have any allergies?
    I'd want to hear that from the doctor first, before I promise it.
    Why not take both? I'll pack them.
    The form must be signed before I can release the parcel.
    I'd need a good reason code for the system: "customer request", would that be right?
    Everybody says it's lovely upstairs. Would you like to see it?
    Everyone who calls today is waiting long, I'm sorry. What is it about, if I may ask?
    Please say the number again so that I can write it down.
    Please tell me what's in the parcel, customs want it on the form.
    You left something behind at the table. Is it yours?
    There's a part of the form you've left out. Could you fill it in, please?
    Be honest with me if this doesn't suit you, and I'll find something else.
    I'm not leaving until your boiler runs. When does it stop?
    You can tell me to stop whenever you like. What are you hoping for?
    Your mother would want you to eat something. Shall I bring soup?
    Why do you need it by six? If I know that, I can pick the right courier.
    Please be careful with the code: tell nobody. Did someone ask you for it?
    Did you give anybody the code? I have to ask everyone, and I'm not blaming you.
    Before I book it, I want to be sure: is it the ninth?
    I must insist that you sit down first, you look pale.
    I must know the weight before I print the label. How heavy is it?
    Which flight is it? I have to know that before I call the gate.
    Where are you now? I'd like to send somebody.
    Who is the second passenger? I have to put a name in.
    What's in the bag? I must ask, it's for security.
    Is there anything sharp in it? I have to ask.
    Why did you choose the morning flight? I'd like to find one that does the same for you.
    Why is it important that you sit together? I want to see what I can do.
    Who decides in the end? I'd just like to invite the right people.
    You don't have to tell me who you're meeting, only whether the desk suits you.
    You're celebrating something, aren't you? Congratulations!
    You've been here before, haven't you? Tell me if the table's all right.
    You didn't get the call, did you? I'll find out why.
    You haven't eaten, have you? I'll have the kitchen make something.
    There must be a reason why it failed, and I want to find it.
    There must be somebody who can sign. Who could that be?
    There's a reason we ask for ID: it keeps your money safe.
    Something happened to your parcel at the depot, and I'm going to find out what.
    Something's wrong with the scanner. Tell me the number instead, please.
    Somebody upset you this morning. I'm sorry. What can I put right?
    You're anxious about something. Would it help to talk about it?
    I can't refund it unless you give me the card number.
    I won't do anything before you say yes.
    Nothing happens to your data until you tell us it's all right.
    I can't open the account without knowing your date of birth.
    I'm not going to send it until you've checked the address.
    When you tell me what's important to you, I can compare the two offers.
    Priority goes to whoever has a medical reason. Does that apply to you?
    Do you have a medical reason to board early? You needn't say which.
    Give me one reason code, please: A, B or C.
    Let me be honest with you: it will be late. What would that mean for you?
    We're like family here, so make yourself at home. What can I get you?
    It's only a form, it won't take long. Whose name goes on it?
    It's just a scratch, thank goodness. What happened?
    Everyone wants a window seat today. Who's travelling with you?
    It's not just about the money, I can hear that. What else is it?
    What's the occasion? I'd like to have them write something on the cake.
    Why are you leaving us? I'd really like to learn from it.
    Why are you cancelling, if I may ask? It's fine not to answer.
    Have you eaten anything today? I have to know that before the blood test.
    Did anybody help you pack? I have to ask everyone.
    Are you on any medication? I need to know before the doctor sees you.
    You can say as much as you like. What is it that weighs on you?
    I'd like your name and the reason for the visit, for the badge, please.
    The reason I ask is that the large one is sold out. What's it for?
    Please explain what happened, and I'll write it down as you say it.
    Please explain that to me once more. I'm not sure I understood.
    Tell me what you've tried so far, so that we don't repeat it.
    Tell me who you're meeting and I'll call up for you.
    If you tell me why it has to be Saturday, I can see what else would do.
    Who may I let in? I have to know that before midnight.
    You must have had a reason to doubt our figures. What was it, if you don't mind?
    Your hands are shaking. Why don't you sit down?
    If you're feeling ill you must tell the nurse straight away.
    If it gets worse, you must say so at once.
    If something hurts, say it straight away, please.
    You need to tell me which of the two you'd like.
    Tell me first what you'd like to keep, then we'll do the rest.
    First tell me how you are.
    Now tell me, how was the trip?
    And what did he say then? Go on.
    I need to know what the old contract says about notice.
    What didn't work for you? I'd like to hear that before I pass it on.
    Who's affected by it? I have to tell the team how urgent it is.
    What's it worth? I have to ask that for the insurance.
    Is there a reason it has to be Saturday? I'll see whether we can make it work.
    Is there something you'd rather not say at the desk? We can sit in the back.
    Someone should have called you. Who was it you spoke to?
    You won't be charged unless you tell us to go ahead.
    The room stays yours until you tell me otherwise.
    I won't say a word to him unless you tell me to.
    Please give a reason for the return on the form.
    Honestly, what would you do in my place?
    We're colleagues after all. What do you need the table for?
    It's only a small fee. Why don't we take it off?
    It's just a formality: why do you want to close the account? You can leave it blank.
    Everyone says it's urgent today, so let me ask: when exactly do you need it?
    Details, please, only if you have them: the make and the year.
    Why does it have to be this flight? If I know, I can argue with the other airline.
    You didn't get the confirmation, did you? Tell me where to send it.
    You need it by six, don't you? Say so and I'll put it on the first van.
    We must answer you by Monday. What would you like us to look at?
    I need to tell you something first. Are you all right with that?
    I want to say sorry. What happened to you shouldn't happen.
    I have to say no to that one. What else would help?
    I must say, you've been patient. What keeps you going?
    We must explain ourselves here. Why were you told it was fixed? I don't know yet.
    I have to tell the truth: nobody looked at it. Who told you otherwise?
    What did the last agent say? I need the reason it was closed, it's missing here.
    What did they say? I have to know whether it was us.
    What did they say to you? You must have been furious.
    Where is the pain? You must tell the doctor exactly that.
    Why was it sent back? I have to explain it to the warehouse.
    What's the story behind the bottle? He must be very fond of it.
    What's the story with the old supplier? I only know half of it.
    What are you hoping the doctor says? It must be hard to wait.
    Are you planning something special? We have candles.
    Did something happen at home? You needn't say what.
    Did he say why? I want to put it in my note.
    Did you tell them? They have to know.
    So, what was it like? Tell me the best part.
    Tell me why you like it here.
    Tell me the reason you chose us, I'm curious.
    Tell me why this matters to you, and take all the time you need.
    Tell me what you're afraid of, if you'd like to.
    Tell me what's bothering you most, and we'll start there.
    Could you say why? I'd pass it on.
    I'm not going until you're on your feet again.
    I won't give up until we've found it. Where did you last have it?
    I'll stay on the line until you get through. What did they say?
    There must be something that would cheer her up. What does she like?
    There has to be a reason for the outage. I'm finding out.
    A guest like you should never have to ask twice. What was it you asked for?
    What gets difficult for you? Say the room stays locked and you go without.
    What worries you most? I must say, you've been patient.
    What brings you out tonight? I have to say no to that one.
    What is it like over there? I have to explain it to the driver.
    Who's waiting for it? I must know the weight before I print the label.
"""

HALVES = """
    Why that flight and no other?
    Answer me.
    I'm waiting.
    I must insist.
    You're afraid of somebody in that meeting.
    There must be a reason.
    We're all friends here.
    Everyone says their board meeting is important.
"""


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize(("form", "line"), [(form, line) for form, block in DEMANDED.items() for line in lines(block)])
def test_a_demand_is_set_aside_in_any_wording_of_its_form(form: str, line: str) -> None:
    assert "extracts_prompt" in hear(line).flags, form


@pytest.mark.parametrize("line", lines(ASKED_FAIRLY))
def test_what_a_clerk_has_to_know_and_a_warm_invitation_are_heard(line: str) -> None:
    assert hear(line).flags == ()


@pytest.mark.parametrize("line", lines(HALVES))
def test_half_a_demand_is_none(line: str) -> None:
    assert hear(line).flags == ()


def test_both_halves_and_what_stands_between_them_are_set_aside() -> None:
    heard = hear("I'll see to it. Why that flight? It's an early one. I do expect an answer.").sentences
    assert [sentence.flag for sentence in heard] == [None, *["extracts_prompt"] * 3]


def test_an_insistence_far_from_any_question_presses_nobody() -> None:
    line = "Why that flight? I'll look. The desk is calling. My colleague is on his way. I do expect an answer."
    assert hear(line).flags == ()


def test_an_order_with_something_between_it_and_the_presumption_is_one_by_itself() -> None:
    assert hear("There's somebody at the door. Please go in. Tell me what it is about.").flags == ()


def test_what_is_taken_for_granted_inside_the_order_itself_is_no_presumption() -> None:
    assert hear("Tell me what you're planning for tomorrow and I'll set the alarm.").flags == ()


def test_halves_in_two_languages_do_not_meet() -> None:
    assert hear("为什么一定要这一班? I do expect an answer.").flags == ()
