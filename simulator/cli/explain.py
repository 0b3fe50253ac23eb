"""`mot explain`: what was heard in a line, which words showed it, what it opens and what is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.narration import narrate
from simulator.cli.options import Format, LanguageOption, complete_personas, settings_of
from simulator.errors import BadInput, LineRefused
from simulator.text_gate import MAX_LINE, clean
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.trainer.explain import Bench, Said


def explain(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="[PERSONA] LINE", help="- reads lines from input.", autocompletion=complete_personas),
    ],
    trust: Annotated[
        float | None, typer.Option(min=0, max=3, help="Trust at which it is heard; else where the persona starts.")
    ] = None,
    predecessors_open: Annotated[
        bool, typer.Option("--predecessors-open", help="Take the needs that have to come first as open.")
    ] = False,
    language: LanguageOption = None,
    form: Format = "text",
) -> None:
    """Explain what a line does: its acts and topics, and with a persona what it opens.

    With - lines come from standard input, plain or as {"line", "context", "language"}; one JSON object answers each.
    """
    import asyncio

    from simulator import assemble
    from simulator.trainer.explain import Bench

    settings = settings_of(ctx, language=language)
    if len(words) > 2:  # noqa: PLR2004 -- PERSONA and LINE
        raise BadInput(say("give one line, in quotation marks"))
    *named, line = words
    persona = assemble.shelf(settings).persona(named[0]).value if named else None
    bench = Bench(assemble.listener(), persona, trust=trust, predecessors_open=predecessors_open)
    if line == "-":
        _answer_input(bench)
        return
    told = asyncio.run(bench.explain(_said({"line": line})))
    typer.echo(json.dumps(told.data(), ensure_ascii=False) if form == "json" else "\n".join(told.lines()))


def _answer_input(bench: Bench) -> None:
    import asyncio

    from simulator.cli.streams import input_lines
    from simulator.domain.acts import Hearing
    from simulator.trainer.explain import Explanation

    with asyncio.Runner() as runner:
        work = runner.get_loop()  # which leaves Ctrl-C alone: the runner would have it wait for work that never waits
        for number, text in input_lines():
            try:
                said = _said(_object(text) if text.startswith("{") else {"line": text})
                told = work.run_until_complete(bench.explain(said))
            except LineRefused as refused:  # one object for each line, so that answers can be joined to what was asked
                narrate(say("line {number}: {error}", number=number, error=refused))
                told = Explanation(Hearing(()))
            except BadInput as error:
                raise BadInput(say("line {number}: {error}", number=number, error=error)) from error
            typer.echo(json.dumps(told.data(), ensure_ascii=False))


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(say("not JSON: {reason}", reason=error)) from None
    if not isinstance(value, dict):
        raise BadInput(say("not a JSON object"))
    return value


def _said(value: dict[str, Any]) -> Said:
    """The line of an object; keys of a caller's own are left alone. Raises BadInput."""
    from simulator.conversation.engine import overlong
    from simulator.domain.text import LANGUAGES
    from simulator.language.normalize import lexicon_language
    from simulator.trainer.explain import Said

    line, context, language = value.get("line"), value.get("context") or "", value.get("language")
    if not isinstance(line, str) or not isinstance(context, str):
        raise BadInput(say("line and context are texts"))
    if language is not None and language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise BadInput(say("unknown language '{language}'; there is {known}", language=language, known=known))
    line, context = clean(line).strip(), clean(context).strip()
    if not line:
        raise LineRefused(say("the line is empty"))
    if len(line) > MAX_LINE:
        raise LineRefused(overlong(len(line)))
    if lexicon_language(line) is None and any(character.isalpha() for character in line):
        raise LineRefused(say("the line is in a language that no lexicon knows; there is English and Chinese"))
    return Said(line, context, language)
