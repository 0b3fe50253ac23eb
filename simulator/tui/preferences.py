"""What a learner chose in the app's settings: kept in the data folder, below whatever flags and files say."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, Self, get_args

from simulator.domain.text import LANGUAGES
from simulator.replacing import replacing
from simulator.settings import Settings

Theme = Literal["dark", "light"]
_FILE = "app.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """The app's own choices. `language` None: nobody chose."""

    language: str | None = None
    theme: Theme = "dark"
    show_stages: bool = True

    @classmethod
    def read(cls, home: Path) -> Self:
        """What was kept in this data folder; the defaults where nothing was, or nothing that can be read."""
        try:
            kept = json.loads((home / _FILE).read_text(encoding="utf-8"))
            language, theme, stages = kept["language"], kept["theme"], kept["show_stages"]
        except (OSError, ValueError, TypeError, KeyError):
            return cls()
        if language not in {None, *LANGUAGES} or theme not in get_args(Theme):
            return cls()
        return cls(language, theme, show_stages=stages is True)

    def keep(self, home: Path) -> None:
        """Write them down. Raises OSError where the folder cannot be written."""
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(home / _FILE) as file:
            file.write(json.dumps(asdict(self)).encode())

    def applied(self, settings: Settings) -> Settings:
        """The settings with what was chosen here where they leave it open."""
        return settings if settings.language else replace(settings, language=self.language)
