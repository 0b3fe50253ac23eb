"""Which acts of a sentence hold, once its wording has been looked up: conflicts settled, and what is left over.

A telling-off asks nothing; of two readings of the same words the stronger holds; and only a sentence that does nothing
else gives something back of what the customer said, or informs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.language.forgone import spared
from simulator.language.promises import waits
from simulator.language.questions import Form, is_rhetorical, is_stated, told_before
from simulator.language.reflections import echo, features, reflection_score
from simulator.language.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.language.promises import Commitment

_NOT_WHILE_ASKING = ("argue", "inform", "pass_the_buck", "quote_rule")
_TOLD_BEFORE_ASKING = ("own_it", "bad_news", "state_limit", "refuse", "act_now")
"""What a question does not do either, but the words before it in the same sentence may."""

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
_ENDS = ".。!！"
_ECHO = 0.4
"""Share of a Chinese sentence's characters from which on it gives the customer's own words back."""

_ANYTHING_ELSE = ("anything else", "before")
"""How a closing question begins that asks for further wishes, not whether this one is met."""

_NOTHING = -1.0
"""Score of a sentence that gives nothing back, such as a wish."""

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
        return not self.acts.keys().isdisjoint(acts)


def settle(reading: Reading, line: Sequence[Sentence], context: str) -> None:
    """Leave the acts that hold. `line` are all sentences of the turn, `context` is the customer's turn before it."""
    _settle_questions(reading)
    if reading.acts:
        _settle_statements(reading)
    _find_reflection(reading, line, context)


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
    if reading.has(*_TOLD_BEFORE_ASKING):
        told = told_before(reading.sentence)
        said = told.source if told else ""
        reading.drop(*(act for act in _TOLD_BEFORE_ASKING if reading.acts.get(act, "") not in said))
    if reading.form == "open" or not (reading.sentence.is_chinese or is_stated(reading.sentence)):
        reading.drop("blame")
    if reading.form == "open":
        reading.drop("propose")
        if _overlap(reading.acts.get("reflect_feeling", "\n"), reading.acts["open_question"]):
            reading.drop("reflect_feeling")
    if _asks_something_else(reading):
        reading.drop("confirm_ask")
    if reading.has("confirm_ask"):
        reading.drop("reflect_feeling", "affirm", "close", *_not_put_forward(reading))


def _not_put_forward(reading: Reading) -> tuple[str, ...]:
    """The acts of a Chinese confirm question that only asks ("您看这样行吗?"): it puts nothing forward by itself."""
    asks_only = told_before(reading.sentence) is None and not reading.promise
    return ("propose",) if reading.sentence.is_chinese and asks_only else ()


def _asks_something_else(reading: Reading) -> bool:
    """Whether what is worded as a confirm question asks for consequences, a pick or further wishes, or only bids."""
    sentence = reading.sentence
    if reading.has("implication_question") or (reading.has("propose") and not _asks_view(sentence)):
        return True
    other = sentence.finds("acts.bids_you" if sentence.is_chinese else "acts.either_way") is not None
    return other or reading.acts.get("close", "").lower().startswith(_ANYTHING_ELSE)


def _settle_statements(reading: Reading) -> None:
    """Which of two readings of the same words holds."""
    if reading.has("state_limit") and not reading.form and reading.sentence.finds("promises.negated"):
        reading.acts.setdefault("bad_news", reading.acts["state_limit"])
    if reading.has("bad_news") and _supposes(reading.sentence):
        reading.drop("bad_news")
    if reading.has("blame") and reading.sentence.finds("acts.no_blame"):
        reading.drop("blame")
    if reading.has("quote_rule") and reading.sentence.finds("acts.rule_for_you"):
        reading.drop("quote_rule")
    if _takes_sides_with_customer(reading):
        reading.drop("argue", "blame")
    if reading.promise:
        reading.drop(*_not_refused(reading))
        reading.drop(*_not_promised(reading, reading.promise))
    if reading.has("act_now") and waits(reading.sentence) and not _is_under_way(reading.sentence):
        reading.drop("act_now")
    for stronger, weaker in _GIVES_WAY.items():
        if stronger in reading.acts:
            reading.drop(*weaker)


def _not_promised(reading: Reading, made: Commitment) -> tuple[str, ...]:
    """The acts that do not hold because what was undertaken is only offered, or is a refusal."""
    if reading.has("refuse") and made.forgoes and not spared(reading.sentence):
        return "promise", "update_commit"
    offered = reading.acts.get("propose", "\n")
    return ("promise",) if _overlap(offered, made.span) and not _follows(offered, made) else ()


def _follows(offered: str, made: Commitment) -> bool:
    """Whether what the customer can do is what comes of the promise ("I'll issue one, and you can pay with it")."""
    before = made.span.partition(offered)[0].lower()
    return offered.lower().startswith("you ") and before.endswith((" and ", " so ", " so that ", " then "))


def _not_refused(reading: Reading) -> tuple[str, ...]:
    """The acts that do not hold because what will not be done is what the customer is spared."""
    sentence, hit = reading.sentence, spared(reading.sentence)
    words = sentence.quote(hit.start(), hit.end()) if hit else None
    return tuple(act for act in ("refuse", "bad_news") if words and _overlap(reading.acts.get(act, "\n"), words))


