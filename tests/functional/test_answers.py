"""How the offline customer of the shipped scenarios answers what is said about the talk itself, and what they know."""

from __future__ import annotations

import pytest

from simulator.conversation.engine import Cast, Conversation
from simulator.offline.actor import OfflineActor
from simulator.offline.actor_courtesy import HEARD, LATER, PERHAPS, SURE, WAITING
from simulator.offline.actor_memory import LEADS
from simulator.offline.listener import OfflineListener
from tests.fakes import MemoryJournal, started
from tests.grading_talks import shipped_persona

PEOPLE = ["s02-forgotten-ticket", "s06-leftover-watermelon", "s11-telecom-outage", "s12-hospital-reception"]
HIM = ("Why Saturday?", "Who was he?", "What was he like?", "Would you like to bring his cap?")


async def talk(persona: str, language: str, *lines: str) -> tuple[list[str], Conversation]:
    """The customer's replies, the opening first."""
    listener = OfflineListener()
    events = [started(persona=persona, language=language)]
    held = Conversation(shipped_persona(persona), Cast(listener, OfflineActor(), listener), MemoryJournal(), events)
    async for _ in held.open():
        pass
    for line in lines:
        async for _ in held.say(line):
            pass
    return [turn.text for turn in held.state.turns if turn.speaker == "persona"], held


@pytest.mark.parametrize("persona", PEOPLE)
@pytest.mark.parametrize(
    ("language", "line", "answers"),
    [
        ("en", "Could you hold on a minute, please?", WAITING),
        ("zh-Hans", "您能稍等一下吗？", WAITING),
        ("zh-Hans", "您听我说完行不行", WAITING),
        ("en", "Are you sure?", SURE),
        ("zh-Hans", "真的假的？", SURE),
        ("en", "Do you trust me?", LATER),
        ("zh-Hans", "您是不是对我有意见啊？", LATER),
    ],
)
async def test_what_only_they_can_answer_is_not_unknown_to_them(
    persona: str, language: str, line: str, answers: dict[str, tuple[str, ...]]
) -> None:
    said, held = await talk(persona, language, "Hello." if language == "en" else "您好。", line)
    assert said[2].startswith(answers[language])
    assert not held.state.opened


async def test_why_and_what_then_about_nothing_in_particular_draws_the_request_again() -> None:
    for line in ("为啥呀", "然后呢"):
        said, _ = await talk("s07-cafe-power-socket", "zh-Hans", "您好。", line)
        assert said[2] not in wordings("s07-cafe-power-socket", "zh-Hans", "unknown")


@pytest.mark.parametrize(
    ("persona", "language", "lines", "time"),
    [
        ("s01-phone-for-xiaowang", "zh-Hans", ("你找他干嘛", "您先告诉我，报价单您啥时候要用"), "四点"),
        ("s03-courier-never-came", "zh-Hans", ("这是什么东西啊", "那最晚几点要送到呢"), "中午"),
        ("s03-courier-never-came", "en", ("What is in it?", "By when does it have to be there?"), "noon"),
    ],
)
async def test_asked_when_they_say_again_what_names_the_time(
    persona: str, language: str, lines: tuple[str, ...], time: str
) -> None:
    said, _ = await talk(persona, language, *lines)
    assert time in said[2]


async def test_asked_if_they_could_see_to_it_themselves_they_leave_it_open() -> None:
    said, _ = await talk("s03-courier-never-came", "zh-Hans", "您好。", "您有没有办法自己拿去门市？")
    assert said[2].startswith(PERHAPS["zh-Hans"])
    said, _ = await talk("s03-courier-never-came", "en", "Hello.", "Could you drop it at the counter yourself?")
    assert said[2].startswith(PERHAPS["en"])


def again(language: str, words: str) -> tuple[str, ...]:
    """Ways to say it again as such."""
    return tuple(lead + words for lead in LEADS["said"][language])


def wordings(persona: str, language: str, kind: str) -> list[str]:
    return [text.in_language(language) for text in shipped_persona(persona).lines[kind]]


@pytest.mark.parametrize("persona", PEOPLE)
@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Good morning. How can I help you?"),
        ("en", "What can I do for you?"),
        ("zh-Hans", "您好，请问有什么可以帮您？"),
    ],
)
async def test_asked_what_they_came_for_they_say_the_request_again(persona: str, language: str, line: str) -> None:
    said, _ = await talk(persona, language, line)
    assert said[1].startswith(tuple(wordings(persona, language, "pressing")))


async def test_asked_what_has_happened_they_tell_what_they_came_with() -> None:
    said, _ = await talk("s13-bank-dispute", "en", "Good morning.", "What's happened?")
    assert said[2].startswith(again("en", "there's a charge on my card for six thousand four hundred and eighty."))
    said, _ = await talk("s13-bank-dispute", "zh-Hans", "您好。", "请问发生了什么事？")
    assert said[2].startswith(again("zh-Hans", "我卡上有一笔六千四百八，不是我刷的。"))
    said, _ = await talk("s06-leftover-watermelon", "en", "Good evening.", "What's the matter?")
    assert said[2].startswith(again("en", "could you box up the rest of this watermelon?"))


