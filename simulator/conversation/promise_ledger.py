"""What the learner promised, in order: each commitment, classed against the scenario's authority, withdrawn or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from simulator.conversation.offers import ASKING, COMMITTING
from simulator.domain.acts import HeardSentence, Hearing
from simulator.domain.learner import AuthorityItem
from simulator.domain.persona import Persona
from simulator.domain.scorecard import Promise, PromiseClass
from simulator.domain.text import Match
from simulator.domain.transcript import Transcript
from simulator.language.acts import reply_acts
from simulator.language.forgone import undertaken
from simulator.language.per_pack import once_per_pack
from simulator.language.promises import Commitment, commitment, takes_turn, without_cases
from simulator.language.requests import asks_to_choose
from simulator.language.topics import Finders, finder, finders
from simulator.language.withdrawals import beside_withdrawal

_POINTING = frozenset(("it", "that", "this", "them", "him", "her", "myself", "它", "这个", "那个"))
"""Terms that name no matter by themselves: "I take it back" is not about the service because an item says so."""


def promises(transcript: Transcript, hearings: Mapping[int, Hearing], persona: Persona | None) -> tuple[Promise, ...]:
    """Every commitment of the learner in order, classed against the scenario's authority."""
    previous = {after.n: before.text for before, after in zip(transcript.turns, transcript.turns[1:], strict=False)}
    answers = {before.n: after.text for before, after in zip(transcript.turns, transcript.turns[1:], strict=False)}
    found: list[Promise] = []
    said: list[Sequence[HeardSentence]] = []
    for turn, hearing in hearings.items():
        said.append(hearing.sentences)
        for index, sentence in enumerate(hearing.sentences):
            made = _made(sentence, previous.get(turn, "")) or _taken_up(sentence, hearing, answers.get(turn, ""))
            made = made or _held_out(sentence, persona)
            if made and made.kind == "withdrawal":
                _withdraw(found, turn, hearing.sentences, index, persona)
            elif made and not (made.granted and _undertakes_more(hearing.sentences[index + 1 :])):
                promise = _classed(turn, made, said, index, persona)
                known = sentence.does("summary_check") and _is_known(promise, found)
                if not known and promise not in found:  # said twice in one breath it is one promise
                    found.append(promise)
    return tuple(found)


def _taken_up(sentence: HeardSentence, hearing: Hearing, answer: str) -> Commitment | None:
    """What is offered in the one offer of a line, once the customer's answer accepts it."""
    offers = [one for one in hearing.sentences if one.does("propose")]
    if offers != [sentence] or sentence.flag or sentence.does(*ASKING) or asks_to_choose(sentence.text):
        return None
    if "accepts" not in reply_acts(answer):
        return None
    return commitment(sentence.text)


def _held_out(sentence: HeardSentence, persona: Persona | None) -> Commitment | None:
    """What is offered as within reach though nobody may promise it: "We can hold the plane" misleads before it is taken
    up.
    """
    if persona is None or sentence.flag or sentence.does(*ASKING, "summary_check", "refuse", "state_limit"):
        return None
    if _matching(sentence.text, persona)[-1] is None:
        return None  # most sentences name nothing forbidden
    may, _, may_not = _matching(undertaken(sentence.text), persona)
    return commitment(sentence.text) if may_not and not may else None


def _undertakes_more(rest: Iterable[HeardSentence]) -> bool:
    """Whether a promise follows in the same breath: the bare yes before it is no other one."""
    return any(sentence.does("promise") and _made(sentence, "") is not None for sentence in rest)


def _is_known(promise: Promise, earlier: Iterable[Promise]) -> bool:
    """Whether a promise in a recap only repeats one, or nothing that could be broken."""
    return promise.item is None or any(promise.item == one.item for one in earlier)


def _made(sentence: HeardSentence, context: str) -> Commitment | None:
    """The commitment in a sentence heard to commit. Giving needs back commits to nothing, whatever its verbs; a recap
    commits to what its speaker does by when.
    """
    if sentence.flag:
        return None
    if sentence.does("summary_check"):
        restated = next((act.span for act in sentence.acts if act.act == "promise"), None)
        return (commitment(restated) or Commitment("firm", restated)) if restated else None
    if sentence.does("withdraw_promise"):
        return Commitment("withdrawal", sentence.text)
    if sentence.does("promise", "guarantee", "update_commit"):
        return commitment(sentence.text, context)
    return None


