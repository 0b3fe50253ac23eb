"""Parts of a persona held against each other: words that serve two needs, promises both allowed and forbidden, bad news
that nothing in the checklist answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from simulator.domain.learner import AuthorityItem
from simulator.domain.persona import BadNews, ChecklistItem, Persona
from simulator.domain.text import Groups, Match
from simulator.language.doubtful import is_doubtful
from simulator.language.topics import finder
from simulator.packs.diagnostics import Fault, shown
from simulator.packs.locate import Path
from simulator.trainer.secrets import opened_with
from simulator.wording import say

MOST_SHARED = 0.1
"""Share of a need's topic words that another need may list as well. A word or two that fits both is how people talk
(the shipped personas stay below 2 %); a tenth is a list that was copied.
"""

_WORDS_NAMED = 3


def entangled(persona: Persona) -> Iterator[Fault]:
    """Everything in the persona that contradicts or doubles another part of it."""
    yield from _shared_topics(persona)
    yield from _contradictions(persona)
    for index, news in enumerate(persona.bad_news):
        if not any(_answers(item, news) for item in persona.checklist.items):
            message = say("no item of offer_checklist mentions what '{id}' tells", id=news.id)
            yield Fault("P048", ("bad_news", index, "id"), message, severity="warning")


def _shared_topics(persona: Persona) -> Iterator[Fault]:
    for (_, first), (index, second) in combinations(enumerate(persona.needs), 2):
        acts = set(first.unlock.any_of).intersection(second.unlock.any_of)
        in_order = first.id in opened_with(persona, second.id) or second.id in opened_with(persona, first.id)
        if in_order or not acts:
            continue
        for language, groups in second.unlock.topics.by_language.items():
            others = first.unlock.topics.groups(language)
            known, listed = _firm(others), _firm(groups)
            common = known & listed
            if len(common) <= MOST_SHARED * min(len(known), len(listed)):
                continue
            if all(common.intersection(group) for group in (*groups, *others)):
                path: Path = ("latent_needs", index, "unlock", "topics", language)
                words = ", ".join(f"'{shown(term)}'" for term in sorted(common)[:_WORDS_NAMED])
                message = say(
                    "{count} of these words are also those of need '{other}' ({words}): one question opens both",
                    count=len(common),
                    other=first.id,
                    words=words,
                )
                yield Fault("P046", (*path, *_place(groups, common)), message, severity="warning")


def _contradictions(persona: Persona) -> Iterator[Fault]:
    authority = persona.profile.learner.authority
    for may in authority.may:
        for kind, items in (("may_not", authority.may_not), ("conditional", authority.conditional)):
            for index, item in enumerate(items):
                for language, groups in item.match.by_language.items():
                    if word := _said_with(groups, may.match.groups(language)):
                        path: Path = ("learner", "authority", kind, index, "match", language)
                        yield Fault("P047", (*path, *_place(groups, {word})), _contradiction(word, may, item))


def _contradiction(word: str, may: AuthorityItem, item: AuthorityItem) -> str:
    if item.condition:
        return say(
            "'{word}' may be promised ('{may}') and may be only on a condition ('{item}')",
            word=shown(word),
            may=may.id,
            item=item.id,
        )
    return say("'{word}' is allowed ('{may}') and forbidden ('{item}')", word=shown(word), may=may.id, item=item.id)


def _said_with(groups: Groups, others: Groups) -> str:
    """A word of `groups` where some words that meet `others`, one of each group, meet all of `groups` too."""
    if not groups:
        return ""
    for chosen in permutations(others, len(groups)):
        shared = [set(group).intersection(other) for group, other in zip(groups, chosen, strict=True)]
        if all(shared):
            return min(shared[0])
    return ""


def _answers(item: ChecklistItem, news: BadNews) -> bool:
    """Whether an item has a word in common with the news, in any language."""
    for language, groups in news.match.by_language.items():
        known = item.match.groups(language)
        if _terms(groups) & _terms(known):
            return True
        for match, text in ((groups, item.text), (known, news.text)):
            words = finder(Match({language: (tuple(_terms(match)),)}))
            if any(words.find(wording) for wording in text.by_language.values()):
                return True
    return False


def _firm(groups: Groups) -> set[str]:
    """The terms that open by themselves: what two needs doubt opens neither."""
    return {term for term in _terms(groups) if not is_doubtful(term)}


def _terms(groups: Groups) -> set[str]:
    return {term for group in groups for term in group}


def _place(groups: Sequence[Sequence[str]], words: set[str]) -> tuple[int, int]:
    """The first place in the groups where one of the words stands."""
    return next((at, index) for at, group in enumerate(groups) for index, term in enumerate(group) if term in words)