@pytest.mark.parametrize(
    ("persona", "language", "line"),
    [
        ("s13-bank-dispute", "en", "What's happened?"),
        ("s13-bank-dispute", "zh-Hans", "请问发生了什么事？"),
        ("s14-saas-renewal", "en", "I'm sorry to hear that. What is it you're asking us to cancel?"),
    ],
)
async def test_what_they_have_just_opened_with_they_do_not_say_again_but_ask_for(
    persona: str, language: str, line: str
) -> None:
    said, _ = await talk(persona, language, line)
    assert said[1].startswith(tuple(wordings(persona, language, "pressing")))


@pytest.mark.parametrize(
    ("persona", "language", "lines", "answer"),
    [
        ("s14-saas-renewal", "en", ("Hello.", "What happened?"), "please cancel our renewal, thanks."),
        ("s06-leftover-watermelon", "zh-Hans", ("嗯。", "出了什么事？"), "这剩下的西瓜能帮我打包吗？"),
    ],
)
async def test_what_is_said_again_begins_with_no_greeting(
    persona: str, language: str, lines: tuple[str, ...], answer: str
) -> None:
    said, _ = await talk(persona, language, *lines)
    assert said[-1].startswith(again(language, answer))


@pytest.mark.parametrize("persona", PEOPLE)
@pytest.mark.parametrize(("language", "line"), [("en", "Sorry, what?"), ("zh-Hans", "不好意思，没听清")])
async def test_what_was_not_heard_is_said_again_and_nothing_is_added(persona: str, language: str, line: str) -> None:
    said, held = await talk(persona, language, "Hello." if language == "en" else "您好。", line, line)
    assert said[2] == said[1]
    assert said[3] == said[1]
    assert max(held.state.cues.values(), default=0) <= 3


@pytest.mark.parametrize("persona", PEOPLE)
@pytest.mark.parametrize(("language", "line"), [("en", "asdf qwer zxcv"), ("zh-Hans", "啦啦啦啦")])
async def test_gibberish_is_not_understood_and_draws_no_hint(persona: str, language: str, line: str) -> None:
    said, held = await talk(persona, language, line)
    assert said[1] in wordings(persona, language, "puzzled")
    assert held.state.cues == {}


@pytest.mark.parametrize("persona", ["s06-leftover-watermelon", "s10-internal-colleague", "s12-hospital-reception"])
@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "What else do you need?"),
        ("en", "Is there anything else I can do for you?"),
        ("zh-Hans", "您还有别的需要吗？"),
    ],
)
async def test_anything_else_before_an_offer_is_no_recap_to_agree_to(persona: str, language: str, line: str) -> None:
    """It leaves the request to be met, and the first hint is due."""
    said, held = await talk(persona, language, line)
    assert said[1].startswith(tuple(wordings(persona, language, "pressing")))
    assert "summary_check" not in held.state.hearings[2].acts


@pytest.mark.parametrize(
    ("language", "lines", "answer"),
    [
        ("en", ("Why Saturday?", "Do you have brothers or sisters?"), "my sister lands on Sunday at nine."),
        ("en", HIM, "he'd iron that cap himself on Sundays."),
        ("zh-Hans", ("为什么一定要周六？", "您有兄弟姐妹吗？"), "我妹周日九点才落地。"),
    ],
)
async def test_whom_they_have_spoken_of_they_do_not_deny(language: str, lines: tuple[str, ...], answer: str) -> None:
    said, _ = await talk("s09-last-farewell", language, *lines)
    assert said[-1].startswith(again(language, answer))


async def test_what_fits_the_question_is_said_and_not_what_its_need_comes_down_to() -> None:
    said, _ = await talk("s07-cafe-power-socket", "en", "What do you need the power for?", "Will an hour be enough?")
    assert said[-1].startswith(again("en", "one hour, that's all."))
    lines = ("您这几天最担心什么？", "钱女士，换谁都慌。下一步您心里没底吧？", "您最担心接下来什么？")
    said, _ = await talk("s13-bank-dispute", "zh-Hans", *lines)
    assert said[-1].startswith(again("zh-Hans", "不知道接下来怎么办、谁来办"))


async def test_what_they_were_told_they_do_not_ask_for() -> None:
    told = "The doctor was called to an emergency at 10:10 and will be 40 to 60 minutes late."
    said, _ = await talk(
        "s12-hospital-reception", "en", told, *(f"{word}." for word in ("No", "Well", "Hm", "No", "Well"))
    )
    assert not [text for text in said[2:] if "And the doctor?" in text]


async def test_advice_to_help_themselves_is_not_accepted() -> None:
    said, _ = await talk("s07-cafe-power-socket", "en", "Why don't you just buy a powerbank like normal people")
    assert not said[1].startswith(tuple(wordings("s07-cafe-power-socket", "en", "accepting")))


