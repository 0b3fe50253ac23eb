"""The first file of a new pack: a small example that works, with a comment on every part."""

from __future__ import annotations

import re
from importlib import resources

from simulator.errors import BadInput
from simulator.packs.diagnostics import shown
from simulator.packs.shape import Kind, schema_of
from simulator.wording import say


def scaffold(kind: Kind, pack_id: str) -> str:
    """The text of a pack with this id, which passes the linter. Raises BadInput for what cannot be an id."""
    if not re.search(schema_of(kind)["definitions"]["pack_id"]["pattern"], pack_id):
        told = say("'{id}' cannot be an id: small letters, digits and hyphens make one", id=shown(pack_id))
        raise BadInput(told)
    template = resources.files("simulator.trainer").joinpath("templates", f"{kind}.yaml").read_text("utf-8")
    return template.replace("{id}", pack_id)