def _classed(
    turn: int, made: Commitment, said: Sequence[Sequence[HeardSentence]], index: int, persona: Persona | None
) -> Promise:
    """The promise made in the sentence at `index` of the last of the turns `said`."""
    sentence = said[-1][index]
    text = made.span if sentence.does("summary_check") else sentence.text
    words = text if made.forgoes else undertaken(text)
    may, conditional, may_not = _matching(words, persona) if persona else (None, None, None)
    if may and _names(may, made.span, persona):  # what stands before the promise in the sentence is another matter
        conditional, may_not = (
            item if item and _names(item, made.span, persona) else None for item in (conditional, may_not)
        )
    in_own_hands = made.forgoes and (may or may_not)
    if made.forgoes:  # what is forbidden, or waits for something, is just what will not be done
        may_not = conditional = None
    conditioned = conditional and _is_conditioned(conditional, said, index)
    made_as: tuple[PromiseClass, bool | None, AuthorityItem | None]
    if made.kind == "guarantee" and not in_own_hands and not (may and not may_not):
        made_as = ("P5", False, may_not or conditional)
    elif made.kind == "conditional" or conditioned:
        made_as = ("P2", True, conditional or may)
    elif may_not:
        made_as = ("P4", False, may_not)
    elif made.kind == "effort":
        made_as = ("P1", True if may else None, may)
    elif conditional:  # said without its condition, whatever else the sentence promises
        made_as = ("P4", False, conditional)
    elif may:
        made_as = ("P3", True, may)
    else:
        made_as = ("P1", None, None)
    promise_class, within, item = made_as
    return Promise(turn, made.span, promise_class, within, item.id if item else None)


def _is_conditioned(item: AuthorityItem, said: Sequence[Sequence[HeardSentence]], index: int) -> bool:
    """Whether the condition is said with the promise, or was said with it before: nobody need repeat it."""
    if item.condition is None:
        return False
    *earlier, now = said
    if takes_turn(now[index].text):  # "Actually, you'll have it": what was said before it holds no longer
        return any(finder(item.condition).find(without_cases(one.text)) for one in now[index : index + 2])
    known = (
        (turn, at)
        for turn in (*earlier, now[:index])
        for at, one in enumerate(turn)
        if finder(item.match).find(one.text)
    )
    around = (" ".join(one.text for one in turn[max(0, at - 1) : at + 2]) for turn, at in ((now, index), *known))
    return any(finder(item.condition).find(without_cases(text)) for text in around)


def _names(item: AuthorityItem, text: str, persona: Persona | None) -> bool:
    return persona is not None and item.id in _authority(persona).find(text)


def _matching(text: str, persona: Persona) -> tuple[AuthorityItem | None, ...]:
    """The first thing that may be promised, that may on a condition and that may not, of those a text names."""
    authority = persona.profile.learner.authority
    named = _authority(persona).find(text)
    kinds = authority.may, authority.conditional, authority.may_not
    return tuple(next((item for item in items if item.id in named), None) for items in kinds)


@once_per_pack
def _authority(persona: Persona) -> Finders:
    authority = persona.profile.learner.authority
    return finders({item.id: item.match for item in (*authority.may, *authority.conditional, *authority.may_not)})


def _withdraw(
    found: list[Promise], turn: int, said: Sequence[HeardSentence], index: int, persona: Persona | None
) -> None:
    """Mark the standing promise that shares most groups with the withdrawal at `index`, the latest of several. Where it
    names nothing, its neighbours may; where they do not either, it is the latest one outside authority, or of all.
    """
    standing = [at for at, promise in enumerate(found) if promise.withdrawn_at is None]
    meant = _sharing(found, standing, said[index].text, persona)
    if not meant and not _named(beside_withdrawal(said[index].text), persona):
        if index and said[index - 1].does("withdraw_promise"):
            return  # the same withdrawal, in more words
        meant = _sharing(found, standing, _beside(said, index), persona)
        meant = meant or [at for at in standing if found[at].within_authority is False] or standing
    if meant:
        found[meant[-1]] = replace(found[meant[-1]], withdrawn_at=turn)


def _sharing(found: Sequence[Promise], standing: Sequence[int], text: str, persona: Persona | None) -> list[int]:
    """The standing promises that share most groups with a text; none where none shares any."""
    named = _named(text, persona)
    shares = {at: sum(finder(group).find(found[at].quote) is not None for group in named) for at in standing}
    return [at for at in standing if shares[at] == max(shares.values()) > 0]


def _beside(said: Sequence[HeardSentence], index: int) -> str:
    """What the sentences before and after say of the same matter: they neither ask nor undertake another."""
    near = (said[at] for at in (index - 1, index + 1) if 0 <= at < len(said))
    return " ".join(one.text for one in near if not one.flag and not one.does(*ASKING, *COMMITTING, "guarantee"))


def _named(text: str, persona: Persona | None) -> list[Match]:
    """The groups of the authority's items that a text names."""
    authority = persona.profile.learner.authority if persona else None
    items = (*authority.may, *authority.conditional, *authority.may_not) if authority else ()
    return [group for item in items for group in _single_groups(item.match) if finder(group).find(text)]


def _single_groups(match: Match) -> Iterator[Match]:
    for language, groups in match.by_language.items():
        for group in groups:
            naming = tuple(term for term in group if term not in _POINTING)
            if naming:
                yield Match({language: (naming,)})