async def test_a_promise_is_taken_by_one_who_came_in_no_mood() -> None:
    lines = (
        "There's a free seat upstairs with power. Would you like it?",
        "Great, follow me, I'll hold it ten minutes.",
    )
    said, _ = await talk("s07-cafe-power-socket", "en", *lines)
    assert said[2].startswith(tuple(wordings("s07-cafe-power-socket", "en", "accepting")))


async def test_who_is_asked_which_day_takes_the_one_they_spoke_of() -> None:
    which = "I could hold Saturday at nine, or Sunday at two. Which would be right for all of you?"
    said, _ = await talk("s09-last-farewell", "en", "Why Saturday?", which)
    assert "Sunday at two, then." in said[-1]
    said, _ = await talk("s09-last-farewell", "en", which)
    assert "Saturday at nine, then." in said[-1]


@pytest.mark.parametrize(
    ("language", "lines", "answer"),
    [
        ("en", ("Well.", "Hm.", "Well.", "Hm.", "No."), "Your result is nothing serious."),
        ("zh-Hans", ("嗯。", "好。", "是吧。", "嗯。", "好。"), "你结果没事的放心"),
    ],
)
async def test_whoever_answers_their_own_question_is_heard(language: str, lines: tuple[str, ...], answer: str) -> None:
    said, held = await talk("s12-hospital-reception", language, *lines[:5], answer)
    assert held.state.trap_turn == 11
    assert said[-1].startswith(tuple(wordings("s12-hospital-reception", language, "listening")))


async def test_who_is_asked_to_pick_picks_though_nothing_was_heard_to_be_offered() -> None:
    said, _ = await talk("s12-hospital-reception", "zh-Hans", "十一点我过来告诉您，还是您到小房间等？您选哪个？")
    assert said[1].startswith(tuple(wordings("s12-hospital-reception", "zh-Hans", "choosing")))


@pytest.mark.parametrize(
    ("persona", "language", "line", "name"),
    [
        ("s14-saas-renewal", "en", "Can I ask your name?", "Marta Oliveira."),
        ("s03-courier-never-came", "en", "May I have your name, please?", "Luo Yi. The address is in the order"),
        ("s09-last-farewell", "en", "Who am I speaking to?", "He Jun."),
        ("s13-bank-dispute", "zh-Hans", "您贵姓", "我叫钱慧。"),
        ("s13-bank-dispute", "zh-Hant", "請問您怎麼稱呼", "我叫钱慧。"),
        ("s08-toothbrush-checkin", "zh-Hans", "喂您好，请问您哪位", "我叫林悦。"),
        ("s05-front-desk-kids-centre", "zh-Hans", "您贵姓？", "我姓孙，是他爷爷。"),
        ("s02-forgotten-ticket", "en", "What's your name?", "Reyes. Daniel Reyes."),
    ],
)
async def test_asked_for_their_name_they_say_it_as_the_scenario_has_it_first(
    persona: str, language: str, line: str, name: str
) -> None:
    said, _ = await talk(persona, language, line)
    assert said[1].startswith(name)
    assert said[1].count(name.rstrip(".。")) == 1


async def test_the_name_they_gave_is_no_answer_to_whoever_uses_it() -> None:
    said, _ = await talk("s13-bank-dispute", "zh-Hans", "您贵姓", "钱慧女士，您家的猫几岁了？")
    assert "我叫钱慧" not in said[2]


@pytest.mark.parametrize(
    ("persona", "language", "line"),
    [
        ("s03-courier-never-came", "en", "How are you today?"),
        ("s09-last-farewell", "en", "How are you?"),
        ("s14-saas-renewal", "zh-Hans", "最近好吗"),
        ("s04-forty-five-million", "zh-Hans", "您好吗"),
    ],
)
async def test_asked_how_they_are_they_come_to_what_they_are_here_for(persona: str, language: str, line: str) -> None:
    said, _ = await talk(persona, language, line)
    assert said[1].startswith(tuple(wordings(persona, language, "pressing")))


@pytest.mark.parametrize("persona", PEOPLE[:3])
@pytest.mark.parametrize(
    ("language", "line"), [("en", "Can you hear me?"), ("en", "Hello?"), ("zh-Hans", "喂？听得见吗")]
)
async def test_asked_whether_they_hear_they_say_yes_and_nothing_counts(persona: str, language: str, line: str) -> None:
    said, held = await talk(persona, language, *[line] * 3)
    assert set(said[1:]) <= set(HEARD[language])
    assert held.state.cues == {}
    assert held.state.trap_turn is None


@pytest.mark.parametrize(
    ("language", "line", "again"),
    [
        ("en", "Sorry, how much did you say?", "Sorry, what?"),
        ("zh-Hans", "您说啥？信号不太好，再说一遍", "喂？听得见吗"),
    ],
)
async def test_what_was_said_last_is_said_again_and_not_that_they_hear(language: str, line: str, again: str) -> None:
    said, _ = await talk("s11-telecom-outage", language, "Hm." if language == "en" else "嗯。", again, line)
    assert said[3] == said[1]
