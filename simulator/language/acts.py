"""What a learner's line does: every sentence read on its own, then against its neighbours.

A sentence gets its acts in four steps. (1) A flagged sentence gets none. (2) Its question form is settled: open, closed
or no question. (3) The acts that a family of phrasing gives away are looked up in the lexicon, promises by their own
rules. (4) Conflicts are settled: told-off questions lose their form, a negated guarantee is bad news, and only what
does nothing else can give something back or merely inform. A recap with a check becomes one summary, over several
sentences if need be.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.domain.acts import ActSpan, HeardSentence, Hearing
from simulator.language.flags import flags
from simulator.language.promises import commits
from simulator.language.questions import Form, asked, draws_consequence, is_rhetorical, is_stated
from simulator.language.reflections import features, reflection_score
from simulator.language.sentences import Sentence, sentences
from simulator.language.summaries import join_summaries

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from simulator.domain.acts import Flag
    from simulator.language.promises import Commitment

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

_NOT_WHILE_ASKING = (
    "argue",
    "own_it",
    "inform",
    "bad_news",
    "state_limit",
    "refuse",
    "pass_the_buck",
    "quote_rule",
    "act_now",
)
_HARD = ("argue", "blame", "contempt")
_GIVES_WAY = {
    "withdraw_promise": ("promise", "guarantee", "update_commit", "argue", "blame", "state_limit", "own_it", "refuse"),
    "guarantee": ("bad_news", "state_limit", "argue", "refuse", "reflect_feeling"),
    "state_limit": ("refuse",),
    "promise": ("argue", "pass_the_buck"),
    "blame": ("pass_the_buck", "reflect_feeling"),
    "quote_rule": ("argue", "bad_news", "refuse", "state_limit", "affirm"),
    "close": ("greet",),
    "argue": ("bad_news",),
    "update_commit": ("bad_news",),
}
"""Of two readings of the same words the key holds."""

_ABOUT_CUSTOMER = ("you_first", "so_first", "names_hearing", "you_state", "mirrored", "feeling", "if_you", "ack")
"""Cues that a sentence speaks of the customer, or says nothing: it informs of nothing then."""

_WEAKER_THAN_HEARING = (
    "argue",
    "contempt",
    "bad_news",
    "state_limit",
    "affirm",
    "propose",
    "guarantee",
    "blame",
    "refuse",
)
_NO_FEELING = ("apologize", "blame", "argue", "contempt", "promise", "guarantee", "greet", "close", "affirm")
_HARMFUL = ("guarantee", "promise", "contempt", "blame", "argue", "quote_rule", "pass_the_buck")
_ENDS = ".。!！"
_TOO_SHORT = 3
_ECHO = 0.4
"""Share of a Chinese sentence's characters from which on it gives the customer's own words back."""

_LIKELY = 0.5
_ANYTHING_ELSE = ("anything else", "before")
"""How a closing question begins that asks for further wishes, not whether this one is met."""

_SURE = 1.5
"""Score from which on a sentence that looks like a statement of facts counts as given back all the same."""


@dataclass(slots=True)
class Reading:
    """One sentence while its acts are being settled: act -> its words, in order of finding."""

    sentence: Sentence
    form: Form | None = None
    acts: dict[str, str] = field(default_factory=dict)
    promise: Commitment | None = None

    def drop(self, *acts: str) -> None:
        """Take acts away again."""
        for act in acts:
            self.acts.pop(act, None)

    def has(self, *acts: str) -> bool:
        """Whether any of these was found."""
        return any(act in self.acts for act in acts)


def hear(line: str, context: str = "") -> Hearing:
    """What each sentence of a learner's line does.

    `context` is the customer's previous turn. Spans are verbatim from the line; topics are left empty, `script_repeat`
    needs the history and is not given here, and confirm and summary are told apart by form alone.
    """
    parts = sentences(line)
    aside = flags(parts)
    readings = [
        Reading(part) if why else _read(part, parts, context) for part, why in zip(parts, aside.own, strict=True)
    ]
    set_aside = [_unless_harmful(*each) for each in zip(readings, aside.own, aside.shared, strict=True)]
    join_summaries([reading for reading, why in zip(readings, set_aside, strict=True) if not why])
    return Hearing(
        tuple(
            HeardSentence(
                part.source,
                part.start,
                part.end,
                tuple(ActSpan(act, span) for act, span in reading.acts.items()),
                flag=why,
            )
            for part, reading, why in zip(parts, readings, set_aside, strict=True)
        )
    )


def reply_acts(text: str) -> frozenset[str]:
    """What a customer's turn does with what was offered: accepts, chooses, objects, refuses, asks, agrees, thanks."""
    found = set()
    for sentence in sentences(text):
        asks = asked(sentence) is not None
        if asks:
            found.add("asks")
        for act in ("accepts", "chooses", "objects", "refuses", "agrees", "thanks"):
            hit = sentence.finds(f"replies.{act}")
            if hit and not (act == "refuses" and asks and hit.start() > 0):
                found.add(act)
    if "refuses" in found:
        found -= {"accepts"}
    return frozenset(found)


