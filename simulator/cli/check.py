"""`mot check`: lints persona and rubric files."""

from __future__ import annotations

import gc
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.narration import narrate
from simulator.cli.options import LanguageOption, settings_of
from simulator.errors import BadInput, ExitCode, PackError
from simulator.text_gate import clean
from simulator.wording import in_words, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.packs.diagnostics import Finding
    from simulator.settings import Settings

    Lint = Callable[[bytes, str], tuple[Finding, ...]]

Format = Literal["full", "concise", "json", "github"]

ALLOCATIONS = 500_000
"""New objects after which garbage is looked for while packs are checked, for the program's 10,000. Twenty packs are not
as many and leave two thousand objects of it; to look for those took a tenth of a check.
"""


def check(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Pack files, or folders of them. Left out: all packs that are found."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How findings are written.")] = "full",
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="[CODE]",
            help="Explain one code, with a wrong example and its mend; list all codes where none is named.",
        ),
    ] = None,
    language: LanguageOption = None,
) -> int:
    """Check persona and rubric files: what is wrong, on which line, and what to write instead."""
    from simulator.packs.diagnostics import UNREADABLE, rendered

    settings = settings_of(ctx, language=language)
    spoken = settings.spoken
    if explain is not None:
        typer.echo(explained(explain, form, spoken) if explain else listed(form, spoken))
        return ExitCode.FINE
    from simulator.trainer.remembered import Remembered

    gc.set_threshold(ALLOCATIONS)
    files = _given(paths) if paths else _on_the_shelf(settings)
    remembered = Remembered(settings.home, spoken)
    findings, sources = checked(files, remembered.lint)
    remembered.keep()
    if findings or form == "json":
        typer.echo(rendered(findings, form, sources))
    errors = sum(finding.severity == "error" for finding in findings)
    counts = {"files": len(files), "errors": errors, "warnings": len(findings) - errors}
    narrate(say("files checked: {files}, to mend: {errors}, to consider: {warnings}", **counts))
    if any(finding.code in UNREADABLE for finding in findings):
        return ExitCode.USAGE
    return ExitCode.FINDINGS if errors else ExitCode.FINE


def listed(form: Format, language: str) -> str:
    """Every code with what it means, a line each; in JSON as objects like those of `explained`."""
    from simulator.packs.diagnostics import explanations

    known = explanations(language).values()
    if form == "json":
        return json.dumps([asdict(one) for one in known], ensure_ascii=False, indent=2)
    return "\n".join(f"{one.code}: {one.title}" for one in known)


def explained(code: str, form: Format, language: str) -> str:
    """What one code means, ready to print; as an object with `code`, `title`, `why`, `wrong` and `mend` in JSON.

    Raises BadInput for a code that does not exist.
    """
    from simulator.packs.diagnostics import explanations, nearest, shown

    known = explanations(language)
    found = known.get(code.strip().upper())
    if found is None:
        near = nearest(code.upper(), known)
        hint = say("; did you mean '{word}'?", word=near) if near else ""
        raise BadInput(say("no finding has the code '{code}'", code=shown(code)) + hint)
    if form == "json":
        return json.dumps(asdict(found), ensure_ascii=False, indent=2)
    examples = ((say("Wrong:"), found.wrong), (say("Right:"), found.mend))
    blocks = (
        f"{head}\n" + "\n".join(f"    {line}" for line in body.strip("\n").splitlines()) for head, body in examples
    )
    told = (f"{found.code}: {found.title}", found.why.strip(), *blocks)
    return "\n\n".join((*told, _facts()) if found.code == "R010" else told)


def _facts() -> str:
    """What rules may name besides observations, with what each is."""
    from simulator.grading.facts import FACTS

    yes_or_no, number = say("true or false"), say("a number")
    lines = (
        say(
            "{name} ({kind}): {meaning}",
            name=x.name,
            kind=yes_or_no if x.type is bool else number,
            meaning=in_words(x.meaning),
        )
        for x in FACTS.values()
    )
    return "\n".join((say("Facts:"), *(f"    {line}" for line in lines)))


def checked(files: list[Path], lint: Lint) -> tuple[list[Finding], dict[str, bytes]]:
    """All findings of `lint` in these files, and the files' bytes by the name they are reported under."""
    from simulator.packs.diagnostics import Finding, whole_file
    from simulator.packs.find import read_source

    findings: list[Finding] = []
    sources: dict[str, bytes] = {}
    for file in files:
        name = _shown_path(file)
        try:
            sources[name] = read_source(file, name)
        except PackError as refused:
            findings.extend(finding for finding in refused.findings if isinstance(finding, Finding))
        except BadInput as unreadable:  # a link to nowhere, a file without the right to it: no hindrance to the others
            findings.append(whole_file("P025", name, str(unreadable)))
        else:
            findings.extend(lint(sources[name], name))
    return findings, sources


def _given(paths: list[Path]) -> list[Path]:
    from simulator.packs.find import packs_in

    files: list[Path] = []
    for path in paths:
        if not os.path.lexists(path):
            raise BadInput(say("no such file: {name}", name=path))
        if not path.is_dir():
            files.append(path)
        elif found := packs_in(path):
            files.extend(found)
        else:
            other = next(iter(sorted(path.rglob("*.yml"))), None)
            hint = say("; {file} would have to end in .yaml", file=other) if other else ""
            raise BadInput(say("no packs in {folder}", folder=path) + hint)
    return list(dict.fromkeys(files))


def _on_the_shelf(settings: Settings) -> list[Path]:
    from simulator import assemble

    files = assemble.shelf(settings).files()
    if not files:
        raise BadInput(say("no packs were found; name a file or a folder"))
    return list(files)


def _shown_path(file: Path) -> str:
    try:
        name = str(file.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):  # it lies elsewhere, or the working folder is gone
        name = str(file)
    return clean(name)
