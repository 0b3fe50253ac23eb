"""What the doctor finds on this machine, and how the findings end the command."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import NoReturn, get_args

import pytest

from simulator.cli.schema import schema_text
from simulator.doctor.check import Check, Id, State, data, exit_code
from simulator.doctor.machine import LITTLE_ROOM, Terminal, input_method, packs, screen, storage
from simulator.domain.transcript import Imported, Transcript, Turn
from simulator.errors import ExitCode
from simulator.settings import Settings
from simulator.store.store import open_store
from tests.sessions import Clock, begin, damage

TOP = Path(__file__).parents[2]
BROAD = Terminal("utf-8", 120, colours=True)


@pytest.fixture
def settings(home: Path, tmp_path: Path) -> Settings:
    return Settings(home=home, config_folder=tmp_path / "config")


def by_id(checks: object) -> dict[str, Check]:
    return {check.id: check for check in checks}  # type: ignore[attr-defined]


class TestStorage:
    def test_a_home_that_is_not_there_yet_is_fine_and_is_not_made_by_looking(self, settings: Settings) -> None:
        found = by_id(storage(settings))
        assert (found["home"].state, found["store"]) == ("ok", Check("store", "ok", "none yet"))
        assert not settings.home.exists()

    def test_sessions_are_counted_and_verified(self, settings: Settings) -> None:
        store = open_store(settings.home, Clock())
        begin(store, "s-1", exchanges=2)
        begin(store, "s-2")
        assert by_id(storage(settings))["store"] == Check("store", "ok", "sessions: 2, every one as it was written")

    def test_a_damaged_session_is_named(self, settings: Settings) -> None:
        store = open_store(settings.home, Clock())
        begin(store, "s-1", exchanges=2)
        begin(store, "s-2", exchanges=2)
        damage(store, "UPDATE events SET payload = replace(payload, 'parcel', 'barrel') WHERE session = 's-1'")
        found = by_id(storage(settings))["store"]
        assert (found.state, found.found) == ("trouble", "damaged sessions: s-1")

    @pytest.mark.parametrize(
        ("fault", "told"),
        [
            ("UPDATE packs SET source = CAST('other' AS BLOB)", "the snapshot"),
            ("UPDATE scorecards SET body = replace(body, '61', '91')", "a judgement of session s-1"),
            ("UPDATE imports SET body = replace(body, 'there', 'where')", "the transcript"),
        ],
    )
    def test_what_is_kept_beside_the_events_is_verified_too(self, settings: Settings, fault: str, told: str) -> None:
        store = open_store(settings.home, Clock())
        begin(store, "s-1")
        store.save_scorecard("s-1", {"total": 61})
        store.imports.add([Imported(Transcript((Turn(1, "learner", "Hello there"),), "en"), "learner", "talk.txt")])
        assert by_id(storage(settings))["store"].state == "ok"
        damage(store, fault)
        found = by_id(storage(settings))["store"]
        assert found.state == "trouble"
        assert told in found.found

    def test_a_store_that_does_not_open_is_trouble(self, settings: Settings) -> None:
        settings.home.mkdir(mode=0o700)
        (settings.home / "sessions.db").write_bytes(b"no database at all" * 100)
        found = by_id(storage(settings))["store"]
        assert found.state == "trouble"
        assert "sessions.db" in found.found

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
    def test_a_folder_that_others_may_look_into_is_noted(self, settings: Settings) -> None:
        settings.home.mkdir()
        settings.home.chmod(0o755)
        found = by_id(storage(settings))["home"]
        assert found.state == "note"
        assert "755" in found.advice

    def test_a_disk_that_is_nearly_full_is_noted(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        usage = shutil.disk_usage(TOP)._replace(free=LITTLE_ROOM - 1)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
        assert by_id(storage(settings))["home"].state == "note"

    def test_a_folder_that_refuses_a_file_is_trouble_and_ends_the_look(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_: object) -> NoReturn:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
        (only,) = storage(settings)
        assert (only.id, only.state) == ("home", "trouble")
        assert "Permission denied" in only.found

    def test_a_store_that_is_not_spoken_to_is_trouble(self, settings: Settings) -> None:
        elsewhere = Settings(settings.home, settings.config_folder, database_url="postgresql://u:secret@h/d")
        found = by_id(storage(elsewhere))["store"]
        assert found.state == "trouble"
        assert "secret" not in found.found


def to_mend(found: str) -> int:
    return int(found.partition("to mend: ")[2].partition(",")[0])


class TestPacks:
    def test_the_shipped_ones_load(self, settings: Settings) -> None:
        assert packs(settings).state == "ok"

    def test_a_broken_one_is_named_with_its_line(self, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "broken.yaml").write_text("format: persona/1\nid: broken\n", encoding="utf-8")
        found = packs(Settings(settings.home, settings.config_folder, packs=(tmp_path,)))
        assert found.state == "trouble"
        assert "broken.yaml:" in found.found

    def test_one_that_cannot_be_read_hides_no_other(self, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "personas").mkdir()
        (tmp_path / "personas" / "broken.yaml").write_text("format: persona/1\nid: broken\n", encoding="utf-8")
        mine = Settings(settings.home, settings.config_folder, packs=(tmp_path,))
        before = packs(mine).found
        (tmp_path / "personas" / "a-link.yaml").symlink_to(TOP / "personas" / "s02-forgotten-ticket.yaml")
        after = packs(mine).found
        assert to_mend(after) == to_mend(before) + 1 > 1
        assert "a-link.yaml" in after

    def test_none_at_all_is_trouble(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("simulator.packs.find.PackShelf.files", lambda _: ())
        assert packs(settings).state == "trouble"


@pytest.mark.parametrize(
    ("terminal", "language", "state", "told"),
    [
        (BROAD, "en", "ok", ""),
        (Terminal("utf-8", None, colours=False), "zh-Hans", "ok", ""),
        (Terminal("ascii", 120, colours=True), "en", "note", "UTF-8"),
        (Terminal("cp1252", 120, colours=True), "en", "note", "UTF-8"),
        (Terminal("unheard-of", 120, colours=True), "en", "note", "UTF-8"),
        (Terminal("gb18030", 120, colours=True), "zh-Hans", "note", "narrow"),
        (Terminal("utf-8", 60, colours=True), "en", "note", "80"),
    ],
)
def test_what_a_terminal_cannot_show_is_noted(terminal: Terminal, language: str, state: str, told: str) -> None:
    check = screen(terminal, language)
    assert check.state == state
    assert told in check.advice


@pytest.mark.parametrize(("value", "state"), [(None, "ok"), ("", "ok"), ("1", "ok"), ("0", "note"), ("yes", "note")])
def test_the_keyboard_protocol_that_garbles_input_methods_is_noted(value: str | None, state: str) -> None:
    environment = {} if value is None else {"TEXTUAL_DISABLE_KITTY_KEY": value}
    assert input_method(environment).state == state


ENDPOINT = Check("model", "trouble", "")
STORE = Check("store", "trouble", "")
PACKS = Check("packs", "trouble", "")
NOTE = Check("home", "note", "")


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ([], ExitCode.FINE),
        ([NOTE], ExitCode.FINE),
        ([PACKS, NOTE], ExitCode.FINDINGS),
        ([PACKS, ENDPOINT], ExitCode.ENDPOINT),
        ([STORE, PACKS, ENDPOINT], ExitCode.STORAGE),
        ([Check("structured", "trouble", "")], ExitCode.ENDPOINT),
    ],
)
def test_the_gravest_trouble_decides_how_it_ends(checks: list[Check], code: ExitCode) -> None:
    assert exit_code(checks) == code


def test_the_schema_knows_every_check_and_state() -> None:
    known = json.loads(schema_text("doctor"))["properties"]["checks"]["items"]["properties"]
    assert (tuple(known["id"]["enum"]), tuple(known["state"]["enum"])) == (get_args(Id), get_args(State))


def test_data_has_stable_keys_and_passes_the_text_gate() -> None:
    assert data([Check("packs", "trouble", "a\x1b[31mb", "do")]) == {
        "format": "doctor/1",
        "exit_code": 1,
        "checks": [{"id": "packs", "state": "trouble", "found": "ab", "advice": "do"}],
    }
