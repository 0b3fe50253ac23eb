"""The house as a whole: what the core loads, what the locks hold, and how the command line answers."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from simulator import __version__

TOP = Path(__file__).parents[2]
FOREIGN = {"textual", "openai", "sqlalchemy", "vcr", "ray"}
HEAVY = {*FOREIGN, "jsonschema", "rich", "ruamel", "yaml", "opencc", "rapidfuzz", "typer", "platformdirs", "asyncio"}
ALL_BUT_THE_APP = """
import importlib, pkgutil, simulator
for module in pkgutil.walk_packages(simulator.__path__, "simulator."):
    if not module.name.startswith("simulator.tui."):
        importlib.import_module(module.name)
"""


def loaded_by(program: str) -> set[str]:
    """The top-level names a Python process holds after running `program`."""
    source = (
        f"import sys\n{program}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True, cwd=TOP)
    return set(done.stderr.split())


def mot(*arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *arguments], capture_output=True, input=stdin, check=False
    )


def test_nothing_but_the_app_loads_a_toolkit_an_endpoint_a_database_or_a_cluster_by_being_imported() -> None:
    loaded = loaded_by(ALL_BUT_THE_APP)
    assert "simulator" in loaded
    assert not loaded & FOREIGN


def test_version_loads_next_to_nothing() -> None:
    loaded = loaded_by("import simulator.__main__\nsimulator.__main__.main(['--version'])")
    assert "simulator" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize("command", ["practice", "grade", "explain", "list", "show", "check"])
def test_help_loads_the_command_line_and_nothing_that_works(command: str) -> None:
    loaded = loaded_by(f"import simulator.__main__\nassert simulator.__main__.main(['{command}', '--help']) == 0")
    assert "typer" in loaded
    assert not loaded & (HEAVY - {"typer"})


def test_version_is_the_packages() -> None:
    for flag in ("--version", "-V"):
        done = mot(flag)
        assert done.stdout.decode().split() == ["mot", __version__]
        assert done.returncode == 0


def test_every_command_has_an_example() -> None:
    commands = re.findall(r"^  (\w+)  ", mot("--help").stdout.decode().partition("Commands:")[2], re.MULTILINE)
    assert {"practice", "grade", "explain", "list", "show", "check"} <= set(commands)
    for command in commands:
        assert f"Example: mot {command}" in mot(command, "--help").stdout.decode()


def test_locks_hold_what_the_project_names_with_hashes_and_no_address() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    runtime, build = named(project["project"]["dependencies"]), named(groups["build"])
    tools = named(entry for entry in groups["dev"] if isinstance(entry, str))
    run, everything = (locked(TOP / name) for name in ("requirements-run.lock", "requirements.lock"))
    assert runtime | build <= run.keys()
    assert run.items() <= everything.items()
    assert tools <= everything.keys()
    assert not tools & run.keys()


def named(requirements: Iterable[str]) -> set[str]:
    """The names in a list of requirements, as a lock spells them."""
    return {re.split(r"[<>=~! ]", entry)[0].replace(".", "-") for entry in requirements}


def locked(lock: Path) -> dict[str, str]:
    """Names and versions in a lock, each of which must carry a hash."""
    text = lock.read_text("utf-8")
    assert "://" not in text
    entries = [entry for entry in re.split(r"^(?=\w)", text, flags=re.MULTILINE) if "==" in entry]
    assert all("--hash=sha256:" in entry for entry in entries)
    return dict(re.match(r"([^=\[]+)[^=]*==(\S+)", entry).groups() for entry in entries)  # type: ignore[union-attr]
