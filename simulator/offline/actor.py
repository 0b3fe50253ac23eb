"""Plays the customer from the pack's own lines: what was opened, what was asked, how it felt, in that order.

Which wording is taken depends on the session's seed and the turn, so two sessions differ and a replay does not.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

from simulator.conversation.brief import Brief
from simulator.domain.acts import HeardSentence
from simulator.language.choices import takes_first
from simulator.language.echo import in_common, is_probe
from simulator.language.normalize import split_sentences
from simulator.language.requests import leaves_the_pick
from simulator.language.talk import (
    asks_account,
    asks_if_clear,
    asks_if_heard,
    asks_purpose,
    asks_to_repeat,
    asks_to_wait,
    asks_wellbeing,
    hopes_for_no,
    makes_small_talk,
)
from simulator.language.topics import finder
from simulator.offline.actor_asides import aside
from simulator.offline.actor_choice import choice
from simulator.offline.actor_courtesy import HEARD, WAITING, name_asked_for
from simulator.offline.actor_memory import (
    asked_again,
    count_words,
    gist,
    has_only_begun,
    has_spoken_of,
    hinted_again,
    hints_why,
    last_said,
    matter,
    one_of,
    opening_again,
    recalled,
    spoken_of,
    untold,
)

MOST_PARTS = 3
"""Things said in one reply: a person says two or three, then waits. What code decided is always said; it is
facts that wait."""

ASSENT = 3
"""Words, or Chinese characters, from which on a sentence is more than a word of assent."""

NO_MORE = {
    "en": (("No, just that.", "Only that.", "That's all I need."), ("No, that's all.", "Nothing else, no.")),
    "zh-Hans": (("没别的了，就这个。", "就这一件事。"), ("没有了。", "没别的了，就这些。")),
    "zh-Hant": (("沒別的了，就這個。", "就這一件事。"), ("沒有了。", "沒別的了，就這些。")),
}
"""When asked if there is anything else: before anything was offered, and afterwards."""

ALL_TOLD = {
    "en": ("I've told you all there is.", "There's no more to it than I've said."),
    "zh-Hans": ("该说的我都说了。", "就我说的这些，没别的了。"),
    "zh-Hant": ("該說的我都說了。", "就我說的這些，沒別的了。"),
}
"""When asked once more for what was said often enough: they do know it."""

PAUSE = {"en": "... ", "zh-Hans": "……", "zh-Hant": "……"}
"""Before what has nothing to do with what was just said."""

MOST_FACTS = 2
"""Facts given at once when several were asked for."""


class OfflineActor:
    """Actor over a brief's authored lines."""

    name = "offline"

    async def reply(self, brief: Brief) -> AsyncGenerator[str, None]:
        """The reply, a sentence group at a time."""
        glue = " " if brief.language == "en" else ""
        for index, part in enumerate(_parts(brief)):
            yield glue + part if index else part


def _parts(brief: Brief) -> list[str]:
    if brief.walk_out:
        return [brief.walk_out]
    if brief.occasions == ("puzzled",):
        return [_wording(brief, "puzzled")]
    if asks_to_repeat(brief.line) and not (brief.voice or brief.closing or brief.irritated):
        return [last_said(brief)]
    feeling = _feeling(brief)
    voiced = [*(need.reveal for need in brief.voice), *filter(None, (brief.closing, brief.expectation))]
    room = max(0, MOST_PARTS - len(voiced))
    opening = {need.id for need in brief.voice}
    # What belongs to another need waits until that is asked about.
    asked = [fact for fact in brief.asked if not opening or fact.need is None or fact.need in opening]
    facts = asked[: min(MOST_FACTS, room)]
    named = name_asked_for(brief, facts) if room else []
    substance = [  # what belongs to a need is said after the need itself
        *named,
        *(fact.text for fact in facts if fact.need not in opening),
        *voiced,
        *(fact.text for fact in facts if fact.need in opening),
    ]
    if not substance:
        substance = _unprompted(brief, feeling)
    elif not voiced and "farewell" in brief.occasions:
        substance.append(_parting(brief))
    elif not feeling and _takes_news(brief) and len(substance) < MOST_PARTS:
        feeling = [_wording(brief, "told")]
    settles = brief.occasions[0] in ("choosing", "accepting") or bool(choice(brief.line, brief.language))
    answers = bool(facts or named or brief.closing) or settles
    pauses = answers and bool(substance) and not (brief.voice or brief.expectation)
    return [*feeling, *substance, *_besides(brief, pauses=pauses)]


