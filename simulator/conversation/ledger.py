"""What was offered, promised and told: read by the engine while it happens and by the grader afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.conversation.offers import ASKING, Offer, coverage, offers_in
from simulator.conversation.promise_ledger import promises
from simulator.domain.acts import HeardSentence, Hearing
from simulator.domain.persona import Persona
from simulator.domain.scorecard import NeedRecord, Promise, Quote
from simulator.domain.text import Match
from simulator.domain.transcript import Transcript
from simulator.language.topics import finder

STATING = ("inform", "bad_news", "state_limit", "withdraw_promise", "propose", "promise", "act_now")
"""Acts that state something even where the sentence asks as well. A mere question about bad news tells nothing."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What code can say of a conversation's substance.

    `coverage` and `told` are by checklist item and bad-news id. `unplaced_offers` are real offers that meet no item of
    the checklist: while one stands, an item without words is unknown rather than missing. `unplaced_news` is the same
    for told. `confirm_turns` and `summary_turns` are for those who compare ledgers: recordings hold them.
    """

    offers: tuple[Offer, ...]
    first_refusal_turn: int | None
    coverage: Mapping[str, Quote]
    told: Mapping[str, Quote | None]
    promises: tuple[Promise, ...]
    confirm_turns: tuple[int, ...]
    summary_turns: tuple[int, ...]
    unplaced_offers: tuple[Offer, ...]
    unplaced_news: tuple[Quote, ...]

    @property
    def first_offer_turn(self) -> int | None:
        """The learner turn of the first offer, brush-offs included."""
        return self.offers[0].turn if self.offers else None

    @property
    def last_offer_turn(self) -> int | None:
        """The learner turn of the last offer before the new expectation."""
        return self.offers[-1].turn if self.offers else None


def read(
    transcript: Transcript,
    hearings: Mapping[int, Hearing],
    persona: Persona | None,
    needs: Sequence[NeedRecord],
    expectation_turn: int | None,
) -> Ledger:
    """The ledger of a conversation. Offers after `expectation_turn` answer the new expectation and are left out."""
    heard = {turn.n: hearings[turn.n] for turn in transcript.learner_turns if turn.n in hearings}
    offers = tuple(_offers(heard, persona, needs, expectation_turn))
    told = {news.id: _told(news.match, heard) for news in persona.bad_news} if persona else {}
    return Ledger(
        offers=offers,
        first_refusal_turn=next((n for n, hearing in heard.items() if "refuse" in hearing.acts), None),
        coverage=coverage(heard, persona) if persona else {},
        told=told,
        promises=promises(transcript, heard, persona),
        confirm_turns=tuple(n for n, hearing in heard.items() if "confirm_ask" in hearing.acts),
        summary_turns=tuple(n for n, hearing in heard.items() if "summary_check" in hearing.acts),
        unplaced_offers=_unplaced_offers(offers),
        unplaced_news=tuple(_unplaced_news(heard, persona, told, expectation_turn)),
    )


def _offers(
    heard: Mapping[int, Hearing], persona: Persona | None, needs: Sequence[NeedRecord], expectation_turn: int | None
) -> Iterator[Offer]:
    for turn, hearing in heard.items():
        if expectation_turn is not None and turn > expectation_turn:
            return
        known = {need.id for need in needs if need.turn is not None and need.turn < turn}
        yield from offers_in(hearing, persona, known, turn)


def _unplaced_offers(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Offers of turns in which no offer meets an item: "Two ways, then." is placed by the two that follow it."""
    placed = {offer.turn for offer in offers if offer.items}
    return tuple(offer for offer in offers if offer.turn not in placed and not offer.brush_off)


def _told(match: Match, heard: Mapping[int, Hearing]) -> Quote | None:
    """The statement that tells it: every group within one learner turn, in sentences that state something.

    Where it takes several, it is the one that tells most of it.
    """
    for turn, hearing in heard.items():
        stating = {s.text: said for s in hearing.sentences if not s.flag and (said := _stated(s))}
        if span := finder(match).find(" ".join(stating.values())):
            whole = next((text for text, said in stating.items() if span in said), None)
            return Quote(turn, whole or max(stating, key=lambda text: len(_groups_in(match, stating[text]))))
    return None


def told_in_parts(match: Match, heard: Mapping[int, Hearing]) -> bool:
    """Whether bad news that no turn tells whole is told by several: every group in words that state something."""
    stated = [_stated(one) for hearing in heard.values() for one in hearing.sentences if not one.flag]
    return any(
        all(any(finder(Match({tongue: (group,)})).find(words) for words in stated) for group in groups)
        for tongue, groups in match.by_language.items()
    )


def partly_told(match: Match, heard: Mapping[int, Hearing]) -> Quote | None:
    """Of news that no turn tells whole, the words that tell most: bad news or a limit that names part of it, or what
    completes in one turn what was begun in another. None where there are no such words.
    """
    for tongue, groups in match.by_language.items():
        found: set[tuple[str, int]] = set()
        for turn, hearing in heard.items():
            for sentence in (one for one in hearing.sentences if not one.flag and _stated(one)):
                named = _groups_in(Match({tongue: groups}), _stated(sentence))
                found |= named
                if named and (sentence.does("bad_news", "state_limit") or len(found) == len(groups)):
                    return Quote(turn, sentence.text)
    return None


def _groups_in(match: Match, text: str) -> set[tuple[str, int]]:
    """Which groups of the match stand in the text, by language and rank."""
    return {
        (tongue, rank)
        for tongue, groups in match.by_language.items()
        for rank, group in enumerate(groups)
        if finder(Match({tongue: (group,)})).find(text)
    }


def _stated(sentence: HeardSentence) -> str:
    """The words that state something: all of a statement or an offer, of a mere question those before it asks."""
    if sentence.does(*STATING) or not sentence.does(*ASKING):
        return sentence.text
    return "" if sentence.does("summary_check") else sentence.stated()


def _unplaced_news(
    heard: Mapping[int, Hearing],
    persona: Persona | None,
    told: Mapping[str, Quote | None],
    expectation_turn: int | None,
) -> Iterator[Quote]:
    """Bad news and limits that may be an untold item in other words: not those about what the customer pushes for, nor
    limits to what they come to want at the end.
    """
    if persona is None or all(told.values()):
        return
    placed = {quote.turn for quote in told.values() if quote}
    pushed_for = finder(persona.trap.match)
    for turn, hearing in heard.items():
        late = expectation_turn is not None and turn > expectation_turn
        for sentence in hearing.sentences:
            tells = sentence.does("bad_news", "state_limit") and not (late and sentence.does("state_limit"))
            if turn not in placed and tells and not pushed_for.find(sentence.text):
                yield Quote(turn, sentence.text)