def _unless_harmful(reading: Reading, own: Flag | None, shared: Flag | None) -> Flag | None:
    """Why a sentence is set aside. What it shares with flagged neighbours voids its help, never its harm: nobody buys
    back an insult or a promise by talking to the grader afterwards.
    """
    if own or shared is None:
        return own
    reading.drop(*(act for act in tuple(reading.acts) if act not in _HARMFUL))
    return None if reading.acts else shared


def _read(sentence: Sentence, line: Sequence[Sentence], context: str) -> Reading:
    reading = Reading(sentence)
    if sentence.lexicon is None:
        return reading
    _find_question(reading)
    for act, section in _BY_PHRASE.items():
        hit = sentence.finds(section)
        if hit and hit.end() > hit.start() and not (act == "reflect_feeling" and _is_no_feeling(sentence, hit)):
            reading.acts[act] = sentence.quote(hit.start(), hit.end())
    _find_promise(reading, context)
    _settle_questions(reading)
    _settle_statements(reading)
    _find_reflection(reading, line, context)
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
    update = reading.sentence.finds("acts.update")
    if update:
        reading.acts["update_commit"] = reading.sentence.quote(update.start(), update.end())


def _settle_questions(reading: Reading) -> None:
    """A telling-off asks nothing; a real question does not argue or inform; a proposal with a tag confirms nothing."""
    if reading.form is None:
        return
    if is_rhetorical(reading.sentence) or (reading.has("contempt") and not reading.sentence.is_chinese):
        reading.form = None
        reading.drop("open_question", "closed_question", "implication_question", "confirm_ask", "propose")
        if not reading.has(*_HARD, "reflect_feeling"):
            reading.acts["argue"] = reading.sentence.quote()
        return
    reading.drop(*_NOT_WHILE_ASKING)
    if reading.form == "open" or not (reading.sentence.is_chinese or is_stated(reading.sentence)):
        reading.drop("blame")
    if reading.form == "open":
        reading.drop("propose")
        if _overlap(reading.acts.get("reflect_feeling", "\n"), reading.acts["open_question"]):
            reading.drop("reflect_feeling")
    if reading.has("implication_question") or (reading.has("propose") and not _asks_view(reading.sentence)):
        reading.drop("confirm_ask")
    if reading.acts.get("close", "").lower().startswith(_ANYTHING_ELSE):
        reading.drop("confirm_ask")
    if reading.has("confirm_ask"):
        reading.drop("reflect_feeling", "affirm", "close")


