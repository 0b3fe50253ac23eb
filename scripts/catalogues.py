"""Brings the catalogues up to what the program says, and says what they lack.

    python scripts/catalogues.py            after a message was written, changed or translated
    python scripts/catalogues.py --check    changes nothing

Both end with 1 while a message has no translation, one to be confirmed (fuzzy), or one with other fields. People write
`zh_CN/LC_MESSAGES/mot.po`; the rest is made from it and committed, so that nothing is built at run time.
"""  # noqa: INP001 -- a script, no package

import ast
import json
import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from simulator.cli.app import COMMANDS, command_line
from simulator.cli.help import texts
from simulator.cli.usage import MESSAGES
from simulator.packs.traditional import traditional as in_taiwan

PROGRAM = Path(__file__).resolve().parents[1] / "simulator"

COUNTED = {"yes_or_no", "number"}
"""The decorators of a fact."""


class Bare(Catalog):
    """A catalogue whose header has no dates, names or addresses: the same messages make the same bytes."""

    mime_headers = property(lambda self: [("Language", self.language), ("Content-Type", "text/plain; charset=utf-8")])

    def __init__(self, language: str, comment: str) -> None:
        super().__init__(language, header_comment=f"# {comment}", fuzzy=False)
        self.language = language


def main(arguments: Sequence[str], program: Path = PROGRAM) -> int:
    """Update the catalogues of `program`, or only check them. Returns the exit code."""
    simplified = Bare("zh_CN", "What the program says.")
    source = BytesIO((program / "locale/zh_CN/LC_MESSAGES/mot.po").read_bytes())
    for known in filter(lambda message: message.id, read_po(source)):
        simplified[known.id] = known
    template = Catalog()
    for extracted in extract_from_dir(program, keywords={"say": None}):
        template.add(extracted[2])
    for text in (*facts(program), *descriptions(program), *helps(program)):
        template.add(text)
    simplified.update(template)
    traditional = Bare("zh_TW", "Made from zh_CN by scripts/catalogues.py; do not edit.")
    for message in filter(lambda message: message.id, simplified):
        words = in_taiwan(str(message.string or ""))
        traditional.add(message.id, words, flags=message.flags)
    lacks = [*lacking(simplified), *lacking(traditional)]
    for path, content in (*files(simplified, program), *files(traditional, program)):
        if "--check" not in arguments:
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            lacks.append(f"not up to date, run python scripts/catalogues.py: {path.relative_to(program)}")
    sys.stderr.writelines(f"{lack}\n" for lack in lacks)
    return 1 if lacks else 0


def facts(program: Path) -> Iterator[str]:
    """What the facts of a rubric mean: the docstrings of those who count them."""
    for path in sorted((program / "grading" / "facts").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and COUNTED & {_called(one) for one in node.decorator_list}:
                yield " ".join((ast.get_docstring(node) or "").split())


def descriptions(program: Path) -> Iterator[str]:
    """What the schemas of packs say of each key: editors show it."""

    def described(rule: Any) -> Iterator[str]:
        if isinstance(rule, dict):
            if isinstance(rule.get("description"), str):
                yield rule["description"]
            rule = [*rule.values()]
        for inner in rule if isinstance(rule, list) else ():
            yield from described(inner)

    for path in sorted((program / "packs" / "schema").glob("*.json")):
        yield from described(json.loads(path.read_text("utf-8")))


def helps(program: Path) -> Iterator[str]:
    """What `--help` shows of each command, and what is said of a command line that is wrong."""
    if not (program / "cli").exists():
        return
    command = get_command(command_line(COMMANDS))
    with command.make_context("mot", [], resilient_parsing=True) as context:
        yield from texts(command, context)
    yield from MESSAGES


def _called(decorator: ast.expr) -> str:
    return decorator.func.id if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) else ""


def lacking(catalogue: Bare) -> Iterator[str]:
    """What keeps messages from being said, one line each."""
    for message in filter(lambda message: message.id, catalogue):
        fields = [sorted(re.findall(r"\{.*?\}|[{}]", str(text))) for text in (message.id, message.string)]
        whys = {"fuzzy": message.fuzzy, "not translated": not message.string, "other fields": fields[0] != fields[1]}
        yield from (f"{catalogue.language}: {why}: {message.id!r}" for why in [why for why in whys if whys[why]][:1])


def files(catalogue: Bare, program: Path) -> Iterator[tuple[Path, bytes]]:
    """The source and the compiled form of a catalogue: where each lies and what it holds."""
    readable, compiled = BytesIO(), BytesIO()
    write_po(readable, catalogue, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    write_mo(compiled, catalogue)
    for name, written in (("mot.po", readable), ("mot.mo", compiled)):
        yield program / "locale" / catalogue.language / "LC_MESSAGES" / name, written.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
