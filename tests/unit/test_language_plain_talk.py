"""How a good colleague talks: each saying does what it says, and not what its words resemble."""

from __future__ import annotations

import pytest

from simulator.language.acts import hear

TALK: list[tuple[str, str, str]] = [
    # line, what it does, what it does not do (either may be empty)
    ("I've got the shared drive open in front of me.", "", "act_now"),
    ("We've got children's toothbrushes at the desk.", "", "act_now"),
    ("I've got you the seat by the window.", "act_now", ""),
    ("It's actually in your plan already.", "", "greet"),
    ("Hello, it's Anna from the front desk.", "greet", ""),
    ("I'll get you the form before you leave.", "promise", "close"),
    ("Before you go up, what did he do?", "open_question", "close"),
    ("Is there anything else before you go?", "close", ""),
    ("Sleep well, both of you.", "close", ""),
    (
        "Lie down, I'll see to the rest. Have you got everything you need, or have I missed something?",
        "confirm_ask",
        "",
    ),
    ("I'll ring you at four, not later. Have you got all you need, or is there something I've missed?", "promise", ""),
    ("Whether they've got a bear I can't tell you.", "state_limit", ""),
    ("We've given away your family room by mistake.", "own_it", "act_now"),
    ("I've given you the room by the lift.", "act_now", "own_it"),
    ("You've been carrying all this on your own.", "reflect_feeling", ""),
    ("You can carry it on your own.", "", "reflect_feeling"),
    ("Speak to you at five past!", "close", ""),
    ("I'd like to speak to you at five past.", "", "close"),
    ("See you Saturday, both of you!", "close", ""),
    ("Have we got everything: the box, the letter and the call?", "confirm_ask", ""),
    ("Have we got everything you brought?", "closed_question", ""),
    ("Is that going to work for you?", "confirm_ask", ""),
    ("Is it going to rain?", "closed_question", "confirm_ask"),
    ("I'm not letting go of this until it's in your inbox.", "", "refuse"),
    ("I'm not letting you in.", "refuse", ""),
    ("What I'd do is put the new address in first.", "propose", ""),
    ("You could have the test first, or wait and see the doctor.", "propose", "pass_the_buck"),
    ("The app's got it wrong, I'm afraid.", "own_it", ""),
    ("I'd rather not promise you a time.", "state_limit", ""),
    ("I'd rather not wait.", "", "state_limit"),
    ("It takes half an hour usually.", "inform", "reflect_content"),
    ("It should be fixed between three and six.", "inform", "reflect_content"),
    ("It's 400 metres from you.", "inform", "reflect_content"),
    ("They've got a router there that would carry it.", "inform", "reflect_content"),
    ("So it's the third time this month.", "reflect_content", ""),
    ("You can also bring it to the counter.", "propose", "reflect_content"),
    ("You can see it from here.", "", "propose"),
    ("We've got the small hall on Saturday at nine or on Sunday at two.", "propose", "act_now"),
    ("I'd have them keep it for you.", "propose", ""),
    ("If he agrees, he'll sponsor your account himself.", "promise", ""),
    ("He'll see about it, they said.", "", "promise"),
    ("Does she usually sleep well?", "closed_question", "close"),
    ("There's a seat upstairs, do you want it?", "propose", ""),
    ("Do you want it to be quiet?", "closed_question", "propose"),
    ("I'm afraid we've sold your room twice.", "own_it", ""),
    ("You won't have to explain it to anyone else.", "", "bad_news"),
    ("Nobody will rush you here.", "", "bad_news"),
    ("There's nothing to be ashamed of.", "", "bad_news"),
    ("There's nothing I want to say in our defence.", "", "refuse"),
    ("I won't make it hard for you.", "", "refuse"),
    ("Nobody will be there tomorrow.", "bad_news", ""),
    ("There's nothing we can do.", "refuse", "propose"),
    ("I won't make an exception.", "refuse", ""),
    ("Our app is wrong and the line isn't fixed.", "own_it", ""),
    ("The line isn't fixed yet, madam.", "bad_news", ""),
    ("This case stays with me.", "own_it", ""),
    ("I'll ring you at four so that you don't have to call a third time.", "promise", ""),
    ("You had to call a third time and nobody rang you back.", "reflect_content", "promise"),
    ("I can't tell you today whether that will be possible.", "state_limit", ""),
    ("It really is Finance who decides how quickly they do it.", "state_limit", ""),
    ("It's you who decides.", "", "state_limit"),
    ("I'd be glad to talk to her for you.", "propose", "pass_the_buck"),
    ("Please talk to the front desk.", "pass_the_buck", ""),
    ("I'd have been mortified too.", "reflect_feeling", ""),
    ("It must be tearing you apart.", "reflect_feeling", ""),
    ("I'd be happy to help.", "propose", "reflect_feeling"),
    ("Apart from that, what else would have to work for you?", "open_question", "confirm_ask"),
    ("What else is running over that line?", "open_question", "confirm_ask"),
    ("What else is on your mind?", "confirm_ask", ""),
    ("Okay, that's tight, so let's see what we can do.", "", "propose"),
    ("Is there something we can do about the price?", "closed_question", "propose"),
    ("There's something we can do about that.", "propose", ""),
    ("If it's something I can sort out, I'd be glad to.", "", "propose"),
    ("It's on time nine times out of ten, but nobody guarantees it.", "", "guarantee"),
    ("They can send it guaranteed by noon.", "", "guarantee"),
    ("To be there by noon for certain, it would have to be the express service.", "", "guarantee"),
    ("I'm sure we can sort something out.", "", "guarantee"),
    ("I'm sure it'll be there by four.", "guarantee", ""),
    ("I can't tell you when it'll be back.", "state_limit", "promise"),
    ("I won't tell you it's sooner.", "state_limit", "promise"),
    ("I won't tell anyone.", "promise", "state_limit"),
    ("I can't say when, but I'll ring you at four.", "promise", ""),
    ("I'm calling the desk now so they're ready the moment you walk in.", "act_now", ""),
    ("I'll send it now if you give me your address.", "promise", "act_now"),
    ("Could I ask you what's really behind it?", "open_question", ""),
    ("May I ask your name?", "closed_question", "open_question"),
    ("Would that be all right, or would you rather have two rooms?", "closed_question", "confirm_ask"),
    ("Would it help your client to have some proof tonight?", "propose", "confirm_ask"),
    ("Would that be all right for you?", "confirm_ask", ""),
    ("Would that make it an easier night, or have I overlooked something?", "confirm_ask", ""),
    ("Let me sum up: the report by Wednesday, the call tomorrow at four and the exit clause.", "", "pass_the_buck"),
    ("Just call tomorrow, they're closed.", "pass_the_buck", ""),
]


@pytest.mark.parametrize(("line", "does", "resembles"), TALK)
def test_plain_talk_does_what_it_says(line: str, does: str, resembles: str) -> None:
    hearing = hear(line)
    assert not any(sentence.flag for sentence in hearing.sentences)
    assert not does or does in hearing.acts
    assert resembles not in hearing.acts


def test_a_question_about_a_good_answer_is_no_talk_to_the_program() -> None:
    assert hear("What would a good answer look like for them?").acts == ("open_question",)
    assert hear("What would a perfect learner say?").sentences[0].flag == "extracts_prompt"
