"""What the customer has said already, and which of it a question is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from simulator.conversation.brief import Brief, KnownFact
from simulator.language.clauses import has_verb
from simulator.language.echo import in_common, is_probe
from simulator.language.normalize import split_sentences
from simulator.language.retold import bids, in_mid_sentence, without_greeting, without_joint, without_taking_up
from simulator.language.talk import asks_throughout, asks_when, names_time
from simulator.offline.actor_courtesy import HEARD, own_name

MOST_TOLD = 2
"""Times the same thing is said before the customer has nothing to add."""

FEW_WORDS = 5
"""Words, or Chinese characters, below which a sentence does not say by itself what a need comes down to."""

NAMES_ONLY = 3
"""Words, or Chinese characters, below which a sentence only names something, and the next one tells it."""

LONGEST_AGAIN = 3
"""Sentences of what was said that are said again: who did not hear more than that hears the end of it."""

_WORD = re.compile(r"[a-zA-Z']+|[\u4e00-\u9fff]")

LEADS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "said": {
        "en": ("As I said, ", "Like I said, ", "As I told you, "),
        "zh-Hans": ("刚才说了，", "我刚说过，", "前面说了，"),
        "zh-Hant": ("剛才說了，", "我剛說過，", "前面說了，"),
    },
    "open": {
        "en": ("There's something we haven't come to: ", "And we haven't talked about this: "),
        "zh-Hans": ("还有件事没说到：", "那件事还没个说法："),
        "zh-Hant": ("還有件事沒說到：", "那件事還沒個說法："),
    },
}
"""Before what was said already, word for word: as such, or because it is not settled."""


def one_of(brief: Brief, wordings: Sequence[str], kind: str) -> str:
    """One of the wordings, by seed and turn: of those not said yet, else the one said longest ago."""
    said = [turn.text for turn in brief.history if turn.speaker == "persona"]
    last = {wording: max((n for n, text in enumerate(said) if wording in text), default=-1) for wording in wordings}
    fresh = [one for one in wordings if last[one] == min(last.values())]
    digest = sha256(f"{brief.seed}:{brief.turn}:{kind}".encode()).digest()
    return fresh[digest[0] % len(fresh)]


def last_said(brief: Brief) -> str:
    """What the customer said last, for who did not hear it: what opens a talk is left out, and all but the end.

    That they heard is no news to whoever asks for it again.
    """
    replies = [turn.text for turn in reversed(brief.history) if turn.speaker == "persona"]
    return _the_end(without_greeting(next((text for text in replies if text not in HEARD[brief.language]), replies[0])))


def opening_again(brief: Brief) -> str | None:
    """What they came with, as said before; None once that was said often enough."""
    return recalled(brief, _the_end(without_greeting(brief.profile.opening.in_language(brief.language))), "said")


def asked_again(brief: Brief) -> str | None:
    """A need that is open already: what of it fits the question, more of it if more is asked for, else its gist; to
    when, what names a time.

    Of several that the line touches it is the one told last, but for what was said a moment ago: who asks for that, and
    for something else as well, has heard it.
    """
    touched = [need for need in reversed(brief.opened) if need.id in brief.touched]
    if not touched:
        return None
    said = _said(brief)
    again = next((need for need in touched if gist(need.reveal) not in said[-1]), touched[0])
    facts = [fact for fact in brief.known if fact.need == again.id]
    new = [fact for fact in facts if not any(fact.text in text for text in said)]
    if is_probe(brief.line) and new:
        return new[0].text
    fitting = next((fact.text for fact in new if _nearly_asks(brief, fact)), None)
    own = [sentence for text in (again.reveal, *(fact.text for fact in facts)) for sentence in _sayings(text)]
    return fitting or _timed(brief, own) or _best(brief, own) or recalled(brief, gist(again.reveal), "said")


def untold(brief: Brief) -> KnownFact | None:
    """What they have not told yet of a need the line touches, where the line nearly asks for it."""
    facts = (fact for fact in brief.known if fact.need in brief.touched and _nearly_asks(brief, fact))
    return next((fact for fact in facts if not any(fact.text in text for text in _said(brief))), None)


def spoken_of(asked: Brief, whole: Brief) -> str | None:
    """What the customer said earlier that has a word in common with the question, as said before; or with the `whole`
    line, if that only asks: "Just the chart, then? Nothing else?".
    """
    return _best(asked, _told(asked)) or (_best(whole, _told(whole)) if asks_throughout(whole.line) else None)


def hinted_again(brief: Brief) -> str | None:
    """The hint they gave at what they are asked about: they do know of it, though they have not come out with it."""
    return next(filter(None, (recalled(brief, hint, "said") for hint in brief.hinted)), None)


def hints_why(brief: Brief) -> bool:
    """Whether a hint is the answer: who is asked no more than why, and has told of nothing yet, does know."""
    begun = has_only_begun(brief) or not brief.opened
    return bool(brief.cue and begun and brief.question and is_probe(brief.question.text))


def has_spoken_of(brief: Brief) -> bool:
    """Whether the question is about anything they have told, however often."""
    return bool(brief.touched) or any(in_common(brief.line, sentence) for sentence in _told(brief))


def recalled(brief: Brief, text: str, lead: str) -> str | None:
    """The text, after a lead where it was said before; None once it was said often enough.

    A lead takes a statement, and no greeting or name before it; nobody has said before what they have just begun.
    """
    again = _statement(text)
    said = sum(_bare(again or text) in _bare(turn) for turn in _said(brief))
    if said >= MOST_TOLD:
        return None
    if not said:
        return text
    if not again or has_only_begun(brief):
        return None
    return one_of(brief, LEADS[lead][brief.language], lead) + in_mid_sentence(again)


def has_only_begun(brief: Brief) -> bool:
    """Whether they have said no more than their opening line."""
    return len(_said(brief)) == 1


def gist(text: str) -> str:
    """The first sentence, with the next if it is but a few words; without what only takes up the question before it."""
    sentences = list(_sentences(text))
    first = next((n for n, sentence in enumerate(sentences) if count_words(sentence) > 1), 0)
    end = first + 2 if count_words(sentences[first]) < FEW_WORDS else first + 1
    told = without_taking_up(_joined(text, first, end))
    return told[:1].upper() + told[1:]


def matter(text: str) -> str:
    """The first sentence that says by itself what a need comes down to, without what leads over to it."""
    told = next((sentence for sentence in _sentences(text) if count_words(sentence) >= FEW_WORDS), text)
    told = without_joint(without_taking_up(told))
    return told[:1].upper() + told[1:]


def count_words(text: str) -> int:
    """English words, or Chinese characters."""
    return len(_WORD.findall(text))


def _timed(brief: Brief, sentences: Iterable[str]) -> str | None:
    """The first sentence that names a time, where the line asks for one."""
    times = (recalled(brief, sentence, "said") for sentence in sentences if names_time(sentence))
    return next(filter(None, times), None) if asks_when(brief.line) else None


def _best(brief: Brief, sentences: Iterable[str]) -> str | None:
    """The sentence that has most in common with the line, the first of equals, and was not said too often."""
    found: tuple[int, str] | None = None
    for sentence in sentences:
        common = len(in_common(brief.line, sentence))
        told = recalled(brief, sentence, "said") if common > (found[0] if found else 0) else None
        found = (common, told) if told else found
    return found[1] if found else None


def _nearly_asks(brief: Brief, fact: KnownFact) -> bool:
    """Whether the line holds all the words of a phrase that asks for the fact, in whatever order."""
    words = {word.lower() for word in _WORD.findall(brief.line)}
    phrases = (phrase for groups in fact.match.by_language.values() for group in groups for phrase in group)
    asking = (set(_WORD.findall(phrase.lower())) for phrase in phrases)
    return any(len(phrase) > 1 and phrase <= words for phrase in asking)


def _told(brief: Brief) -> list[str]:
    """What they told in earlier replies, the latest reply first."""
    return [one for text in reversed(_said(brief)) for one in _sayings(_without_fillers(brief, text))]


def _without_fillers(brief: Brief, text: str) -> str:
    fillers = (wording for wordings in brief.lines.values() for wording in wordings)
    leads = (lead for leads in LEADS.values() for lead in leads[brief.language])
    for filler in (*fillers, *leads, *HEARD[brief.language], own_name(brief)):
        text = text.replace(filler, "")
    return text


def _sayings(text: str) -> Iterator[str]:
    """The statements of a text that say something by themselves; a short one with the next."""
    sentences = list(_sentences(text))
    for at, sentence in enumerate(sentences):
        if not (sentence.endswith(("?", "？")) or bids(sentence)):
            short = count_words(sentence) < NAMES_ONLY and at + 1 < len(sentences)
            yield _joined(text, at, at + 2) if short else sentence


def _statement(text: str) -> str:
    """The text from its first sentence with a verb on, without greeting or "and"; empty where none has a verb."""
    begun = without_taking_up(without_greeting(text))
    spans = split_sentences(begun)
    return next((without_joint(begun[start:]) for start, end in spans if has_verb(begun[start:end])), "")


def _the_end(text: str) -> str:
    return _joined(text, -LONGEST_AGAIN, None)


def _joined(text: str, first: int, end: int | None) -> str:
    spans = split_sentences(text)[first:end]
    return text[spans[0][0] : spans[-1][1]] if spans else text


def _sentences(text: str) -> Iterator[str]:
    return (text[start:end] for start, end in split_sentences(text))


def _said(brief: Brief) -> list[str]:
    """The customer's replies: what was only said again, because it was not heard, counts once."""
    replies = [turn.text for turn in brief.history if turn.speaker == "persona"]
    return [text for at, text in enumerate(replies) if not at or not replies[at - 1].endswith(text)]


def _bare(text: str) -> str:
    return text.casefold()
