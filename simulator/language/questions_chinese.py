"""Whether a Chinese sentence asks, and in which form: by particles, A-not-A, choices and question words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.language.patterns import lexicon

if TYPE_CHECKING:
    import re

    from simulator.language.questions import Asked, Form
    from simulator.language.sentences import Sentence

_FOREMOST = 2
"""Characters before a question word that heads its sentence: "您几点走，我送您。" asks."""


def asked_in_chinese(sentence: Sentence) -> Asked | None:
    """The form of the question a Chinese sentence asks, or None if it asks nothing."""
    text = sentence.text
    body = text.rstrip("。.!~ ")
    request = sentence.finds("questions.requests")
    closed = sentence.finds("questions.closed") or _found("questions.a_not_a", body, 0, len(body))
    particle = sentence.finds("questions.particles")
    word = sentence.finds("questions.open")
    if sentence.finds("questions.tells") and not particle:
        return None
    if word and (_is_told(sentence, word, closed) or (text.endswith(("。", "!")) and _goes_on(sentence, word))):
        word = None
    if request and (closed is None or closed.start() <= request.start() or closed.group().endswith("吧")):
        return "open", request.start(), len(text)
    if word and (closed is None or _is_further(text, word, closed)) and not _yes_no_about(text, word, particle):
        picks = sentence.finds("questions.picks") and _found("questions.among", text, 0, word.start())
        measures = sentence.finds("questions.measures") and not closed
        form: Form = "closed" if picks or measures or sentence.finds("questions.proposing") else "open"
        return form, sentence.clause_start(word.start()), len(text)
    if closed or particle:
        first = min(hit.start() for hit in (closed, particle) if hit)
        return "closed", sentence.clause_start(first), len(text)
    return None


def is_stated_in_chinese(sentence: Sentence) -> bool:
    """Whether nothing but the mark at its end asks: no particle, no A-not-A, no choice, no question word."""
    particle = sentence.finds("questions.particles")
    if particle is None or not particle.group().startswith("?"):
        return False
    return not any(sentence.finds(f"questions.{form}") for form in ("closed", "open", "a_not_a"))


def _found(section: str, text: str, start: int, end: int) -> re.Match[str] | None:
    """Where a line of the section stands in a stretch of the text."""
    return lexicon("zh-Hans").pattern(section).search(text, start, end)


def _is_told(sentence: Sentence, word: re.Match[str], closed: re.Match[str] | None) -> bool:
    """Whether the question word belongs to what is told: before a check of one's own words, or to what nobody knows
    inside a yes/no question ("您是不是怕不知道到哪一步了?").
    """
    check = sentence.finds("acts.check_back")
    if check and "," in sentence.text[word.end() : check.start()]:
        return True
    inside = closed is not None and closed.start() < word.start()
    return inside and _found("questions.unknown", sentence.text, 0, word.start()) is not None


def _goes_on(sentence: Sentence, word: re.Match[str]) -> bool:
    """Whether a sentence goes on behind the clause of its question word, or says there what its speaker does about it:
    what ends with a full stop or in a cry tells then ("我再来跟您商量怎么排，不让您干等。").
    """
    text = sentence.text
    foremost = word.start() <= _FOREMOST and not sentence.finds("questions.a_few")
    if foremost or _found("questions.guessed", text, word.end(), len(text)):
        return False
    served = lexicon("zh-Hans").pattern("questions.served").match(text, sentence.clause_start(word.start()))
    if served and not _found("questions.mentioned", text, 0, word.start()):
        return False
    return "," in text[word.end() :] or "我" in text[sentence.clause_start(word.start()) : word.start()]


def _is_further(text: str, word: re.Match[str], closed: re.Match[str]) -> bool:
    """Whether the question word stands in a clause of its own, apart from the yes/no form."""
    low, high = sorted((word.start(), closed.start()))
    return any(mark in text[low:high] for mark in ",?!。;:")


def _yes_no_about(text: str, word: re.Match[str], particle: re.Match[str] | None) -> bool:
    """什么 before 吗 or 吧 in one clause is "anything": a yes/no question."""
    if text.rstrip("。.?!~ ").endswith("吧"):
        return "," not in text[word.start() :]
    if particle is None or text[particle.start()] not in "吗嘛么":
        return False
    return "," not in text[word.start() : particle.start()]
