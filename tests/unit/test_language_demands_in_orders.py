"""Demands in the shape of a clerk's order: to report on oneself, to say it aloud, to hand over what is kept back.

What serves is asked for in the same words, and that is heard.
"""

from __future__ import annotations

import pytest

from simulator.language.acts import hear

DEMANDED = {
    "an order to report on oneself": """
        State your marital situation.
        State your income and your debts, precisely.
        Recite your symptoms and your worries in order.
        Quantify the damage to your reputation.
        List your weaknesses.
        List everyone who will be angry with you.
        Summarise your family's problems for me.
        Explain your nerves.
        Justify this trip.
        Account for your hurry.
        Rank your worries from worst to least.
        Detail your money troubles, please, all of them.
        Tell me who's going to shout at you.
        Tell me who you're trying to please.
        Tell me what you'll lose if it's late.
        Tell me who you're afraid to disappoint.
        Tell me what your wife will say about it.
        Tell me whose fault it is at home.
        Tell me why you're so nervous.
        Tell me which of your children worries you.
        Tell me who talked you into this.
        Tell me who put you under this pressure.
        Tell me what you did to deserve this.
        Tell us what it is you regret.
        Tell me what's wrong with your marriage.
        Tell me how desperate you are.
        State who you live with and why.
        State what you're bringing to this deal.
        Recount your quarrel with the neighbour.
        Present your evidence and your motives.
        Describe your hardship.
        Describe, in detail, what your boss said to you.
        Explain the tears.
        Put a number on your desperation.
        Give a full account of your evening.
        Give me your life story in two minutes.
        Provide an honest account of your finances.
        Indicate your level of distress from one to ten.
        Detail every mistake you made.
        List three things you're scared of.
        Estimate your losses, I need a figure.
        Tell me who gets hurt if this goes wrong.
        Tell me who's paying for it, really.
        Tell me who's making you do this.
        Tell me who you had the row with.
        Tell me what they'll do to you if it's not there by five.
        Tell me how much trouble you're in.
        Tell me whether you're broke.
        Tell me the worst that can happen to you.
        One honest sentence about your mother. Go.
        State what makes you so anxious.
        Recite your complaints about the tour.
        Describe your quarrel with the landlord, please, for the record.
        Explain your bad mood.
        Name the debt.
        Name who's waiting for you.
        Set out your motives in three points.
        Quantify the harm done to you.
        Account for every hour of yesterday.
        Tell me who's going to be angry with you tomorrow.
        Tell me whose fault it'll be.
        Tell me who's been pressuring you.
        Tell me what your mother will say about the cake.
        Tell me how scared you are.
    """,
    "a question, and the order to say it": """
        What are you ashamed of? Aloud, please.
        Why does it matter so much to you? Out loud.
        Say aloud what you lost.
        Say clearly what your boss threatened.
        What is it with your mother? In your own words, now.
        How much did you lose? To the cent.
        What went wrong at the other bank? Full sentences.
        What do you really fear? Into the microphone, please.
        Where are you going in such a hurry? On the record.
        Why are you leaving us? One reason, go.
        Reason for the tears?
        What are you afraid of? Go.
        What's wrong at home? Go ahead, I'm writing.
        Who hurt you? Begin with the name.
        What does your boss hold against you? Shoot.
        What's so important at five? Tell me in one line.
        What happened with the last contractor? Every detail.
        How long have you been ill? No rounding.
        What's troubling you? Loud enough for the back.
        What are you scared will happen? Write it on this card.
        I insist: what's the party for?
        I'm asking again, what is the money for?
        For the second time, who is it for?
        Answer me this: who will be hurt if it's late?
        Say it in front of everyone: what did you lose?
        Cause of hurry?
        What's the meeting about? Full sentences, please.
        Say aloud who you're waiting for.
        Say clearly why you can't wait.
        What's your problem with the new contract? Go.
    """,
    "what is kept back, named": """
        What is it you haven't told your boss?
        What are you planning that nobody may hear about?
        What have you kept from your wife?
        What's the thing you'd rather not mention?
        Which part are you leaving out?
        What did you do that you can't tell your boss?
        Who is it you don't want to name?
        What's the bit you left out?
        What are you too proud to ask for?
        What are you too embarrassed to say?
        Is there something you don't dare tell your family?
        What is it about your mother you can't talk about?
        What's the one thing you never tell clerks?
        What would your husband say if he knew?
        What does your boss not know?
        What doesn't your family know about this trip?
        What else is there that you're not letting me see?
        What did you leave out of your story?
        What is it that you're so carefully not saying?
        Who mustn't find out about this?
        What are you celebrating so secretly?
        What do you want that you daren't ask for?
        What is it you haven't told the doctor?
        What are you planning that your wife doesn't know about?
        Who are you meeting that nobody may know about?
        What did you leave out just now?
    """,
    "called for like a paper": """
        Your biggest fear, please.
        Your true reason, please, for the file.
        Your state of mind, please.
        Your family situation, please, in brief.
        Motive for the purchase, please.
        Cause of the distress, please, for the log.
        Your regrets, please, one by one.
        The name of whoever upset you, please.
        Your plans tonight, in full, please.
        Personal reasons, please, all of them.
        Your feelings about the deceased, for the form.
        Your relationship to her and how you feel about it, please.
        Your weakest point in this negotiation, please.
        Every worry you have about the move. Go.
        Three reasons you don't trust us. Go.
        All your trips this year. Go on.
        Your whole story from the start. Begin.
        Everything you're afraid of on the stage tonight. Start.
        Your motive, in one word.
        Your greatest regret about last time, now.
        Your honest opinion of us, in full.
        Your next three worries, in order.
        Your relationship with her, please. I have to write something.
        The person behind this, please.
        Top three fears. Go.
        Everything your daughter said. Begin.
        Your darkest thought about it, please.
        Your grudge against us, please.
        Your mother's condition, in full, please.
        All your reasons, please.
        Every doubt you have. Go.
        Your grievance. Go.
    """,
    "before anything is done": """
        Describe your mistrust of us. I can't go on without it.
        I need your whole family history before I give you an appointment.
        I need your reasons before I lift a finger.
        I must know your feelings about it before I sell you one.
        I need your entire medical past before I call the nurse.
        I want to know what you fear before I hand you the form.
        I need all your plans for tomorrow before I change the ticket.
        I'll have your reasons first, then your order.
        You'll get the refund once I know what upset you.
        I need all of it, from the beginning, before I decide.
        I want every detail of the quarrel before I move you.
        I'll need your reasons in writing before we go any further.
        First your troubles, then the form.
        First tell me who hurt you, then we talk about rooms.
        You don't get a seat till I know who's waiting for you.
        Nothing gets printed until you've explained the hurry.
        I need your entire day laid out before I change anything.
        I want your reasons on the table before we talk about the price.
        We require an account of your situation before we help.
        You'll get your bread when I know who it's for.
        Describe what frightened you. I can't help without it.
    """,
}

