"""The first file of a pack as a model drafts it from a trainer's text, marked as a draft until a person has read it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import fill
from typing import Any

from simulator.domain.usage import Usage
from simulator.errors import EndpointError
from simulator.language.tongue import tongue
from simulator.llm.drafter import Drafted, LlmDrafter
from simulator.packs.diagnostics import Finding
from simulator.packs.load import read_pack
from simulator.packs.shape import Kind, misshapen, schema_of
from simulator.packs.tree import read_tree
from simulator.text_gate import clean
from simulator.trainer.lint import lint
from simulator.trainer.scaffold import scaffold
from simulator.wording import in_words, say

MARK = "P035"
"""The finding that every draft has, until a person takes the mark out."""

MENDINGS = 2
"""The linter finds what is wrong in a file's shape first, then what is wrong in its meaning."""

WIDTH = 118
"""Columns of a line of the file."""

SHORT = 90
"""Characters of a map that stands in one line."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drafted: a pack with this id, to lie in `file`, from the (cleaned) `text` of the file `source`."""

    kind: Kind
    pack_id: str
    file: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of the file and what the linter finds in it. `usage`: what the requests came to. `stopped` says why the
    model did not answer when it was to mend, or is empty.
    """

    text: str
    findings: tuple[Finding, ...]
    usage: tuple[Usage, ...] = ()
    stopped: str = ""

    @property
    def errors(self) -> int:
        """How many findings keep the file from being used."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def to_mend(self) -> tuple[Finding, ...]:
        """What a model could mend: not the mark."""
        return tuple(finding for finding in self.findings if finding.code != MARK)


def draft(order: Order, drafter: LlmDrafter) -> Draft:
    """The model's draft, mended by it as long as that makes it better, MENDINGS times at most.

    It is written in English or Simplified Chinese, as the text is, and in English from any other language. Raises
    EndpointError where no first draft comes. Not to be called from a running event loop.
    """
    return asyncio.run(_drafted(order, drafter))


async def _drafted(order: Order, drafter: LlmDrafter) -> Draft:
    language = "en" if tongue(order.text) in {"en", None} else "zh-Hans"
    stopped = ""
    try:
        given = await drafter.draft(order.kind, order.text, language, scaffold(order.kind, order.pack_id))
        best = _linted(order, given, drafter.endpoint.model)
        for _ in range(MENDINGS):
            if not best.to_mend:
                break
            try:
                given = await drafter.mended(given, best.to_mend)
            except EndpointError as error:  # what is there is whole, and its findings are told
                stopped = str(error)
                break
            tried = _linted(order, given, drafter.endpoint.model)
            if _badness(order, tried) >= _badness(order, best):
                break
            best = tried
    finally:
        await drafter.endpoint.close()
    return replace(best, usage=drafter.drain(), stopped=stopped)


def _badness(order: Order, tried: Draft) -> tuple[bool, bool, int, int]:
    """How early the linter had to stop, then what it found: it looks no further into a file of the wrong shape."""
    source = tried.text.encode()
    misshaped = any(misshapen(read_tree(source).value, schema_of(order.kind)))
    unusable = read_pack(source, order.file, order.kind).value is None
    return misshaped, unusable, tried.errors, len(tried.findings)


def _linted(order: Order, given: Drafted, model: str) -> Draft:
    text = _head(order, model) + "".join(_parts(order, given))
    return Draft(text, lint(text.encode(), order.file))


def _head(order: Order, model: str) -> str:
    """The comment a draft begins with, in the language spoken: what it is, and what to do with it."""
    source = " ".join(clean(order.source).split())
    told = say(
        "A DRAFT, made by {model} from {source}. Nobody has reviewed it, and a model makes things up: read every line, "
        "try it, and only then take `draft: true` out.",
        model=model,
        source=source,
    )
    tried = {f"mot check {order.file}": say("what is wrong, on which line, and what to write instead")}
    if order.kind == "persona":
        tried[f"mot practice {order.file} --show-gate"] = say("talk to the customer, and see what opens the needs")
        tried[f"mot drill {order.pack_id}"] = say("simulated learners play it")
    else:
        tried[f"mot practice s02-forgotten-ticket --rubric {order.pack_id}"] = say("be graded by it")
    width = max(map(len, tried)) + 3
    return "\n".join([
        f"# yaml-language-server: $schema={order.kind}-1.schema.json",
        fill(told, WIDTH, initial_indent="# ", subsequent_indent="# "),
        "#",
        *(f"#     {command:{width}}{why}" for command, why in tried.items()),
        "",
    ])  # fmt: skip


def _parts(order: Order, given: Drafted) -> Iterator[str]:
    """The keys of the first level as YAML, in the schema's order, with a comment on those that hold others."""
    schema = schema_of(order.kind)["properties"]
    by_code = {"format": f"{order.kind}/1", "id": order.pack_id, "draft": True, "languages": [given.language]}
    for key, value in (by_code | dict(given.value)).items():
        if isinstance(value, dict | list) and (about := schema[key].get("description")):
            yield f"\n{fill(in_words(about), WIDTH, initial_indent='# ', subsequent_indent='# ')}\n"
        yield _as_yaml(key, value)


def _as_yaml(key: str, value: Any) -> str:
    """YAML as people write it: lists of words, and maps that are short, within a line."""
    import yaml  # noqa: PLC0415 -- for those who draft

    class Written(yaml.SafeDumper):
        def represent_mapping(  # yaml's own signature
            self,
            tag: str,
            mapping: Any,
            flow_style: bool | None = None,  # noqa: FBT001
        ) -> yaml.MappingNode:
            node = super().represent_mapping(tag, mapping, flow_style)
            node.flow_style = node.flow_style and len(str(mapping)) <= SHORT
            return node

    within = None if isinstance(value, dict | list) else False
    return yaml.dump(
        {key: value}, Dumper=Written, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=within
    )
