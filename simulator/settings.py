"""What a run was asked for: flags, then environment, then `config.toml`, then defaults, into one frozen value.

A blank flag, variable or entry counts as unset. Nothing is read when this module is imported.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from simulator import locations
from simulator.domain.text import LANGUAGES
from simulator.domain.usage import Prices
from simulator.errors import BadInput
from simulator.text_gate import clean
from simulator.wording import language_named, language_of, say

MAX_CONFIG = 64 * 1024
"""Largest config.toml, in bytes."""
MAX_NAME = 80
"""Longest name of a learner, in characters."""
DEFAULT_RUBRIC = "moments-of-truth"
DEFAULT_LEARNER = "learner"
DEFAULT_WINDOW = 8192
"""Tokens: what a small model on a desk offers today (Ollama's and llama.cpp's defaults are of that size)."""
SMALLEST_WINDOW = 2048
"""Tokens. The customer's prompt takes up to 1,500; below this nothing of a conversation would fit beside it."""
MAX_NUMBER = 100_000_000
"""Largest number in config.toml: more tokens than any window, more than any million of them costs."""

_VARIABLES = {
    "home": "MOT_HOME",
    "language": "MOT_LANGUAGE",
    "learner": "MOT_LEARNER",
    "rubric": "MOT_RUBRIC",
    "database_url": "MOT_DATABASE_URL",
    "model": "MOT_MODEL",
    "base_url": "OPENAI_BASE_URL",
    "api_key": "OPENAI_API_KEY",
}
_TEXTS = ("home", "language", "learner", "rubric", "database_url", "model", "base_url", "currency")
_NUMBERS = {"context_window": SMALLEST_WINDOW, "price_prompt": 0, "price_reply": 0}
"""Entries that are numbers, and the least they may be."""
_CONFIG_KEYS = (*_TEXTS, "packs", *_NUMBERS)
"""What may stand in config.toml. The key of an endpoint may not: it is a secret, and that file is not."""


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model to ask and where. `base_url` None: where the client goes by itself. The key never shows in a repr."""

    model: str
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a run may be told from outside.

    `home` holds everything the program writes; `config_folder` what a person keeps (config.toml, packs).
    `packs` are folders to look in first. `language` None: nobody chose, so `locale` decides where the pack allows it.
    `endpoint` None: no model was named, so the program is offline. `database_url` None: the embedded store in `home`.
    `context_window` is what prompt and reply may take together, in tokens. `prices` None: what a model costs is not
    known.
    """

    home: Path
    config_folder: Path
    packs: tuple[Path, ...] = ()
    language: str | None = None
    locale: str = "en"
    learner: str = DEFAULT_LEARNER
    rubric: str = DEFAULT_RUBRIC
    database_url: str | None = field(default=None, repr=False)
    endpoint: NamedModel | None = None
    context_window: int = DEFAULT_WINDOW
    prices: Prices | None = None

    @property
    def spoken(self) -> str:
        """The language in which the program speaks to whoever runs it."""
        return self.language or self.locale

    def language_for(self, offered: Sequence[str]) -> str:
        """The language of a session with a pack that has these. Raises BadInput where the chosen one is not offered."""
        language = self.preferred(offered)
        if self.language not in {None, language}:
            known = ", ".join(available(offered))
            raise BadInput(say("not available in {language}; there is {known}", language=self.language, known=known))
        return language

    def preferred(self, offered: Sequence[str]) -> str:
        """The first of these that a pack has: the language chosen, the locale's, English, its first."""
        there = available(offered)
        return next(tag for tag in (self.language, self.locale, "en", there[0]) if tag in there)


def available(offered: Sequence[str]) -> tuple[str, ...]:
    """The languages of a pack that names these: Traditional Chinese too wherever Simplified is; it is converted."""
    return (*offered, "zh-Hant") if "zh-Hans" in offered and "zh-Hant" not in offered else tuple(offered)


def read_settings(
    flags: Mapping[str, str | None],
    environment: Mapping[str, str],
    *,
    packs: Iterable[Path] = (),
    config_folder: Path | None = None,
    offline: bool = False,
) -> Settings:
    """The settings of a run.

    `flags` are options by setting name (`language`, `model`, ...), None where not given. `config_folder` None: the
    platform's own. `offline`: no endpoint, whatever names a model. Raises BadInput, with file and line, for a config
    file that cannot be read or holds an unknown key, and for a name, folder or address that cannot be one.
    """
    folder = config_folder or locations.config_folder()
    config = _config(folder / locations.CONFIG_FILE)
    chosen = {
        name: _first(flags.get(name), environment.get(variable), config.get(name))
        for name, variable in _VARIABLES.items()
    }
    home = chosen["home"]
    return Settings(
        home=_folder(home) if home else locations.data_folder(),
        config_folder=folder,
        packs=(*packs, *(folder / _folder(name) for name in config.get("packs", ()))),
        language=_language(chosen["language"]),
        locale=language_of(environment),
        learner=_name(chosen["learner"] or DEFAULT_LEARNER),
        rubric=chosen["rubric"] or DEFAULT_RUBRIC,
        database_url=chosen["database_url"],
        endpoint=None if offline else _endpoint(chosen["model"], chosen["base_url"], chosen["api_key"]),
        context_window=config.get("context_window") or DEFAULT_WINDOW,
        prices=_prices(config),
    )


