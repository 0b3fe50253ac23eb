"""What a learner reads when the program breaks, and that the app says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.domain.opening import Opening
from simulator.settings import NamedModel, Settings
from simulator.tui.app import MotApp
from simulator.tui.crash import crash_report

KEY = "sk-canary-0123456789"
URL = "https://person:canary-password@host.example/v1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, config_folder=tmp_path, endpoint=NamedModel("a-model", URL, KEY))


def broken(secret: str) -> BaseException:
    def fail(hidden: str) -> None:
        raise RuntimeError(f"could not reach {hidden} from {Path.home()}/work \x1b]0;title\x07")

    with pytest.raises(RuntimeError) as raised:
        fail(secret)
    return raised.value


@pytest.mark.parametrize("secret", [KEY, URL, "plain"])
def test_report_names_the_fault_and_the_session_and_no_secret(settings: Settings, secret: str) -> None:
    told = crash_report(broken(secret), settings, "20260301-101500-7f3a")
    assert "RuntimeError: could not reach" in told
    assert "test_tui_crash.py:" in told
    assert "mot practice --resume 20260301-101500-7f3a" in told
    for never in (KEY, "canary-password", str(Path.home()), "\x1b", "\x07"):
        assert never not in told


def test_report_holds_no_part_of_a_secret(settings: Settings) -> None:
    error = RuntimeError("login of person with canary-password failed")

    assert "canary-password" not in crash_report(error, settings, None)


@pytest.mark.parametrize("home", [None, "/"])
def test_report_comes_whole_for_somebody_without_a_home(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    def nobodys() -> Path:
        if home is None:
            raise RuntimeError("Could not determine home directory.")
        return Path(home)

    monkeypatch.setattr(Path, "home", nobodys)

    assert "/srv/work is gone" in crash_report(RuntimeError("/srv/work is gone"), settings, None)


async def test_app_that_breaks_prints_no_values_of_variables(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(key: str) -> None:
        raise RuntimeError("broken on purpose" + key[:0])

    async def shown() -> None:
        app = MotApp(settings, Opening())
        async with app.run_test() as pilot:
            app.call_next(breaks, KEY)
            await pilot.pause()

    with pytest.raises(RuntimeError, match="broken on purpose"):
        await shown()
    said = capsys.readouterr().err
    assert "broken on purpose" in said
    assert KEY not in said
