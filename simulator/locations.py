"""The folders the platform gives this program, and the names that lie in them.

Asked of platformdirs when they are needed: `--version` needs none.
"""

from __future__ import annotations

from pathlib import Path

PROGRAM = "moments-of-truth"
CONFIG_FILE = "config.toml"


def config_folder() -> Path:
    """Where a person keeps config.toml and packs."""
    from platformdirs import user_config_path  # noqa: PLC0415 -- see above

    return user_config_path(PROGRAM, appauthor=False)


def data_folder() -> Path:
    """Where the program writes, unless it was told to write elsewhere."""
    from platformdirs import user_data_path  # noqa: PLC0415 -- see above

    return user_data_path(PROGRAM, appauthor=False)
