"""What a sentence commits its speaker to, by form alone: whether they may promise it is the ledger's question.

Effort ("I'll try", "我尽量"), conditional ("once Finance agrees I'll ..."), firm ("you'll have it by four"), guarantee
words, and the withdrawal of an earlier promise. What is negated, asked or quoted from others commits to nothing; who
says what they will not do ("I won't tell him") undertakes to leave it undone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.language.forgone import affirmed, end_of_undone, forgoes, spared
from simulator.language.questions import asked, told_before
from simulator.language.requests import asks_to_choose
from simulator.language.sentences import sentences

if TYPE_CHECKING:
    from simulator.language.sentences import Sentence

Kind = Literal["effort", "conditional", "firm", "guarantee", "withdrawal"]

_MORE = r"(?:[,.!。 ].{0,12})?"
"""What may follow a bare yes: a few characters of courtesy."""

_ALONE, _TOO_LITTLE = 2, 25
"""Characters: a hit so near its clause's start, or with so little after it, takes the words before it along."""

_ENDS = ".!。;；,， "
_NEW_CLAUSE = (" but ", " so ", " and ")


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment and the words that make it, verbatim. `forgoes`: it is one not to do something. `granted`: it is a
    bare yes to what was asked for.
    """

    kind: Kind
    span: str
    forgoes: bool = False
    granted: bool = False


def commitment(sentence: str, context: str = "") -> Commitment | None:
    """What one sentence commits to, or None.

    `context` is the customer's turn before: a bare "sure" promises what it asked for.
    """
    for part in sentences(sentence):
        made = commits(part, context) or _offers(part)
        if made:
            return made
    return None


def commits(sentence: Sentence, context: str = "") -> Commitment | None:
    """The same for a sentence that has been read already."""
    withdrawal = sentence.finds("acts.withdraw")
    if withdrawal:
        return Commitment("withdrawal", sentence.quote(withdrawal.start()).rstrip(_ENDS))
    if _is_asked(sentence):
        return _commits_before_asking(sentence)
    sure = _guarantees(sentence)
    will = _will(sentence)
    if sure and not (will and _in_own_hands(sentence, sure, will)):
        done = any(first <= sure.start() < last for first, last in affirmed(sentence))
        return Commitment("guarantee", _clause(sentence, sure), forgoes=not done)
    if will:
        start = sentence.clause_start(will.start()) if sentence.is_chinese else will.start()
        words = sentence.quote(start).rstrip(_ENDS)
        return Commitment(_firmness(sentence, will), words, will is spared(sentence) or forgoes(sentence, will))
    if _grants(sentence, context):
        return Commitment("firm", sentence.quote().rstrip(_ENDS), granted=True)
    return None


def _in_own_hands(sentence: Sentence, sure: re.Match[str], will: re.Match[str]) -> bool:
    """Whether what is vouched for is only word that is sent, or that the customer is spared something."""
    if will is spared(sentence):
        return not re.search("[,;:]", sentence.text[sure.end() : will.start()])
    return sentence.finds("acts.update") is not None and not sentence.finds("promises.vouching")


def waits(sentence: Sentence) -> bool:
    """Whether a sentence names a condition. A case that changes nothing ("even if there is no news") is none."""
    if sentence.lexicon is None or not sentence.finds("promises.conditional"):
        return False
    left = _without_cases(sentence)
    return left == sentence.text or sentence.lexicon.pattern("promises.conditional").search(left) is not None


def without_cases(text: str) -> str:
    """A text without the clauses that name a case that changes nothing."""
    return " ".join(_without_cases(sentence) for sentence in sentences(text))


def _without_cases(sentence: Sentence) -> str:
    """The normalised text without them."""
    hit = sentence.finds("promises.all_the_same")
    if hit is None:
        return sentence.text
    end = next((last for _, last in sentence.clauses() if last >= hit.end()), len(sentence.text))
    return sentence.text[: hit.start()] + sentence.text[end:]


def takes_turn(text: str) -> bool:
    """Whether a promise is said as against what was said before it ("actually", "after all")."""
    return any(sentence.finds("promises.after_all") for sentence in sentences(text))


def put_forward(sentence: Sentence) -> Commitment | None:
    """What is undertaken before a question whether it suits ("..., would that help?"): an offer, and no promise yet."""
    told = told_before(sentence) if _asks_view(sentence) else None
    made = commits(told) if told else None
    return made if made and made.kind != "guarantee" else None


def _commits_before_asking(sentence: Sentence) -> Commitment | None:
    """What is undertaken before a question, unless the customer is asked what they think of it, or which of it they
    take; what is vouched for binds all the same.
    """
    told = told_before(sentence)
    made = commits(told) if told else None
    if made and made.kind != "guarantee" and (_asks_view(sentence) or _asks_which(sentence)):
        return None
    return made


def _asks_view(sentence: Sentence) -> bool:
    """Whether the question is what the customer thinks of what stands before it."""
    view = "acts.your_view" if sentence.is_chinese else "acts.confirm"
    return _is_closed(sentence) and sentence.finds(view) is not None


def _asks_which(sentence: Sentence) -> bool:
    return _is_closed(sentence) and asks_to_choose(sentence.source)


def _is_closed(sentence: Sentence) -> bool:
    found = asked(sentence)
    return found is not None and found[0] == "closed"


def restated(sentence: Sentence) -> dict[str, str]:
    """What a sentence of a recap undertakes besides: who speaks does something by a time ("I book the 14:10").

    The words by act: `promise`, and `update_commit` where it is word that is sent. Empty where it is only the customer
    who is given back.
    """
    does = sentence.finds("promises.restated")
    if does is None or not sentence.finds("promises.by_when") or _is_quoted(sentence, does.start()):
        return {}
    words = sentence.quote(does.start()).rstrip(_ENDS)
    return {"promise": words, **({"update_commit": words} if sentence.finds("promises.reaches") else {})}


def _offers(sentence: Sentence) -> Commitment | None:
    """An offer ("I can give you the seat") is not said as a promise, and is one all the same once it is taken up."""
    hit = None if sentence.lexicon is None or _is_asked(sentence) else sentence.finds("promises.offers")
    if hit is None or _is_quoted(sentence, hit.start()):
        return None
    return Commitment(_firmness(sentence, hit), sentence.quote(sentence.clause_start(hit.start())).rstrip(_ENDS))


def _guarantees(sentence: Sentence) -> re.Match[str] | None:
    """The words that vouch for an outcome, unless they are negated or somebody else's."""
    hit = sentence.finds("promises.guarantee")
    if hit is None or sentence.finds("promises.negated") or _is_quoted(sentence, hit.start()):
        return None
    return hit