def _settle_statements(reading: Reading) -> None:
    """Which of two readings of the same words holds."""
    if reading.has("state_limit") and not reading.form and reading.sentence.finds("promises.negated"):
        reading.acts.setdefault("bad_news", reading.acts["state_limit"])
    if reading.has("bad_news") and _supposes(reading.sentence):
        reading.drop("bad_news")
    if reading.has("blame") and reading.sentence.finds("acts.no_blame"):
        reading.drop("blame")
    if reading.has("propose") and reading.promise and _overlap(reading.acts["propose"], reading.promise.span):
        reading.drop("promise")
    if reading.has("act_now") and reading.sentence.finds("promises.conditional"):
        reading.drop("act_now")
    for stronger, weaker in _GIVES_WAY.items():
        if reading.has(stronger):
            reading.drop(*weaker)


def _asks_view(sentence: Sentence) -> bool:
    """Whether a Chinese proposal ends by asking what the customer thinks of it ("您看行吗"), beyond a mere tag."""
    return sentence.is_chinese and sentence.finds("acts.your_view") is not None


def _is_no_feeling(sentence: Sentence, hit: re.Match[str]) -> bool:
    """Whether the Chinese words speak of a feeling only to wave it away, or of the speaker's own."""
    return (
        sentence.is_chinese
        and sentence.lexicon is not None
        and bool(sentence.lexicon.finds("acts.no_feeling", hit.group()))
    )


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def _find_reflection(reading: Reading, line: Sequence[Sentence], context: str) -> None:
    """What does nothing else gives content back, or informs."""
    sentence = reading.sentence
    if any(
        _overlap(reading.acts["reflect_feeling"], reading.acts[act]) or not sentence.is_chinese
        for act in _NO_FEELING
        if reading.has("reflect_feeling") and reading.has(act)
    ):
        reading.drop("reflect_feeling")
    if not reading.has("apologize", "propose") and sentence.finds("cues.again"):
        reading.drop("bad_news", "promise", "update_commit")
    found = features(sentence, line, context, reading.form)
    score = reflection_score(sentence, found)
    words = sentence.quote().rstrip(_ENDS)
    if score > 0 and _says_so(found) and reading.form != "open" and not reading.has("reflect_feeling"):
        reading.drop(*_WEAKER_THAN_HEARING)
        reading.acts.setdefault("reflect_content", words)
    if (
        score > 0
        and set(reading.acts) == {"closed_question"}
        and is_stated(sentence)
        and not sentence.finds("questions.tags")
    ):
        reading.acts["reflect_content"] = words
    if set(reading.acts) - {"greet"} or (reading.acts and not sentence.is_chinese):
        return
    if _supposes(sentence):
        reading.drop("bad_news")
    tells = not found["taken_up"] and not found["short"] and _tells(reading, found, score)
    if score > (_SURE if tells else 0.0) and not reading.acts:
        reading.acts["reflect_content"] = words
    elif tells or _states(reading):
        reading.acts["inform"] = words


def _states(reading: Reading) -> bool:
    """Whether a Chinese sentence simply states something: no request, no thanks, no mere sign of listening."""
    sentence = reading.sentence
    return sentence.is_chinese and reading.form is None and sentence.finds("acts.states") is not None


def _supposes(sentence: Sentence) -> bool:
    """Whether the sentence only supposes what it says: bad news put as a case is not told."""
    return not sentence.is_chinese and sentence.finds("cues.supposed") is not None


def _tells(reading: Reading, found: Mapping[str, float], score: float) -> bool:
    """Whether it states a fact: by its wording, or in English as a statement that is not about the customer."""
    if reading.sentence.finds("acts.facts"):
        return True
    if reading.sentence.is_chinese or reading.form or reading.sentence.finds("cues.bidding"):
        return False
    if (not found["no_context"] and score > 0) or reading.sentence.finds("cues.listing"):
        return False
    if reading.sentence.text.startswith("your "):
        return True
    return not any(found.get(name) for name in _ABOUT_CUSTOMER)


def _says_so(found: Mapping[str, float]) -> bool:
    """Whether the sentence announces that it gives something back ("it sounds like", "so you", "听起来")."""
    return bool(
        found.get("names_hearing")
        or found.get("echo", 0.0) > _ECHO
        or (found.get("so_first") and found.get("you_first"))
    )
