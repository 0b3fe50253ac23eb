"""The commands put together, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Annotated

import typer

from simulator import __version__
from simulator.cli.help import SpokenCommand, SpokenGroup
from simulator.cli.options import LanguageOption, Packs
from simulator.cli.speaking import language_asked
from simulator.errors import ExitCode, MomentError
from simulator.wording import say, speak

COMMANDS = {
    "practice": ("practice", "Practise one conversation.", "mot practice s02-forgotten-ticket --language zh-Hans"),
    "grade": ("grade", "Grade sessions and transcripts.", "mot grade talk.yaml --persona s02-forgotten-ticket"),
    "show": ("show", "Show a session again.", "mot show 20260301 --format md"),
    "progress": ("progress", "Show how far a learner has come.", "mot progress --learner anna"),
    "report": ("report", "Make a page to look at, print and send.", "mot report 20260301 -o debrief.html"),
    "list": ("list_all", "List personas, rubrics, sessions or imported transcripts.", "mot list personas"),
    "explain": ("explain", "Explain what a line does.", 'mot explain s02-forgotten-ticket "What happened?"'),
    "import": ("import_transcripts", "Take in transcripts from elsewhere.", "mot import calls/ --learner anna"),
    "export": ("export", "Write out conversations and results.", "mot export 20260301 --format md -o talk.md"),
    "purge": ("purge", "Delete conversations for good.", "mot purge --learner anna --older-than 90"),
    "rate": ("rate", "Judge a conversation yourself, blind.", "mot rate talk.yaml --rater mine"),
    "agree": ("agree", "Compare ratings with one another and with the judge.", "mot agree"),
    "replay": ("replay", "Play recordings again and compare.", "mot replay recordings/ --format github"),
    "check": ("check", "Check persona and rubric files.", "mot check personas/ my-persona.yaml"),
    "new": ("new", "Write the first file of a persona or rubric.", "mot new persona late-parcel"),
    "drill": ("drill", "Have simulated learners play personas.", "mot drill s02-forgotten-ticket"),
    "schema": ("schema", "Print the JSON Schema of a format.", "mot schema persona"),
    "doctor": ("doctor", "Find out what works here.", "mot doctor --model gpt-5-mini"),
}
"""The commands in the order of the help: the function in the module of that name (`import_` for `import`), a short
help, an example."""


_WITH_OR_WITHOUT = {"--resume", "--explain"}
"""Options whose value may be left out."""


def command_line(names: Iterable[str]) -> typer.Typer:
    """The command line with these commands. One alone is ready a quarter sooner than all of them."""
    # Plain help: typer's rich one costs 60 ms more, and screen readers like it less.
    app = typer.Typer(
        name="mot",
        cls=SpokenGroup,
        options_metavar=say("[OPTIONS]"),
        subcommand_metavar=say("COMMAND [ARGS]..."),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    example = "mot practice s02-forgotten-ticket --plain"
    app.callback(invoke_without_command=True, epilog=say("Example: {command}", command=example))(home)
    for name in names:
        function, short, example = COMMANDS[name]
        module = f"{name}_" if iskeyword(name) else name
        command = getattr(import_module(f"simulator.cli.{module}"), function)
        app.command(
            name,
            cls=SpokenCommand,
            short_help=short,
            options_metavar=say("[OPTIONS]"),
            epilog=say("Example: {command}", command=example),
        )(command)
    return app


def home(
    ctx: typer.Context,
    packs: Packs = None,
    language: LanguageOption = None,
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
) -> int | None:
    """Practise customer conversations: find the needs nobody tells you unprompted, then see what you missed."""
    if version:
        typer.echo(f"mot {__version__}")
        raise typer.Exit
    del packs, language  # read from the context, by commands and by completion
    if ctx.invoked_subcommand is not None:
        return None
    from simulator.cli.home import welcome

    return welcome(ctx)


def run(arguments: Sequence[str]) -> int:
    """Run one command. Returns its exit code; whatever goes wrong becomes one line on standard error."""
    _speak_utf8()
    speak(language_asked(arguments, os.environ))
    first = arguments[0] if arguments else ""
    app = command_line([first] if first in COMMANDS else COMMANDS)
    try:
        code = typer.main.get_command(app).main(_with_values(arguments), prog_name="mot", standalone_mode=False)
        sys.stdout.flush()
        return int(code or ExitCode.FINE)
    except MomentError as error:
        return _refused(str(error), error.exit_code)
    except typer.TyperException as error:
        from simulator.cli.usage import complaint

        return _refused(complaint(error), ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return ExitCode.INTERRUPTED
    except SystemExit as left:
        if not isinstance(left.__context__, BrokenPipeError):
            raise
        return ExitCode.FINE  # the reader has seen enough: `mot list personas | head -1`
    except OSError as error:
        return _gave_way(error)


def _with_values(arguments: Sequence[str]) -> list[str]:
    """The arguments with an option whose value may be left out given an empty one: typer wants one always."""
    following = (*arguments[1:], "-")
    return [
        f"{argument}=" if argument in _WITH_OR_WITHOUT and after.startswith("-") else argument
        for argument, after in zip(arguments, following, strict=False)
    ]


def _gave_way(error: OSError) -> int:
    """What reads files translates its own errors: this is a path that none of them looked at, or standard output."""
    if error.filename is not None:
        return _refused(f"{error.filename}: {error.strerror}", ExitCode.USAGE)
    sys.stdout = io.StringIO()  # else the end of the process writes the rest once more, and says so
    return _refused(say("standard output: {reason}", reason=error.strerror), ExitCode.STORAGE)


def _refused(message: str, code: ExitCode) -> int:
    from simulator.text_gate import clean

    sys.stderr.write(f"mot: {' '.join(clean(message).split())}\n")
    return code


def _speak_utf8() -> None:
    """Pipes carry UTF-8 whatever the locale; a terminal keeps its own and shows `?` for what it cannot draw."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
