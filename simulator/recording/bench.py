"""What the pytest fixtures do: a script practised in memory, recordings replayed, with packs of the repository tested.

Nothing of the person's own counts: no settings, no store, no key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator import assemble
from simulator.conversation.engine import Conversation
from simulator.conversation.record import Record, record
from simulator.conversation.rehearsal import rehearse, unkept
from simulator.conversation.state import State
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scorecard import NeedOutcome, Scorecard
from simulator.domain.transcript import Transcript
from simulator.errors import BadInput
from simulator.judging import grade_record
from simulator.packs.find import SUFFIXES
from simulator.recording.check import check
from simulator.recording.recording import LEARNER, found_in
from simulator.recording.report import told
from simulator.session_packs import common_languages, in_language
from simulator.settings import DEFAULT_RUBRIC, Settings
from simulator.wording import say, speaking


@dataclass(frozen=True, slots=True)
class Held:
    """A practice that was held and graded."""

    record: Record
    scorecard: Scorecard

    @property
    def transcript(self) -> Transcript:
        """What was said, turn by turn."""
        return self.record.transcript

    @property
    def needs(self) -> Mapping[str, NeedOutcome]:
        """What became of each need: elicited, volunteered, blocked or missed."""
        return {need.id: need.outcome for need in self.record.needs}

    @property
    def total(self) -> float | None:
        """Of 100; None where too little could be scored."""
        return self.scorecard.total


def practise(
    root: Path,
    persona: str | Path,
    lines: Sequence[str],
    *,
    language: str | None = None,
    seed: int = 1,
    rubric: str | Path = DEFAULT_RUBRIC,
) -> Held:
    """Say the lines to a persona, offline, until it leaves; end the conversation and grade it.

    `persona` and `rubric` are ids, or files within `root`. Not to be called from a running event loop. Raises BadInput
    and PackError, which name the line of a pack that is at fault; LineRefused for a line that is no turn.
    """
    if isinstance(lines, str):
        raise BadInput(say("the learner's lines are a list of texts, not one text"))
    settings = _settings(root, language)
    shelf = assemble.shelf(settings)
    chosen, judged_by = shelf.persona(_within(root, persona)), shelf.rubric(_within(root, rubric))
    tag = settings.language_for(common_languages(chosen.value, judged_by.value))
    conversation = unkept(
        in_language(chosen.value, tag),
        judged_by.value,
        assemble.company(settings).cast,
        language=tag,
        learner=LEARNER,
        seed=seed,
        hashes=(chosen.sha256, judged_by.sha256),
    )
    with speaking(tag):
        return asyncio.run(
            _held(settings, conversation, in_language(chosen.value, tag), in_language(judged_by.value, tag), lines)
        )


async def _held(
    settings: Settings, conversation: Conversation, persona: Persona, rubric: Rubric, lines: Sequence[str]
) -> Held:
    rest = iter(lines)

    async def next_line(_: State) -> str | None:
        return next(rest, None)

    await rehearse(conversation, next_line)
    looked_back = record(conversation.events, persona)
    async with assemble.court(settings) as court:
        return Held(looked_back, await grade_record(court, looked_back, persona, rubric))


def differences(root: Path, folder: str | Path) -> str:
    """What is not as recorded of the recordings in a folder within `root`, in lines; empty where all is.

    Raises BadInput where there is no recording.
    """
    results = (check(found, _settings(root, None)) for found in found_in([root / folder]))
    return "\n".join(line for one in results if one.drifts or one.trouble for line in told(one))


def _settings(root: Path, language: str | None) -> Settings:
    return Settings(home=root, config_folder=root, packs=(root,), language=language)


def _within(root: Path, name: str | Path) -> str:
    """A pack's id as it is, its file as a path."""
    return str(root / name) if str(name).endswith(SUFFIXES) else str(name)
