"""Whether a sentence asks, and in which form.

English goes by word order: a question word before its verb asks openly, a verb before its subject asks for yes or no,
and a statement with a question mark is closed. Chinese goes by particles, A-not-A, choices and question words. Both
know requests for an account ("tell me how ...", "您讲讲"), which are open, and questions that only tell somebody off,
which are none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from simulator.language.questions_chinese import asked_in_chinese
from simulator.language.sentences import sentences

if TYPE_CHECKING:
    from simulator.language.patterns import Lexicon
    from simulator.language.sentences import Sentence

Form = Literal["open", "closed"]
Asked = tuple[Form, int, int]
"""The form, and where in the normalised sentence it shows."""

_QUOTED = re.compile(r'\w[^"]* "[^"]*[?]"$')
"""A question that somebody is said to ask: the mark is theirs."""

_OPTIONS = re.compile(r"\bor\b(?! (what|so|something|anything|not|else|how|why|whatever|when|where)\b)")
_EXAMPLES = re.compile(r", (?:say|for (?:example|instance)|such as)\b.*")
"""What is only named as an example leaves nothing to choose: "What was he known for, say at work or at home?"."""

_UNMARKED = ("questions.plainly_open", "questions.open_subject")
_BREAK = re.compile(r"(?:[,:] ?(?:and|but|so|then)?|[ ](?:and|but|so)|-)[\s-]*$")
"""What stands between words that tell something and a question after them in the same sentence."""

_BEGUN_ANEW = r"(?P<begun>\w+)[\w' ]{0,12}?-+ ?(?:(?P=begun)\b|what|who|where|when|why|how)"
"""A question broken off and begun anew: "What would- what would you do?"."""

_MARKS = re.compile(r"[\s,:;-]*")


def asked(sentence: Sentence) -> Asked | None:
    """The form of the question a sentence asks, or None if it asks nothing."""
    return _asked(sentence)


@lru_cache(maxsize=512)
def _asked(sentence: Sentence) -> Asked | None:
    """The same, remembered: hearing a sentence asks for it more than once."""
    if sentence.lexicon is None or sentence.finds("questions.say_again"):
        return None
    return asked_in_chinese(sentence) if sentence.is_chinese else _asked_in_english(sentence)


def told_before(sentence: Sentence) -> Sentence | None:
    """What a sentence says before it asks ("I'll ring them now, what's your room number?"), as a sentence of its own.

    None where it only asks, or asks nothing, or what follows from what it says ("If I send it today, ...?").
    """
    found = asked(sentence)
    if found is None or draws_consequence(sentence):
        return None
    turn = _MARKS.match(sentence.text, _turn(sentence, found[1]))
    said = _BREAK.search(sentence.text, 0, turn.end()) if turn else None
    before = sentences(sentence.quote(0, said.start())) if said else ()
    return before[0] if len(before) == 1 else None


def _turn(sentence: Sentence, start: int) -> int:
    """Where a question begins whose form shows at `start`. A verb before its subject may come after a statement."""
    lexicon = sentence.lexicon
    if start or lexicon is None or sentence.is_chinese:
        return start
    later = _plain_order(lexicon)["inverted_later"].search(sentence.text)
    return later.end() if later else 0


def is_rhetorical(sentence: Sentence) -> bool:
    """Whether the question tells somebody off rather than asks."""
    return sentence.finds("questions.rhetorical") is not None


def is_stated(sentence: Sentence) -> bool:
    """Whether an English question is a statement with a question mark: it asks for a yes to what it says."""
    lexicon = sentence.lexicon
    if lexicon is None or sentence.is_chinese or not sentence.is_marked:
        return False
    begin = _begin(lexicon, sentence.text)
    turned = _order(lexicon)["inverted"].match(sentence.text, begin)
    return not (turned or _plain_order(lexicon)["inverted_later"].search(sentence.text, begin))


def leaves_open(text: str) -> bool:
    """Whether a yes-or-no question names no answer of its own, but anything, somebody, 什么 or 谁.

    A statement with a tag ("It's somebody's birthday, isn't it?") says what it supposes.
    """
    found = (sentence for sentence in sentences(text) if sentence.finds("questions.leaves_open"))
    return any(not sentence.finds("questions.supposed") for sentence in found)


def trails_off(text: str) -> bool:
    """Whether an English question names an answer and lets it trail off: "Did she lose her teddy or something?"."""
    return any(not sentence.is_chinese and sentence.finds("questions.trails_off") for sentence in sentences(text))


def draws_consequence(sentence: Sentence) -> bool:
    """Whether a question asks what follows from something."""
    hit = sentence.finds("questions.implication")
    courtesy = sentence.finds("questions.courtesy_if")
    if sentence.finds("questions.proposing"):
        return False
    return hit is not None and (courtesy is None or courtesy.start() != hit.start())


def _asked_in_english(sentence: Sentence) -> Asked | None:
    lexicon = sentence.lexicon
    if lexicon is None:
        return None
    text = sentence.text
    marked = sentence.is_marked and not _QUOTED.search(text)
    request = _order(lexicon)["request"].search(text) if sentence.finds("questions.requests") else None
    invited = sentence.finds("questions.invites")
    if invited and (marked or invited.start() == _begin(lexicon, text)):
        return "open", invited.start(), len(text)
    wh = _question_word(lexicon, text, marked=marked) if marked or _may_begin(sentence, _UNMARKED) else None
    if request and (wh is None or request.start() <= wh[1]):
        return "open", request.start(), len(text)
    if wh is not None:
        return wh
    if marked:
        return "closed", _begin(lexicon, text), len(text)
    return _plainly_turned(lexicon, sentence)


def _plainly_turned(lexicon: Lexicon, sentence: Sentence) -> Asked | None:
    """A verb before its subject without a question mark: at the beginning, or after a comma."""
    text = sentence.text
    if not _may_begin(sentence, ("questions.plainly_inverted",)):
        return None
    begin, order = _begin(lexicon, text), _plain_order(lexicon)
    if order["inverted"].match(text, begin):
        return "closed", begin, len(text)
    later = order["inverted_later"].search(text, begin)
    return ("closed", later.end(), len(text)) if later else None


def _may_begin(sentence: Sentence, sections: tuple[str, ...]) -> bool:
    """Whether the words of an unmarked question stand anywhere: most sentences are not searched any further."""
    return any(sentence.finds(section) for section in sections)


def _question_word(lexicon: Lexicon, text: str, *, marked: bool) -> Asked | None:
    """A question word with its verb: heading a clause or, with a question mark, wherever verb and subject turn."""
    order = _order(lexicon)
    begin = _begin(lexicon, text)
    yes_no = order["inverted"].match(text, begin) is not None
    for found in (order if marked else _plain_order(lexicon))["question_word"].finditer(text):
        at = found.start()
        if text.count('"', begin, at) % 2:  # one before all words goes around the whole line
            continue
        heads = at == begin or order["head" if marked else "plain_head"].search(text, 0, at) is not None
        if not heads and (not marked or yes_no or not order["turned"].match(text, at)):
            continue
        if marked and order["unturned"].match(text, at) and (yes_no or order["clause"].match(text, at)):
            continue
        if not marked and _is_a_part(lexicon, text, found):
            continue
        if lexicon.pattern("questions.proposing").match(text, at):
            return "closed", at, len(text)
        options = marked and _OPTIONS.search(_EXAMPLES.sub("", text), found.end()) and order["choice"].match(text, at)
        options = options or (_OPTIONS.search(text, 0, at) and lexicon.pattern("questions.picks").match(text, at))
        if options or lexicon.pattern("questions.measures").match(text, at):
            return "closed", at, len(text)
        return "open", at, len(text)
    return None


def _is_a_part(lexicon: Lexicon, text: str, found: re.Match[str]) -> bool:
    """Whether the words from an unmarked question word on are but a part of a statement: they have a second verb
    ("What is missing is a stamp") that is not one of a clause inside ("What is waiting for you when you are there")
    or of words quoted.
    """
    if found.start() > _begin(lexicon, text) and lexicon.pattern("questions.relative").match(text, found.start()):
        return True
    if lexicon.pattern("questions.plainly_open").match(text, found.start()):
        return False
    quoted = text.find('"', found.end())
    end = len(text) if quoted < 0 else quoted
    inside = lexicon.pattern("questions.clause_inside").search(text, found.end(), end)
    end = inside.start() if inside else end
    return lexicon.pattern("questions.second_verb").search(text, found.end(), end) is not None


@lru_cache(maxsize=512)
def _begin(lexicon: Lexicon, text: str) -> int:
    """Where the sentence begins after words that only lead in."""
    found = _order(lexicon)["lead_in"].match(text)
    return found.end() if found else 0


@lru_cache(maxsize=1)
def _order(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """Patterns of English word order, made of the lexicon's classes."""
    aux, subject, lead, wh = (
        "|".join(lexicon.lines(section))
        for section in ("classes.aux", "classes.subject", "questions.lead_in", "questions.wh")
    )
    happening = "|".join(lexicon.lines("classes.wh_verbs"))
    lead_in = rf"(?:[^\w]*(?:{lead})\b[^\w]+){{0,6}}[^\w]*"
    noun = r"(?: (?!(?:i|you|we|they|he|she|it)\b)[\w'-]+)"
    turned = rf"(?:{wh}){noun}{{0,2}}?(?: (?:{aux})|'s|'re|'d|'ll|'ve) (?:{subject})\b"
    return {
        "lead_in": re.compile(lead_in),
        "request": re.compile(
            rf"(?:^{lead_in}|[,:;-] ?(?:(?:so|and|but|then|please|just|now|well)[, ]+)*|\b(?:so|and|but|then),? )"
            rf"{lexicon.pattern('questions.requests').pattern}"
        ),
        "question_word": re.compile(
            rf"\b(?!{_BEGUN_ANEW})"
            rf"(?:{wh})(?:(?:'?s|'re|'d|'ll|'ve)\b|(?: [\w'-]+){{0,5}}? (?:{aux})\b|(?: \w+)? (?:{happening}|come)\b|"
            r"[^,;]{0,60}\?)"
        ),
        "turned": re.compile(rf"{turned}|(?:{wh})\?$"),
        "unturned": re.compile(rf"(?:{wh}) (?:{subject})\b(?! of\b)"),
        "clause": re.compile(
            r"when [^,?]*,"
            r"|what (?:i|you|we|they|he|she|it)(?:'m|'re|'ve|'s|'d| am| are| have| had)\b [^,?]{1,60}? (?:is|was) \w"
        ),
        "head": re.compile(r"(?:[,:;]|--?|\.\.\.|\b(?:and|but|so|or|then|then tell me|um|uh|like))[\s\"'-]*$"),
        "plain_head": re.compile(r"(?:(?:[,:;]|\w--?) ?(?:(?:and|but|so|then|well|um|uh) )?|\b(?:but|so) )$"),
        "choice": re.compile(
            r"(?:which|what would you (?:like|prefer|rather)|what do you (?:prefer|want))\b[^?]*,"
            r"(?! (?:and|but) (?:will|do|did|is|are|can|would|what|how|have)\b)"
            r"|(?:who|when|where|what)\b[^?]*, [^,?]{1,30}\bor\b [^,?]{1,30}\?$"
        ),
        "inverted": re.compile(
            rf"(?:(?:{aux})(?:n't)?) (?:(?:{subject})\b|[\w'-]+ (?:\w+ )?\w+)|like\b|(?:any|anything|anyone)\b"
        ),
    }


@lru_cache(maxsize=1)
def _plain_order(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """The same for sentences without a question mark."""
    asked_openly, asked_of, turned = (
        lexicon.pattern(section).pattern for section in (*_UNMARKED, "questions.plainly_inverted")
    )
    return {
        "question_word": re.compile(f"{asked_openly}|{asked_of}"),
        "inverted": re.compile(turned),
        "inverted_later": re.compile(rf", (?:(?:and|but|so|or|then) )?(?={turned})"),
    }
