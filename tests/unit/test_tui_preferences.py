"""What was chosen in the app is kept, and gives way to what the run was told."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.settings import Settings
from simulator.tui.preferences import Preferences


def test_kept_and_read_again(tmp_path: Path) -> None:
    chosen = Preferences(language="zh-Hans", theme="light", show_stages=False)
    chosen.keep(tmp_path / "new")
    assert Preferences.read(tmp_path / "new") == chosen


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"language": "fr", "theme": "dark", "show_stages": true}', '{"theme": "dark"}', "\xff",
     '{"language": null, "theme": "pink", "show_stages": true}'],
)  # fmt: skip
def test_what_cannot_be_read_is_nobodys_choice(tmp_path: Path, content: str) -> None:
    (tmp_path / "app.json").write_text(content, encoding="latin-1")
    assert Preferences.read(tmp_path) == Preferences()


@pytest.mark.parametrize(
    ("told", "chosen", "spoken"), [("en", "zh-Hant", "en"), (None, "zh-Hant", "zh-Hant"), (None, None, None)]
)
def test_a_flag_comes_before_the_choice(
    tmp_path: Path, told: str | None, chosen: str | None, spoken: str | None
) -> None:
    settings = Settings(home=tmp_path, config_folder=tmp_path, language=told)
    assert Preferences(language=chosen).applied(settings).language == spoken
