"""What a learner's line does: every sentence read on its own, then against its neighbours.

A sentence gets its acts in four steps. (1) A flagged sentence gets none, and the others are heard as if it had not been
said. (2) Its question form is settled: open, closed or no question. (3) The acts that a family of phrasing gives away
are looked up in the lexicon, promises by their own rules. (4) Conflicts are settled (settling.py). A recap with a check
becomes one summary, over several sentences if need be; ways to choose from become offers; what one sentence owns to be
wrong and its neighbour says cannot be kept is taken back.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.domain.acts import ActSpan, HeardSentence, Hearing
from simulator.language.flags import flags
from simulator.language.options import join_options
from simulator.language.promises import commits, put_forward
from simulator.language.questions import asked, draws_consequence, told_before
from simulator.language.sentences import Sentence, sentences
from simulator.language.settling import Reading, is_remark, settle
from simulator.language.summaries import join_summaries, join_tags
from simulator.language.withdrawals import drop_taken_back, join_withdrawals

if TYPE_CHECKING:
    from collections.abc import Sequence

_BY_PHRASE = {
    "greet": "acts.greet",
    "close": "acts.close",
    "apologize": "acts.apologize",
    "affirm": "acts.affirm",
    "own_it": "acts.own_it",
    "propose": "acts.propose",
    "act_now": "acts.act_now",
    "refuse": "acts.refuse",
    "state_limit": "acts.state_limit",
    "bad_news": "acts.bad_news",
    "argue": "acts.argue",
    "blame": "acts.blame",
    "contempt": "acts.contempt",
    "quote_rule": "acts.rule",
    "pass_the_buck": "acts.pass_on",
    "reflect_feeling": "acts.reflect_feeling",
}
"""Acts that a family of phrasing gives away, and the lexicon's section that lists it."""

_REPLIES = {act: f"replies.{act}" for act in ("accepts", "chooses", "objects", "refuses", "agrees", "thanks")}


@lru_cache(maxsize=512)
def hear(line: str, context: str = "") -> Hearing:
    """What each sentence of a learner's line does. Remembered: a session is heard, tried again and graded anew.

    `context` is the customer's previous turn. Spans are verbatim from the line; topics are left empty, `script_repeat`
    needs the history and is not given here, and confirm and summary are told apart by form alone.
    """
    parts = sentences(line)
    aside = flags(parts)
    kept = [part for part, why in zip(parts, aside, strict=True) if not why and not is_remark(part)]
    readings = [Reading(part) if why else _read(part, kept, context) for part, why in zip(parts, aside, strict=True)]
    heard = [reading for reading, why in zip(readings, aside, strict=True) if not why]
    join_withdrawals(heard)
    join_tags(heard)
    join_summaries(heard, context)
    join_options(heard)
    drop_taken_back(heard)
    return Hearing(
        tuple(
            HeardSentence(
                part.source,
                part.start,
                part.end,
                tuple(ActSpan(act, span) for act, span in reading.acts.items()),
                flag=why,
            )
            for part, reading, why in zip(parts, readings, aside, strict=True)
        )
    )


def reply_acts(text: str) -> frozenset[str]:
    """What a customer's turn does with what was offered: accepts, chooses, objects, refuses, asks, agrees, thanks."""
    found = set()
    for sentence in sentences(text):
        asks = asked(sentence) is not None
        if asks:
            found.add("asks")
        for act, hit in sentence.heard.search(_REPLIES) if sentence.heard else ():
            if not (act == "refuses" and asks and hit.start() > 0):
                found.add(act)
    if "refuses" in found:
        found -= {"accepts"}
    return frozenset(found)


def _read(sentence: Sentence, line: Sequence[Sentence], context: str) -> Reading:
    reading = Reading(sentence)
    if sentence.heard is None:
        return reading
    _find_question(reading)
    for act, hit in sentence.heard.search(_BY_PHRASE):
        if hit.end() > hit.start():
            reading.acts[act] = sentence.quote(hit.start(), hit.end())
    if "reflect_feeling" in reading.acts:
        _find_feeling(reading)
    _find_promise(reading, context)
    settle(reading, line, context)
    # After settling: whether the sentence still asks anything is decided there.
    offer = put_forward(sentence) if reading.form else None
    if offer:
        reading.acts.setdefault("propose", offer.span)
    return reading


def _find_question(reading: Reading) -> None:
    found = asked(reading.sentence)
    if found is None:
        return
    reading.form, start, end = found
    span = reading.sentence.quote(start, end)
    reading.acts[f"{reading.form}_question"] = span
    if draws_consequence(reading.sentence):
        reading.acts["implication_question"] = span
    if reading.sentence.finds("acts.confirm"):
        reading.acts["confirm_ask"] = span


def _find_promise(reading: Reading, context: str) -> None:
    reading.promise = made = commits(reading.sentence, context)
    if made is None:
        return
    if made.kind == "withdrawal":
        reading.acts["withdraw_promise"] = made.span
        return
    if made.kind == "guarantee":
        reading.acts["guarantee"] = made.span
        return
    reading.acts["promise"] = made.span
    sentence = told_before(reading.sentence) or reading.sentence
    update = sentence.finds("acts.update")
    if update:
        reading.acts["update_commit"] = sentence.quote(update.start(), update.end())


def _find_feeling(reading: Reading) -> None:
    """Keep the first feeling named that is not merely wished for, waved away or the speaker's own; drop it if none is.

    It keeps its place among the acts, in order of finding.
    """
    sentence, at = reading.sentence, 0
    lexicon = sentence.lexicon
    while lexicon is not None:
        hit = lexicon.finds("acts.reflect_feeling", sentence.text[at:])
        if hit is None or hit.end() == hit.start():
            break
        waved = lexicon.finds("acts.comfort", sentence.text[at:])
        if waved is not None and waved.start() < hit.end() and hit.start() < waved.end():
            at += waved.end()
        elif lexicon.finds("acts.no_feeling", hit.group()):
            at += hit.end()
        else:
            reading.acts["reflect_feeling"] = sentence.quote(at + hit.start(), at + hit.end())
            return
    reading.drop("reflect_feeling")