def _first(*candidates: str | None) -> str | None:
    return next((candidate.strip() for candidate in candidates if candidate and candidate.strip()), None)


def _endpoint(model: str | None, base_url: str | None, api_key: str | None) -> NamedModel | None:
    if model is None:
        return None
    if "\n" in clean(model) or clean(model) != model:
        raise BadInput(say("the name of a model is one line of plain text"))
    if base_url and (reason := _no_address(base_url)):
        raise BadInput(say("the base URL (--base-url, OPENAI_BASE_URL): {reason}", reason=reason))
    return NamedModel(model, base_url, api_key)


def _no_address(base_url: str) -> str | None:
    """Why this is not where an endpoint can be, or None. The address itself is not repeated: it may hold a password."""
    try:
        parts = urlsplit(base_url)
        complete = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        complete = False
    if not complete or re.search(r"[\s\x00-\x1f\x7f\\]", base_url):
        return say("not an address such as https://host.example/v1")
    if parts.query or parts.fragment:
        return say("an address without ? and #, such as https://host.example/v1, is wanted")
    return None


def _prices(config: Mapping[str, Any]) -> Prices | None:
    prompt, reply = config.get("price_prompt"), config.get("price_reply")
    if prompt is None or reply is None:
        return None
    currency = _first(config.get("currency"))
    return Prices(float(prompt), float(reply), currency) if currency else Prices(float(prompt), float(reply))


def _folder(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise BadInput(say("{folder}: there is no such user", folder=name)) from None


def _name(given: str) -> str:
    name = clean(given).replace("\t", " ").strip()
    if not name or "\n" in name or len(name) > MAX_NAME:
        raise BadInput(say("a learner's name is one line of at most {limit} characters", limit=MAX_NAME))
    return name


def _language(asked: str | None) -> str | None:
    if asked is None:
        return None
    if named := language_named(asked):
        return named
    message = say("unknown language '{language}'; there is {known}", language=asked, known=", ".join(LANGUAGES))
    raise BadInput(message + _suggestion(asked, LANGUAGES))


def _config(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_CONFIG + 1)
        source = content.decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise BadInput(say("{path}: not UTF-8 (byte {byte})", path=path, byte=error.start)) from error
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error
    if len(content) > MAX_CONFIG:
        raise BadInput(say("{path}: larger than {limit} KiB", path=path, limit=MAX_CONFIG // 1024))
    try:
        entries = tomllib.loads(source)
    except RecursionError:
        raise BadInput(say("{path}: nested too deep", path=path)) from None
    except ValueError as error:  # TOMLDecodeError, whose message ends in line and column, or a number with no end
        raise BadInput(f"{path}: {error}") from error
    for key, value in entries.items():
        _checked(path, source, key, value)
    alone = {"price_prompt", "price_reply"} & entries.keys()
    if len(alone) == 1:
        place = f"{path}:{_line_of(source, alone.pop())}"
        raise BadInput(say("{place}: price_prompt and price_reply belong together", place=place))
    return {key: value for key, value in entries.items() if not (isinstance(value, str) and not value.strip())}


def _checked(path: Path, source: str, key: str, value: object) -> None:
    place = f"{path}:{_line_of(source, key)}"
    if key == "api_key":
        raise BadInput(say("{place}: a key does not belong in this file; set OPENAI_API_KEY", place=place))
    if key not in _CONFIG_KEYS:
        raise BadInput(say("{place}: unknown key '{key}'", place=place, key=key) + _suggestion(key, _CONFIG_KEYS))
    if key == "packs":
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadInput(say("{place}: packs is a list of folders, each in quotation marks", place=place))
    elif key in _NUMBERS:
        _checked_number(place, key, value)
    elif not isinstance(value, str):
        raise BadInput(say("{place}: {key} is a text, in quotation marks", place=place, key=key))
    elif key == "base_url" and value.strip() and (reason := _no_address(value.strip())):
        raise BadInput(f"{place}: base_url: {reason}")


def _checked_number(place: str, key: str, value: object) -> None:
    if isinstance(value, str) and not value.strip():
        return
    kinds = (int,) if key == "context_window" else (int, float)
    least = _NUMBERS[key]
    if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= MAX_NUMBER:
        message = say(
            "{place}: {key} is a number from {least:,} to {most:,}", place=place, key=key, least=least, most=MAX_NUMBER
        )
        raise BadInput(message)


def _line_of(source: str, key: str) -> int:
    """The line an entry or table starts on, 1 where it is written in a way this does not find."""
    found = re.search(rf"""^\s*\[?\s*["']?{re.escape(key)}\b""", source, re.MULTILINE)
    return source.count("\n", 0, found.end()) + 1 if found else 1


def _suggestion(word: str, known: Sequence[str]) -> str:
    nearest = get_close_matches(word, known, n=1)
    return say("; did you mean '{word}'?", word=nearest[0]) if nearest else ""