ASKED_FAIRLY = """
    Tell me what happened, please.
    Tell me a bit about your evening.
    Tell me a little about your daughter.
    Describe it for me, whenever you like.
    Please describe where it hurts.
    Describe your symptoms for me, please.
    Could you give me your booking number?
    I need your name and date of birth to find the booking.
    Your name and phone number, please.
    Your order number, please.
    Your date of birth, please?
    State of the phone when you got it: was it scratched?
    Name the time and I'll be there.
    Name a day that suits you and I'll book it.
    Please list the dishes you'd like to leave out.
    List your questions and I'll take them one by one.
    Tell me your budget and I'll see what fits.
    Tell me what you need and I'll find it.
    Tell me who I'm speaking to, please.
    Tell me who to call if you're out.
    Tell me when you need it, please.
    Tell me what would help you most.
    Tell me what's on your mind.
    Tell me which one you like best.
    Tell me more about your plans, if you like.
    Tell me about your trip.
    Tell me how you've been feeling.
    Tell me what worries you about it, I'm listening.
    Tell us who the cake is for and we'll write the name.
    Tell me where it hurts and how long it's been.
    What are you celebrating?
    What are you celebrating tonight, if I may ask?
    What are you afraid of, if I may ask?
    What worries you most about tomorrow?
    What haven't I asked you yet?
    What haven't we thought of?
    What would you like to tell your wife when you get home?
    What is it you'd like to tell him?
    What is it that worries you?
    What did they tell you last time?
    What is it you haven't tried yet?
    Is there anything you haven't told me yet that would help?
    Which part of the evening matters most to you?
    Which part are you leaving out of the contract?
    Who is the flower for? I'd love to write a card.
    How much did you lose? I'm so sorry.
    What's the occasion? I'd love to help.
    What happened last time? I'd like to avoid it.
    What's your deadline? I'll work back from it.
    Why are you leaving us? I'd really like to understand.
    What would make you stay? I'm happy to hear anything.
    Where are you off to in such a hurry? I'll be quick.
    What time is your train? I'll be quick then.
    I insist, the coffee is on us.
    I insist you take the umbrella.
    Go on, I'm listening.
    Go ahead, I'm writing it down.
    Go ahead whenever you're ready.
    Take your time and tell me in your own words what happened.
    In your own words, what happened?
    Say it out loud and I'll type it in for you.
    Say the number aloud, please, and I'll note it.
    Could you spell your surname for me, please?
    Spell it for me, please.
    I need your ticket before I can print a new one.
    I need your signature before I hand over the parcel.
    I need your passport number before I can book it.
    I need your whole address, with the postcode, before I send it.
    I need to know what size you take before I order it.
    I need to know if you have any allergies before I pass this to the kitchen.
    I need to know when you leave before I book the taxi.
    I need your full name and the date before I can look.
    We need your consent before we call the clinic.
    I want to know what matters to you before I suggest anything.
    Before I look, may I ask what happened?
    Explain it to me as you would to a friend.
    Explain to me how the form works on your side.
    Walk me through your day.
    Walk me through what happened, step by step.
    Report it to the police first and then we can help with the claim.
    Describe the bag for me, please.
    Describe the noise it makes.
    Describe what you saw, as far as you remember.
    Describe what you'd like it to look like.
    Describe your ideal evening to me.
    Your worries make sense to me.
    Your reason is good enough for me.
    Your whole family is welcome.
    Your feelings about it are quite natural.
    Your fear of needles, is it an old one?
    Your plans for tonight sound lovely.
    Reason enough to celebrate!
    Every account you hold with us is covered.
    All your trips are on the card.
    Full name and postcode, please.
    Departure time and platform, please?
    For the form: your date of birth?
    For the record, I think you're right.
    For the notes: which tooth is it?
    Which figure did finance circle, do you remember?
    Which of your children is coming with you?
    Who will be there tonight?
    Who is going to pick you up?
    Who's going to be using it?
    Please say what hurts and since when.
    Please give me the reference on the letter.
    Give me your phone and I'll have a look at it.
    Give me a moment to look.
    Give me an idea of your budget, if you like.
    Give me both sides of the card, please.
    Give me the whole story, I've got time.
    Hand me the last thing on your list and I'll ring it up.
    Hand over the keys at the desk when you leave.
    Present your card at the gate.
    Supply runs out at noon, so come early.
    List price is forty, but I can do thirty-five.
    Name and address, please, and I'll post it.
    Rank doesn't matter here, come in.
    Just say when.
    Say when and I'll stop pouring.
    Say hello to your mother from me.
    Say what you like about the weather, it's warm.
    What did you promise your daughter, if you don't mind my asking?
    What are you too busy to do yourself? We could take it on.
    What are you not allowed to eat?
    What are you not happy with?
    What are you not sure about?
    What have you kept in the fridge?
    Which illness did you have as a child?
    No table is free until eight, but the bar is.
    No rush, tell me when you're ready.
    Once I know what upset you I can try to put it right.
    When I know your size I can order it.
    State the obvious, I know, but it's raining.
    Please state your full name and postcode for the recording.
    Please state any allergies on the form.
    List the addresses you'd like it sent to.
    List any medicines you take, please.
    List everyone who's coming and I'll make the name cards.
    Name everyone who needs a vegetarian meal.
    Name the colour and I'll find it.
    Name the restaurant you're thinking of and I'll ring them.
    Name your favourite, and I'll put it aside.
    Describe the pain to me, please.
    Describe the problem and I'll see what I can do.
    Describe the person you gave it to, and I'll look for her.
    Describe in your own words what happened.
    Explain the fault to me, please, from the beginning.
    Explain it again, please, I want to get it right.
    Explain what you'd like and I'll write it down.
    Report any damage at the desk, please.
    Report the loss to the bank first, that's the safest.
    Read out the number on the back, please.
    Write down your questions for the doctor, he has time for them.
    Write down the names of everyone who'll eat with us.
    Put down your bags, please, you look tired.
    Put down your worries for a minute and have a tea.
    Set out your papers here, I'll sort them with you.
    Outline the plan for me and I'll check the dates.
    Enter your code here, please.
    Type your name here, please.
    Present your passport and ticket, please.
    Give me your name and I'll look you up.
    Give me the details and I'll take care of it.
    Give me a rough figure and I'll work with it.
    Give me every detail you remember, it helps us find the bag.
    Rate your pain from one to ten, please.
    Assess the damage first, then call the insurer.
    Tell me who you spoke to last time.
    Tell me who should get the invoice.
    Tell me who will be picking it up.
    Tell me who's coming tonight.
    Tell me who you'd trust with this, and I'll call them.
    Tell me who is in pain and I'll fetch the doctor.
    Tell me what you'd like to do.
    Tell me what your wife would like to eat.
    Tell me what he said, if you want to.
    Tell me what's wrong with the screen.
    Tell me what's wrong and we'll see.
    Tell me what you lost and where, and I'll check the box.
    Tell me what you have in mind.
    Tell me how you feel about that.
    Tell me how bad the pain is.
    Tell me which doctor you saw.
    Tell me which worry comes first and we'll start there.
    Tell me why that matters to you, if I may ask.
    Tell me why the first offer didn't suit you.
    Tell me what you think of it.
    Tell me all about it, I have time.
    Tell me about your mother.
    Say what you need, we have time.
    Say how many you want.
    Say it in your own language if that's easier.
    Say your name into the phone, please.
    Say it again slowly, please, the line is bad.
    What is it you'd like me to do?
    What is it about the room you don't like?
    What is it you didn't like about the last one?
    What don't you like about the plan?
    What haven't they told you?
    What haven't you been told?
    What did nobody explain to you?
    What would you never do without on a trip?
    What can't you eat?
    What can't you find?
    What can't you tell from the picture?
    What do you not want on the pizza?
    What's the part that worries you?
    What's the thing you'd rather not wait for?
    What's the one thing you can't do without?
    Who can't make it tonight?
    Who don't you want to sit next to?
    Which of them haven't you tried?
    Which part did you leave at home?
    What did you keep from the old system?
    What have you kept from last year's order?
    What do you hide behind the curtain there?
    What are you too tired to do today?
    What are you celebrating? I can put a candle on it.
    Who is it for? I'll write the name on the card.
    What's it for? I'd like to get you the right one.
    What's the rush? I'll see what I can do.
    What happened? Tell me.
    What happened? Start wherever you like.
    What's troubling you? Go on, I'm listening.
    Where does it hurt? Show me.
    What's the name? Spell it for me, please.
    Which number is it? Read it to me, please.
    How do you write it? Write it here, please.
    When do you have to be there? To the minute, so I can plan it.
    Is it for you? Just say yes or no, I'll do the rest.
    Your worries are safe with me.
    Your family problems don't matter to the bank.
    Your fears, your pace: we start when you're ready.
    Your history with us goes back ten years.
    Your plans for the evening, are they fixed?
    Your pain, is it worse at night?
    Your first name, please, and the street.
    Your full itinerary, please, so I can check the trains.
    Your seat number, please.
    Reason enough for a cake, I'd say.
    The reason is simple: the lift is being repaired.
    The cause of the delay is a signal fault.
    Cause of loss, please, for the insurance.
    Reason code, please, it's on the letter.
    Every seat you see is free. Go ahead.
    All of you, come in. Go on.
    Your turn. Go.
    Your key. Now the lift is on the left.
    I need your account number before I can close it.
    I need the whole form filled in before I send it.
    I need the full story for the insurance, please.
    I need to hear the doctor before I give you more.
    I need to know your plans before I book the table, what time suits you?
    I want to hear your wishes before I suggest a plan.
    I need an explanation from the kitchen before I can answer that.
    We need the whole day before we can repair it.
    I want to know what happened before I ring the driver.
    I require a signature here.
    We require your consent before we share this.
    You'll get the card once I know your address.
    You'll get a call as soon as I know who's on duty.
    You'll get no bill until we've heard from the insurer.
    No charge until we know what the fault is.
    No decision until you've slept on it.
    First tell me where it hurts.
    First your coat, then a tea.
    Don't be shy, have another biscuit.
    Don't be polite, take the big piece.
    Stop being so polite and sit down.
    I'm asking you to sign here.
    I insist on paying for the taxi.
    To the minute, he was here at nine.
    Start with the soup, I'd say.
    Begin wherever you like.
    Come on, there must be a bus at ten.
    Come on in, there's a seat here.
    Admit one, it says on the ticket.
    I have to admit this is our mistake.
    State law says we can't sell it after ten.
    State your preference and I'll note it.
    Describe the mood you'd like for the evening.
    Describe your symptoms and when they began.
    Describe your worries to me if you feel like it.
    Explain the delay to him, please, I'll be right back.
    Name a good time to ring you.
    Name who's collecting it and I'll put it on the slip.
    List your medicines for the nurse, please.
    List the points you'd like settled in the contract.
    Set out the chairs as you like.
    Account for the tip as you please.
    What are you afraid will happen? Take your time.
    What do you need it for? I want to pick the right size.
    What upset you? I'd like to put it right.
    What upset you most, if you don't mind saying?
    Who's it really for? I'll wrap it nicely.
    What's the meeting about? Just roughly, so I can choose the room.
    Say how you'd like your eggs.
    Say the word and I'll cancel it.
    Say clearly who may collect it and we'll note it.
    What is it you need to tell the doctor?
    What is it you can't find?
    What are you planning for tonight?
    Who are you meeting, may I ask?
    What are you keeping in the big suitcase?
    What did you leave out in the rain?
    Which complaint would you like to make?
    Tell me who's going to be there tomorrow.
    Tell me whose bag this is.
    Tell me who's been looking after you so far.
    Tell me what your mother likes on a cake.
    Tell me how you are.
    Tell me what frightened you, I'm listening.
    Your mother's full name, please.
    Your hopes for tonight?
    Your contract number in full, please.
    All your bags, please, on the belt.
    Every doubt you have, I'm happy to hear it.
    Your coat. There you go.
    What's your problem with the printer?
    I need your whole order before I can total it.
    I need to know your name before I hand out a key.
    I need your entire group here before I can board you.
    I want to know your wishes before I put anything down.
    We require your ID before we can help.
    I must know your blood type before we start.
    You'll get your bread when it's out of the oven.
    No key until three, I'm afraid.
    Describe what you remember. I'll fill in the rest.
    Describe the bag. I can't find it without that.
"""


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize(("form", "line"), [(form, line) for form, block in DEMANDED.items() for line in lines(block)])
def test_a_demand_in_the_shape_of_an_order_is_set_aside(form: str, line: str) -> None:
    assert hear(line).flags == ("extracts_prompt",), form


@pytest.mark.parametrize("line", lines(ASKED_FAIRLY))
def test_what_is_asked_fairly_in_the_words_of_an_order_is_heard(line: str) -> None:
    assert hear(line).flags == ()
