"""What is said about a judgement as a whole, about a promise, and about how it all ended."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING

from simulator.wording import say

if TYPE_CHECKING:
    from simulator.conversation.record import Record
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from simulator.domain.scorecard import Promise, Scorecard


def verdict(scorecard: Scorecard, rubric: Rubric, language: str) -> str:
    """The band, whether it passed, and what the total lacks, in one line."""
    parts = []
    if scorecard.total is None:
        parts.append(say("no total: only {share:.0%} of the weight could be scored", share=scorecard.scored_weight))
    parts += [band.name.in_language(language) for band in rubric.bands if band.id == scorecard.band]
    if scorecard.passed is not None:
        parts.append(say("passed") if scorecard.passed else say("not passed"))
    if not scorecard.ground_truth:
        parts.append(say("without ground truth"))
    return " · ".join(parts)


def standing(promise: Promise, persona: Persona | None, language: str) -> str:
    """What kind of promise it was, whether the learner's to give and by which item, and whether it still stands."""
    parts = {"P2": [say("on a condition")], "P5": [say("a guarantee")]}.get(promise.promise_class, [])
    if promise.within_authority is None:
        parts.append(say("authority unknown"))
    else:
        parts.append(say("yours to promise") if promise.within_authority else say("not yours to promise"))
    if persona and promise.item:
        parts.append(persona.profile.learner.authority.item(promise.item).text.in_language(language))
    if promise.withdrawn_at is not None:
        parts.append(say("taken back in turn {turn}", turn=promise.withdrawn_at))
    return " · ".join(parts)


def outcome(scorecard: Scorecard, cap: str) -> str:
    """What became of a cap; empty where the scorecard does not have it."""
    return next((result.outcome for result in scorecard.caps if result.id == cap), "")


def listed(texts: Iterable[str]) -> str:
    """Sentences in a row, without their full stops."""
    sentences = (text.rstrip(".。") for text in texts)
    return reduce(lambda before, one: say("{first}; {second}", first=before, second=one), sentences)


def why_unscored(reason: str) -> str:
    """A reason of the grader's, which is kept in English, in the language spoken; a judge's own reads as it is."""
    if reason.startswith("fewer than "):
        return say("the learner says too little to be judged by")
    if reason.startswith("applies only if "):  # a rule over facts, whose names say nothing to a learner
        return say("nothing in this conversation called for it")
    return {"needs a persona file": say("it takes the persona to judge this")}.get(reason, reason)


def what_lacked(reason: str) -> str:
    """What kept something begun from being there, in the language spoken; empty where the grader says no such thing."""
    told = {
        "recap: too few commitments": say(
            "You began a recap, but it restates fewer than two of the things you had undertaken before."
        ),
        "recap: too early": say(
            "You summed up, but too early: a recap stands in the second half, when all is arranged."
        ),
    }
    return told.get(reason, "")


def remarks(scorecard: Scorecard, rubric: Rubric, language: str) -> list[str]:
    """What a reader should know about the judgement itself."""
    remarks = []
    if scorecard.total is not None and scorecard.scored_weight < 1:
        remarks.append(say("{share:.0%} of the weight is scored.", share=scorecard.scored_weight))
    open_caps = [c.text.in_language(language) for c in rubric.caps if outcome(scorecard, c.id) == "not_assessable"]
    if open_caps:
        remarks.append(say("Could not be assessed: {caps}", caps=listed(open_caps)))
    if any(need.reconstructed for need in scorecard.needs):
        remarks.append(say("Which needs were opened is read off the words, not recorded."))
    if shares := [verdict.agreement for verdict in scorecard.verdicts if verdict.agreement is not None]:
        all_agreed = sum(share == 1 for share in shares) / len(shares)
        remarks.append(
            say(
                "Each answer is that of most of {samples} samples; for {share:.0%} of them all samples agreed.",
                samples=scorecard.samples,
                share=all_agreed,
            )
        )
    if scorecard.flags:
        remarks.append(say("Set aside, because it speaks to the program: {flags}", flags=listed(_set_aside(scorecard))))
    return remarks


def _set_aside(scorecard: Scorecard) -> Iterable[str]:
    """The turns that the flags, `turn N: why`, are about."""
    turns = dict.fromkeys(flag.partition(":")[0].removeprefix("turn ") for flag in scorecard.flags)
    return (say("turn {turn}", turn=turn) for turn in turns)


def epilogue(persona: Persona | None, record: Record | None, language: str) -> str:
    """What becomes of a customer whom nobody asked whether it fits."""
    if persona is None or record is None or record.state.confirmed or record.state.ended == "walked_away":
        return ""
    return persona.closing.no_confirm.in_language(language)