def _besides(brief: Brief, *, pauses: bool) -> list[str]:
    """What is on their mind besides; after a plain answer, which it has nothing to do with, it comes after a pause."""
    own = list(filter(None, (brief.cue, brief.trap)))
    return [PAUSE[brief.language] + own[0], *own[1:]] if own and pauses else own


def _feeling(brief: Brief) -> list[str]:
    """What comes out first: annoyance, or the yes to a summary."""
    if brief.irritated:
        return [brief.irritated[0]]
    if "irritated" in brief.occasions:
        return [_wording(brief, "irritated")]
    return [_wording(brief, "agreeing")] if _agrees(brief) else []


def _takes_news(brief: Brief) -> bool:
    """Whether bad news is met with a word before anything else: not where the verdict or the push answers it."""
    return "told" in brief.occasions and not (brief.closing or brief.trap)


def _agrees(brief: Brief) -> bool:
    agreeing = "agreeing" in brief.occasions and not brief.closing
    return agreeing and brief.settled is not False and not _lacks_wish(brief)


def _lacks_wish(brief: Brief) -> bool:
    """Whether they are asked if anything is missing, and the wish that nobody took up is."""
    return brief.pending is not None and hopes_for_no(brief.line)


def _unprompted(brief: Brief, feeling: Sequence[str]) -> list[str]:
    """What the customer says when the line drew nothing out of them."""
    if feeling or hints_why(brief):
        return _nothing_more(brief) if _agrees(brief) and brief.offered and hopes_for_no(brief.line) else []
    if brief.settled is False or _lacks_wish(brief):
        return [_still_open(brief)]
    if hopes_for_no(brief.line):
        return _nothing_more(brief)
    occasion = brief.occasions[0]
    taken = _taken(brief) if "accepting" in brief.occasions else None
    at_once = _courtesy(brief) or (taken if occasion in ("choosing", "accepting", "unknown") else None)
    if at_once:
        return [at_once]
    if "unknown" in brief.occasions and occasion not in ("choosing", "told"):
        answer = _asked_in_general(brief) or (_answer(brief) if occasion == "unknown" else None)
        if answer:
            return [answer]
    more: tuple[str, ...] = ()
    if occasion == "accepting":
        more = (_parting(brief),) if "farewell" in brief.occasions else _beside(brief)
    elif occasion == "told" and not taken:
        more = _beside(brief)
    return [_pressing(brief) if occasion == "pressing" else _wording(brief, occasion), *filter(None, (taken, *more))]


def _beside(brief: Brief) -> tuple[str, ...]:
    """The answer to a question put beside an offer or bad news: to a closed one it is what they have not told yet."""
    if brief.question is None:
        return ()
    asked = _about(brief, brief.question)
    if not brief.question.does("open_question"):
        return tuple(fact.text for fact in (untold(asked),) if fact)
    answer = _asked_in_general(asked) or asked_again(asked)
    at_a_loss = brief.occasions[0] == "accepting" and not has_spoken_of(asked)
    return (answer or _wording(brief, "unknown"),) if answer or at_a_loss else ()


def _about(brief: Brief, question: HeardSentence) -> Brief:
    """The brief as if the line were its question alone: what stands before it asks nothing."""
    touched = tuple(topic.topic for topic in question.topics if topic.topic in brief.touched)
    return replace(brief, line=question.text, touched=touched)


def _courtesy(brief: Brief) -> str | None:
    """The yes to whether they hear, or would wait; who is asked how they are, or of football, comes to what they are
    here for.
    """
    if brief.occasions[0] not in ("unknown", "listening", "pressing"):
        return None
    if asks_if_clear(brief.line):
        return _wording(brief, "listening")
    if asks_if_heard(brief.line):
        return one_of(brief, HEARD[brief.language], "heard")
    if asks_to_wait(brief.line):
        return one_of(brief, WAITING[brief.language], "waiting")
    return _pressing(brief) if asks_wellbeing(brief.line) or makes_small_talk(brief.line) else None


