"""What models are told, as files to be read and edited: one prompt a file and language, filled in by Jinja2."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from simulator.packs.traditional import traditional

if TYPE_CHECKING:
    from jinja2 import Template


def render(name: str, language: str, **values: object) -> str:
    """The prompt `{name}.{language}.md` with its values filled in; the same values give the same bytes.

    Traditional Chinese is the Simplified file converted; the values stay as they are. Raises jinja2.UndefinedError for
    a value that the file names and nobody gave.
    """
    return _template(name, language).render(values)


@lru_cache(maxsize=16)
def _template(name: str, language: str) -> Template:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 -- nobody pays for it before a model is asked

    written = "en" if language == "en" else "zh-Hans"
    source = files(__name__).joinpath(f"{name}.{written}.md").read_text("utf-8")
    prompts = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)  # noqa: S701 -- models read it, not browsers
    return prompts.from_string(traditional(source) if language == "zh-Hant" else source)
