"""`mot practice --record` and `mot replay`, and the pytest plugin, as trainers and their CI use them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from simulator.errors import BadInput
from simulator.recording.bench import practise
from simulator.recording.recording import FILE

if TYPE_CHECKING:
    from tests.functional.conftest import Run

TOP = Path(__file__).parents[2]
PERSONA = "s02-forgotten-ticket"
LINES = (
    "That's a horrible moment. What is waiting for you over there today?",
    "So the whole deal hangs on two o'clock. What else did you leave in that room?",
    "I'll ask the hotel to send it over at once. Would that do for you?",
)
CHINESE = ("您先别急，今天那边有什么事在等您？", "房间里还落下了什么？", "我现在就请酒店送过来，这样可以吗？")


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "lines.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


def record(mot: Run, script: Path, folder: str | Path, *more: str, persona: str = PERSONA) -> None:
    code, _, err = mot("practice", persona, "--language", "en", "--script", script, "--record", folder, *more)
    assert code == 0, err


def changed_persona(tmp_path: Path) -> None:
    """In ./personas, where it goes before the shipped one."""
    text = (TOP / "personas" / f"{PERSONA}.yaml").read_text("utf-8")
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / f"{PERSONA}.yaml").write_text(text.replace("flight goes", "plane goes", 1), "utf-8")


def test_a_practice_is_recorded_and_replays(mot: Run, script: Path) -> None:
    record(mot, script, "recordings/one", "--learner", "Somebody")
    code, out, err = mot("replay", "recordings")
    assert (code, out) == (0, "recordings/one: as recorded\n"), err
    assert "recordings: 1, not as recorded: 0, unusable: 0" in err


def test_a_difference_is_shown_and_ends_with_one_and_is_taken_over_with_update(
    mot: Run, script: Path, tmp_path: Path
) -> None:
    record(mot, script, "rec")
    changed_persona(tmp_path)
    code, out, _ = mot("replay", "rec")
    assert code == 1
    assert f"persona {PERSONA} has changed (personas/{PERSONA}.yaml:" in out
    assert "[-flight-]{+plane+}" in out
    code, shown, err = mot("replay", "rec", "--update")
    assert (code, shown) == (0, out)
    assert "updated: rec" in err
    assert mot("replay", "rec")[0] == 0


@pytest.mark.parametrize("form", ["json", "junit", "github"])
def test_every_format_is_what_it_says(form: str, mot: Run, script: Path, tmp_path: Path) -> None:
    record(mot, script, "rec")
    changed_persona(tmp_path)
    code, out, _ = mot("replay", "rec", "--format", form)
    assert code == 1
    if form == "json":
        (result,) = json.loads(out)
        assert (result["outcome"], [drift["kind"] for drift in result["drifts"]]) == ("drift", ["persona"])
    elif form == "junit":
        assert re.search(r'<testsuite [^>]*tests="1"[^>]*failures="1"', out)
    else:
        assert out.startswith(f"::error file=personas/{PERSONA}.yaml,line=")


def test_a_damaged_recording_ends_with_two_and_the_others_are_played(mot: Run, script: Path) -> None:
    record(mot, script, "recordings/good")
    record(mot, script, "recordings/bad")
    file = Path("recordings/bad") / FILE
    file.write_text(file.read_text("utf-8").replace("  turn: 3\n", "  turn: x\n", 1), encoding="utf-8")
    code, out, _ = mot("replay", "recordings")
    assert code == 2
    bad, good = out.splitlines()
    assert re.match(r"recordings/bad: recordings/bad/recording\.yaml:\d+: events\[\d+\]\.turn: damaged", bad)
    assert good == "recordings/good: as recorded"


@pytest.mark.parametrize("recorded", ["offline", "with a model"])
def test_a_checkout_with_other_line_ends_replays(recorded: str, mot: Run, script: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rec"
    if recorded == "offline":
        record(mot, script, folder)
    else:
        copytree(TOP / "tests" / "cassettes" / "s02-good-en", folder)
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    code, out, err = mot("replay", folder)
    assert (code, out) == (0, f"{folder}: as recorded\n"), err


def test_a_recording_of_a_pack_with_other_line_ends_replays(mot: Run, script: Path, tmp_path: Path) -> None:
    (tmp_path / "personas").mkdir()
    file = tmp_path / "personas" / f"{PERSONA}.yaml"
    file.write_bytes((TOP / "personas" / file.name).read_bytes().replace(b"\n", b"\r\n"))
    record(mot, script, "rec")
    assert b"\r" not in (tmp_path / "rec" / "persona.yaml").read_bytes()
    assert mot("replay", "rec")[0] == 0
    file.unlink()
    assert mot("replay", "rec")[0] == 0


@pytest.mark.parametrize("left", [("persona.yaml", "rubric.yaml"), ("cassette.yaml",)])
def test_what_is_left_of_a_recording_is_unusable(left: tuple[str, ...], mot: Run, script: Path, tmp_path: Path) -> None:
    record(mot, script, "recordings/good")
    (tmp_path / "recordings/parcel").mkdir()
    for name in left:
        (tmp_path / "recordings/parcel" / name).write_text("x", "utf-8")
    code, out, err = mot("replay", "recordings")
    assert (code, out.splitlines()[1]) == (2, "recordings/parcel: recording.yaml is missing")
    assert "recordings: 2, not as recorded: 0, unusable: 1" in err
    assert mot("replay", "recordings/parcel")[0] == 2


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"just text", b"format: recording/9\n", b"a: b: c\n"])
def test_what_is_no_recording_is_one_clear_line(content: bytes, mot: Run, tmp_path: Path) -> None:
    (tmp_path / "rec").mkdir()
    (tmp_path / "rec" / FILE).write_bytes(content)
    code, out, err = mot("replay", "rec")
    assert code == 2
    assert out.count("\n") == 1
    assert "Traceback" not in err
    assert out.startswith("rec: rec/recording.yaml")


def test_folders_without_recordings_are_bad_input(mot: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "nowhere"):
        code, out, err = mot("replay", folder)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert folder in err


def test_a_taken_or_impossible_folder_is_refused_before_a_session_begins(mot: Run, script: Path) -> None:
    record(mot, script, "rec")
    before = mot("list", "sessions")[1]
    Path("file").write_text("in the way", "utf-8")
    for folder, says in (("rec", "holds a recording already"), ("file/rec", "file/rec")):
        code, _, err = mot("practice", PERSONA, "--language", "en", "--script", script, "--record", folder)
        assert code == 2
        assert says in err
    assert mot("list", "sessions")[1] == before


def test_a_practice_left_and_taken_up_again_is_one_recording(mot: Run) -> None:
    typed = f"{LINES[0]}\n"
    assert mot("practice", PERSONA, "--language", "en", "--plain", "--record", "rec", typed=typed)[0] == 0
    assert mot("replay", "rec")[:2] == (0, "rec: as recorded\n")
    code, _, err = mot("practice", "--resume", "--plain", "--record", "rec", typed=f"{LINES[1]}\n/hint\n/undo\n/end\n")
    assert code == 0, err
    assert mot("replay", "rec")[:2] == (0, "rec: as recorded\n")


def test_processes_share_the_work_and_the_results_keep_their_order(mot: Run, script: Path) -> None:
    for n in range(3):
        record(mot, script, f"recordings/{n}", "--seed", str(n))
    code, out, _ = mot("replay", "recordings", "--jobs", "2")
    assert (code, out) == (0, "".join(f"recordings/{n}: as recorded\n" for n in range(3)))


@pytest.mark.parametrize(
    ("zone", "locale", "seed"), [("Asia/Shanghai", "zh_CN.UTF-8", "1"), ("America/New_York", "C", "4321")]
)
def test_no_time_zone_locale_or_hash_seed_makes_a_difference(
    zone: str, locale: str, seed: str, mot: Run, tmp_path: Path
) -> None:
    for language, lines in (("en", LINES), ("zh-Hans", CHINESE), ("zh-Hant", CHINESE)):
        script = tmp_path / f"{language}.txt"
        script.write_text("\n".join(lines), encoding="utf-8")
        record(mot, script, f"recordings/{language}", "--language", language)
    environment = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "replay", "recordings", "--format", "json"],
        env={**os.environ, **environment, "PYTHONPATH": str(TOP)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert {one["outcome"] for one in json.loads(done.stdout)} == {"same"}


@pytest.fixture
def repository(tmp_path: Path, script: Path, mot: Run) -> Path:
    """A trainer's repository as docs/ci.md has it, with its tests, a persona, a script and a recording."""
    example = re.search(
        r"run by our tests -->\n```python\n(.*?)```", (TOP / "docs/ci.md").read_text("utf-8"), re.DOTALL
    )
    assert example
    (tmp_path / "test_personas.py").write_text(example[1], "utf-8")
    (tmp_path / "personas").mkdir()
    text = (TOP / "personas" / f"{PERSONA}.yaml").read_text("utf-8")
    (tmp_path / "personas/my-parcel.yaml").write_text(text.replace(f"id: {PERSONA}", "id: my-parcel", 1), "utf-8")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts/brush-off.txt").write_text("That's our policy.\nPlease call the other desk.", "utf-8")
    record(mot, script, "recordings/one", persona="my-parcel")
    return tmp_path