def _answer(brief: Brief) -> str:
    """The answer to a question that asks for no fact: what was said of it, a pick, or that they do not know."""
    if brief.offered and (taken := _taken(brief)):
        return taken
    if leaves_the_pick(brief.line) and "choosing" in brief.lines:
        return _wording(brief, "choosing")
    question = brief.question
    beside = question and len(split_sentences(brief.line)) > 1 and (question.topics or not is_probe(question.text))
    asked = _about(brief, question) if question and beside else brief
    told = asked_again(asked) or spoken_of(asked, brief)
    return told or aside(brief) or hinted_again(brief) or _not_known(asked)


def _taken(brief: Brief) -> str | None:
    """The way that is taken of those put up, where any are."""
    needs = (gist(need.reveal) for need in brief.opened)
    own = [wording for wording in brief.lines["choosing"] if takes_first(wording)]
    ways = choice(brief.line, brief.language, needs, own)
    return one_of(brief, ways, "choosing") if ways else None


def _asked_in_general(brief: Brief) -> str | None:
    """The request again, where they are asked what they came for, or what has happened."""
    happened = asks_account(brief.line)
    if not (happened or asks_purpose(brief.line)):
        return None
    unmet = (recalled(brief, gist(need.reveal), "said") for need in brief.unmet)
    return next(filter(None, unmet), None) or (opening_again(brief) if happened else None) or _request(brief)


def _nothing_more(brief: Brief) -> list[str]:
    """The answer to "anything else?": that it is this, or once something was offered, that it is all; not where a hint
    follows that it is not.
    """
    that_is_all = [] if brief.cue else [one_of(brief, NO_MORE[brief.language][brief.offered], "all")]
    if not brief.offered:
        return [*that_is_all, _request(brief)]
    leaving = "farewell" in brief.occasions and len(split_sentences(brief.line)) > 1
    return [*that_is_all, *([_wording(brief, "farewell")] if leaving else [])]


def _not_known(brief: Brief) -> str:
    """That they cannot say: not why they come at all, nor of what they have told, and of what they have just opened
    with they ask for it.
    """
    if not has_spoken_of(brief):
        return _request(brief) if is_probe(brief.line) else _wording(brief, "unknown")
    return _request(brief) if has_only_begun(brief) else one_of(brief, ALL_TOLD[brief.language], "all told")


def _request(brief: Brief) -> str:
    """What they came for, in words that name it."""
    keywords = finder(brief.profile.explicit_need.keywords)
    return _pressing(brief, [wording for wording in brief.lines["pressing"] if keywords.find(wording)])


def _pressing(brief: Brief, wordings: Sequence[str] = ()) -> str:
    """They come back to what they asked, but not to what they were told since, nor twice on end in the same words."""
    just_said = next((turn.text for turn in reversed(brief.history) if turn.speaker == "persona"), "")
    left = [[one for one in some if one not in just_said] for some in (wordings, brief.lines["pressing"])]
    for some in left:
        if open_still := [one for one in some if not any(in_common(told, one) for told in brief.told)]:
            return one_of(brief, open_still, "pressing")
    return one_of(brief, left[0] or left[1] or ALL_TOLD[brief.language], "pressing")


def _parting(brief: Brief) -> str:
    """A farewell after something else was said: without the word or two of assent that it begins with."""
    farewell = _wording(brief, "farewell")
    start, end = split_sentences(farewell)[0]
    return farewell if count_words(farewell[start:end]) >= ASSENT else farewell[end:].strip() or farewell


def _still_open(brief: Brief) -> str:
    """Why this is not it yet: a need that no offer has met, the wish that was not taken up, else what they came for."""
    need = next((matter(need.reveal) for need in brief.unmet), None)
    unmet = brief.pending or need if brief.settled else need or brief.pending
    return (recalled(brief, unmet, "open") if unmet else None) or _pressing(brief)


def _wording(brief: Brief, kind: str) -> str:
    return one_of(brief, brief.lines[kind], kind)