def _takes_sides_with_customer(reading: Reading) -> bool:
    """Whether the sentence owns the fault or agrees, and does not turn round: so it disputes and blames nothing."""
    agrees = reading.has("own_it") or reading.sentence.finds("acts.on_your_side") is not None
    return agrees and not reading.sentence.finds("acts.turns_round")


def _asks_view(sentence: Sentence) -> bool:
    """Whether a Chinese proposal ends by asking what the customer thinks of it ("您看行吗"), beyond a mere tag."""
    return sentence.is_chinese and sentence.finds("acts.your_view") is not None


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one


def _find_reflection(reading: Reading, line: Sequence[Sentence], context: str) -> None:
    """What does nothing else gives content back, or informs."""
    sentence = reading.sentence
    if reading.has("reflect_feeling") and any(
        _overlap(reading.acts["reflect_feeling"], reading.acts[act]) or not sentence.is_chinese
        for act in _NO_FEELING
        if reading.has(act) and not (act == "apologize" and sentence.finds("acts.sorry_for"))
    ):
        reading.drop("reflect_feeling")
    if not reading.has("apologize", "propose") and sentence.finds("cues.again") and not _spares(sentence):
        reading.drop("bad_news", "promise", "update_commit")
    says_so = reading.form != "open" and not reading.has("reflect_feeling") and _says_so(reading, context)
    is_alone = not reading.acts or (sentence.is_chinese and set(reading.acts) == {"greet"})
    if not (says_so or is_alone or _asks_for_yes(reading)):
        return  # it does something else: most sentences are not looked at any further
    found = features(sentence, line, context, reading.form)
    comforts = sentence.finds("acts.comfort") is not None and not reading.has("reflect_feeling")
    remarks = is_remark(sentence) and not found["taken_up"]
    score = _NOTHING if comforts or remarks else reflection_score(sentence, found)
    words = sentence.quote().rstrip(_ENDS)
    if score > 0 and says_so:
        reading.drop(*_WEAKER_THAN_HEARING)
    if score > 0 and (says_so or not is_alone):
        reading.acts.setdefault("reflect_content", words)
        return
    if not is_alone:
        return
    if _supposes(sentence):
        reading.drop("bad_news")
    tells = not found["taken_up"] and not found["short"] and _tells(reading, found, score)
    if score > (_SURE if tells else 0.0) and not reading.acts:
        reading.acts["reflect_content"] = words
    elif tells or _states(reading):
        reading.acts["inform"] = words


def is_remark(sentence: Sentence) -> bool:
    """Whether an English sentence merely thanks, exclaims or quotes a saying."""
    return not sentence.is_chinese and sentence.finds("cues.remark") is not None


def _is_under_way(sentence: Sentence) -> bool:
    """Whether an English sentence tells of something that is being done as it is said ("I'm ringing them now")."""
    return not sentence.is_chinese and sentence.finds("acts.under_way") is not None


def _spares(sentence: Sentence) -> bool:
    """Whether what happened again is what the customer is to be spared ("so that you needn't call a third time")."""
    return not sentence.is_chinese and sentence.finds("cues.spared") is not None


def _states(reading: Reading) -> bool:
    """Whether a Chinese sentence simply states something: no request, no thanks, no mere sign of listening."""
    sentence = reading.sentence
    return sentence.is_chinese and reading.form is None and sentence.finds("acts.states") is not None


def _supposes(sentence: Sentence) -> bool:
    """Whether the sentence only supposes what it says: bad news put as a case is not told. In Chinese that goes as far
    as the clause.
    """
    supposed = sentence.finds("cues.supposed")
    if supposed is None or sentence.lexicon is None or not sentence.is_chinese:
        return supposed is not None
    case = sentence.lexicon.pattern("cues.supposed")
    news = sentence.lexicon.pattern("acts.bad_news").finditer(sentence.text)
    return all(case.search(sentence.text, sentence.clause_start(hit.start()), hit.start()) for hit in news)


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


def _turns_hard(reading: Reading) -> bool:
    """Whether what is heard is only the run-up to a reproach ("I hear you, but your people could have asked")."""
    return reading.has(*_HARD) and reading.sentence.finds("acts.turns_round") is not None


def _asks_for_yes(reading: Reading) -> bool:
    """Whether it does nothing but ask for a yes to what it states."""
    return set(reading.acts) == {"closed_question"} and is_stated(reading.sentence)


def _says_so(reading: Reading, context: str) -> bool:
    """Whether the sentence announces that it gives something back ("it sounds like", "so you", "听起来"), and means it.

    The customer's own words do so too, unless what they ask for is granted or declined in them.
    """
    sentence = reading.sentence
    said = sentence.finds("cues.names_hearing") or (
        not sentence.is_chinese and sentence.finds("cues.so_first") and sentence.finds("cues.you_first")
    )
    takes_up = not reading.has("state_limit", "promise", "guarantee") and echo(sentence, context) > _ECHO
    return bool(said or takes_up) and not _turns_hard(reading)