def pytest_in(repository: Path, *more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "simulator.recording.plugin", "-p", "no:cacheprovider", *more],
        env={**os.environ, "PYTHONPATH": str(TOP), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        encoding="utf-8",
        cwd=repository,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_documented_example_passes_in_a_trainers_repository(repository: Path) -> None:
    assert "3 passed" in pytest_in(repository)


def test_the_documented_workflow_passes_in_a_trainers_repository(repository: Path, mot: Run) -> None:
    steps = re.findall(r"- run: mot (.*)", (TOP / "docs/ci.md").read_text("utf-8"))
    assert [step.split()[0] for step in steps] == ["check", "replay"]
    assert not (repository / "rubrics").exists()
    for step in steps:
        code, out, err = mot(*step.split())
        assert (code, out.strip()) == (0, ""), err


def test_a_changed_persona_fails_the_trainers_test_and_says_why(repository: Path) -> None:
    file = repository / "personas/my-parcel.yaml"
    file.write_text(file.read_text("utf-8").replace("flight goes", "plane goes", 1), "utf-8")
    told = pytest_in(repository)
    assert "1 failed, 2 passed" in told
    assert "persona my-parcel has changed (personas/my-parcel.yaml:" in told
    assert "[-flight-]{+plane+}" in told
    assert "Traceback" not in told


def test_one_text_in_place_of_the_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="a list of texts, not one text"):
        practise(tmp_path, "my-parcel", "hi there")


def test_the_plugin_is_registered_and_loads_nothing_until_it_is_used() -> None:
    project = (TOP / "pyproject.toml").read_text("utf-8")
    assert '[project.entry-points.pytest11]\nmoments-of-truth = "simulator.recording.plugin"' in project
    source = (
        "import sys, pytest; old = {*sys.modules}; import simulator.recording.plugin; print(*sys.modules.keys() - old)"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True, cwd=TOP)
    loaded = set(done.stdout.split())
    assert {name for name in loaded if name.startswith("simulator")} == {
        "simulator",
        "simulator.recording",
        "simulator.recording.plugin",
    }
    assert not {name for name in loaded if not name.startswith("simulator")}
