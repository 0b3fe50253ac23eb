"""The language a command line is answered in before a command reads the settings: by help, and where it is wrong."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import takewhile

from simulator.errors import BadInput
from simulator.locations import CONFIG_FILE, config_folder
from simulator.wording import language_named, language_of


def language_asked(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language asked for, in the order of `read_settings`: flag, variable, config.toml, locale.

    A name that is no language, and a config.toml that cannot be read, are left to the command to refuse. Help does not
    look for that file: platformdirs, which knows where it lies, would take a tenth of its time.
    """
    given = list(takewhile(lambda argument: argument != "--", arguments))
    asked = _flag(given) or environment.get("MOT_LANGUAGE", "").strip()
    if asked:
        return language_named(asked) or language_of(environment)
    helps = "--help" in given or "-h" in given
    if helps or not os.path.exists(config_folder() / CONFIG_FILE):  # noqa: PTH110 -- False where it may not be looked
        return language_of(environment)
    from simulator.settings import read_settings

    try:
        settings = read_settings({}, environment)
    except BadInput:
        return language_of(environment)
    return settings.spoken


def _flag(given: Sequence[str]) -> str:
    """What the last --language says, blank where there is none."""
    asked = ""
    for argument, after in zip(given, [*given, ""][1:], strict=True):
        name, joined, value = argument.partition("=")
        if name == "--language":
            asked = value if joined else after
    return asked.strip()