def _will(sentence: Sentence) -> re.Match[str] | None:
    """Where something is undertaken; what is to be done goes before what is left undone."""
    spare = spared(sentence)
    forgone = None if spare and _is_quoted(sentence, spare.start()) else spare
    hit = sentence.finds("promises.will")
    if sentence.lexicon is None:
        return forgone
    while hit:
        new_clauses = (sentence.text.rfind(word, 0, hit.start()) for word in _NEW_CLAUSE)
        start = max(sentence.clause_start(hit.start()), *new_clauses)
        said = sentence.text, start, hit.end() if sentence.is_chinese else hit.start()
        reckoned = sentence.lexicon.pattern("promises.estimates").search(sentence.text, start, hit.end())
        if reckoned and reckoned.start() != hit.start():
            at = next((first for first, _ in sentence.clauses() if first > hit.start()), len(sentence.text))
        elif (
            _is_quoted(sentence, hit.start())
            or _is_disowned(sentence, hit.start())
            or sentence.lexicon.pattern("promises.blank").match(sentence.text, hit.start())
            or sentence.lexicon.pattern("promises.negated").search(*said)
        ):
            at = hit.end()
        elif (spare and hit.start() < spare.end() and spare.start() < hit.end()) or forgoes(sentence, hit):
            forgone = forgone or hit
            at = max(hit.end(), end_of_undone(sentence, hit))
        else:
            return hit
        hit = sentence.lexicon.pattern("promises.will").search(sentence.text, at)
    return forgone


def _firmness(sentence: Sentence, will: re.Match[str]) -> Kind:
    if waits(sentence):
        return "conditional"
    if will is spared(sentence):  # "I won't push you" tries nothing
        return "firm"
    start = sentence.clause_start(will.start()) if sentence.is_chinese else will.start()  # 尽力 stands before the verb
    lexicon = sentence.lexicon
    effort = lexicon.pattern("promises.effort").search(sentence.text, start) if lexicon else None
    return "effort" if effort else "firm"


def _is_asked(sentence: Sentence) -> bool:
    """Whether the sentence asks, other than by a Chinese tag: an English one leaves what it follows to others."""
    return asked(sentence) is not None and not (sentence.is_chinese and sentence.finds("questions.tags"))


def _is_quoted(sentence: Sentence, at: int) -> bool:
    before = sentence.text[:at]
    if before.count('"') % 2:
        return True
    unsaid = sentence.finds("promises.unsaid")
    if unsaid and unsaid.start() < at and not re.search("[,;:]", sentence.text[unsaid.end() : at]):
        return True
    quoted = sentence.finds("promises.quoted")
    return quoted is not None and quoted.start() <= at and not _is_over(sentence, quoted.end(), at + 1)


def _is_over(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a new clause begins there that goes on in the speaker's own name."""
    lexicon, said = sentence.lexicon, sentence.text[start:end]
    return lexicon is not None and bool(re.search("[,;:] ?" + lexicon.pattern("promises.over").pattern, said))


def _is_disowned(sentence: Sentence, at: int) -> bool:
    """Whether what is undertaken there is not vouched for in the words that follow it."""
    hit = sentence.finds("promises.disowned")
    return hit is not None and at < hit.start()


def _grants(sentence: Sentence, context: str) -> bool:
    """Whether a bare yes answers a request for something."""
    lexicon, said = sentence.lexicon, sentence.text.strip(_ENDS)
    if lexicon is None or not re.fullmatch(lexicon.pattern("promises.granted").pattern + _MORE, said):
        return False
    before = sentences(context)
    asks = any(asked(part) and part.finds("promises.somebody") for part in before[-2:])
    return asks or any(part.finds("promises.begged") for part in before[-1:])


def _clause(sentence: Sentence, hit: re.Match[str]) -> str:
    """To the end of the sentence, from the start of the clause, or of the whole if the hit stands alone."""
    start = sentence.clause_start(hit.start())
    if hit.start() - start < _ALONE or len(sentence.text) - start < _TOO_LITTLE:
        start = 0
    return sentence.quote(start).rstrip(_ENDS)
