"""The one-command set-up: what it does the first time, and what it leaves alone afterwards."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parents[2]


class Pip:
    """Records what would be installed; makes the interpreter that the set-up looks for."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []
        self.fails = False

    def __call__(self, *arguments: str) -> None:
        self.calls.append(arguments)
        if self.fails:
            raise subprocess.CalledProcessError(1, "pip")


@pytest.fixture
def pip() -> Pip:
    return Pip()


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pip: Pip) -> ModuleType:
    """The script, pointed at a folder of its own, where it becomes nothing."""
    specification = importlib.util.spec_from_file_location("bootstrap", TOP / "bootstrap.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    locks = {name: tmp_path / f"{name}.lock" for name in module.LOCKS}
    for lock in locks.values():
        lock.write_text(f"{lock.name}\n", encoding="ascii")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="ascii")
    venv = tmp_path / ".venv"
    for name, value in {"TOP": tmp_path, "VENV": venv, "PYTHON": venv / "bin" / "python", "LOCKS": locks}.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module, "pip", pip)
    monkeypatch.setattr(module, "usable", lambda: True)
    monkeypatch.setattr(module, "become", lambda _command: 0)
    module.PYTHON.parent.mkdir(parents=True)
    module.PYTHON.touch()
    monkeypatch.chdir(tmp_path)
    return module


def test_first_run_installs_the_lock_by_hash_and_the_project_without_reaching_outside_it(
    bootstrap: ModuleType, pip: Pip
) -> None:
    assert bootstrap.main(["practice"]) == 0
    assert pip.calls == [
        ("--require-hashes", "-r", str(bootstrap.LOCKS["run"])),
        ("--no-deps", "--no-build-isolation", "--editable", str(bootstrap.TOP)),
    ]


def test_later_runs_install_nothing(bootstrap: ModuleType, pip: Pip) -> None:
    bootstrap.main(["practice"])
    pip.calls.clear()
    assert bootstrap.main(["list", "personas"]) == 0
    assert pip.calls == []


def test_what_the_tests_need_is_enough_for_a_practice_and_not_the_other_way_round(
    bootstrap: ModuleType, pip: Pip
) -> None:
    bootstrap.main(["practice"])
    pip.calls.clear()
    bootstrap.main(["test"])
    assert pip.calls[0] == ("--require-hashes", "-r", str(bootstrap.LOCKS["test"]))
    (bootstrap.VENV / "bootstrap-run.stamp").unlink()
    pip.calls.clear()
    bootstrap.main(["practice"])
    assert pip.calls == []


@pytest.mark.parametrize("changed", ["run.lock", "pyproject.toml"])
def test_change_of_what_is_installed_is_noticed(bootstrap: ModuleType, pip: Pip, changed: str) -> None:
    bootstrap.main(["practice"])
    pip.calls.clear()
    (bootstrap.TOP / changed).write_text("changed\n", encoding="ascii")
    bootstrap.main(["practice"])
    assert pip.calls


def test_set_up_that_stopped_is_begun_again(
    bootstrap: ModuleType, pip: Pip, capsys: pytest.CaptureFixture[str]
) -> None:
    pip.fails = True
    assert bootstrap.main(["practice"]) == 2
    assert "the set-up stopped" in capsys.readouterr().err
    pip.fails = False
    pip.calls.clear()
    assert bootstrap.main(["practice"]) == 0
    assert len(pip.calls) == 2


def test_arguments_go_to_the_program_and_after_test_to_pytest(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "become", lambda command: became.append(command) or 0)
    bootstrap.main(["practice", "x y", "--plain"])
    bootstrap.main(["test", "-k", "gate"])
    assert [command[1:] for command in became] == [
        ["-P", "-m", "simulator", "practice", "x y", "--plain"],
        ["-m", "pytest", "-k", "gate"],
    ]


def test_older_python_is_told_which_is_needed(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (9, 0))
    assert bootstrap.main(["practice"]) == 2
    assert "Python 9.0 or later is needed" in capsys.readouterr().err
