"""The first file of a new pack: a small example that works, with a comment on every part."""

from __future__ import annotations

import re
from importlib import resources

from simulator.errors import BadInput
from simulator.packs.diagnostics import shown
from simulator.packs.shape import Kind, schema_of
from simulator.packs.traditional import traditional
from simulator.wording import say


def scaffold(kind: Kind, pack_id: str, language: str = "en") -> str:
    """The text of a pack with this id, in this language, which passes the linter.

    Traditional Chinese is the Simplified file converted. Raises BadInput for what cannot be an id.
    """
    if not re.search(schema_of(kind)["definitions"]["pack_id"]["pattern"], pack_id):
        told = say("'{id}' cannot be an id: small letters, digits and hyphens make one", id=shown(pack_id))
        raise BadInput(told)
    written = "en" if language == "en" else "zh-Hans"
    template = resources.files("simulator.trainer").joinpath("templates", f"{kind}.{written}.yaml").read_text("utf-8")
    if language == "zh-Hant":
        template = traditional(template).replace("languages: [zh-Hans]", "languages: [zh-Hant]")
    return template.replace("{id}", pack_id)
