"""Commands at the edge of what they are given: odd names and paths, links, closed streams, lines that are too long."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
FIXTURES = Path(__file__).parents[1] / "fixtures" / "packs"
TICKET = "s02-forgotten-ticket"
PRACTICE = ("practice", TICKET, "--language", "en", "--seed", "1")
LINE = "What is waiting for you over there today?\n"

Run = Callable[..., tuple[int, str, str]]


def test_a_link_keeps_pointing_and_its_target_is_written(mot: Run, talk: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "there" / "result.txt")
    assert mot("grade", talk, "-o", link)[0] == 0
    assert link.is_symlink()
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["result.txt"]
    assert link.read_text("utf-8") == mot("grade", talk)[1]


def test_a_pipe_is_written_to_and_stays(mot: Run, talk: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert mot("grade", talk, "--format", "json", "-o", pipe) == (0, "", "")
        assert json.loads(os.read(reader, 1 << 16))["format"] == "scorecard/1"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def in_a_process(*arguments: str, folder: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    command = f'{before} "{sys.executable}" -m simulator {" ".join(arguments)}'
    found = {**os.environ, "PYTHONPATH": str(TOP)}
    return subprocess.run(
        ["sh", "-c", command],  # noqa: S607 -- every system that has streams to close has one
        capture_output=True, encoding="utf-8", cwd=folder, env=found, check=False,
    )  # fmt: skip


def test_standard_output_by_its_other_name_is_added_to(talk: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("before\n", encoding="utf-8")
    done = in_a_process("grade", talk.name, "-o", "/dev/stdout", ">>", log.name, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    first, *rest = log.read_text("utf-8").splitlines()
    assert first == "before"
    assert rest


@pytest.mark.parametrize("output", ["", "/", "none/x", "a" * 300, "loop"])
def test_an_output_that_can_be_no_file_is_bad_input(mot: Run, talk: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    code, out, err = mot("grade", talk, "-o", output)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "not written: " in err


def test_a_limit_on_file_sizes_counts_as_a_full_disk(
    mot: Run, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_big(_descriptor: int) -> None:
        raise OSError(errno.EFBIG, "File too large")

    monkeypatch.setattr("os.fsync", too_big)
    code, _, err = mot("grade", talk, "-o", tmp_path / "result.txt")
    assert (code, err.count("\n")) == (4, 1)


@pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("arguments", ["--version", "list rubrics", f"practice {TICKET}"])
def test_closed_streams_lead_nowhere(tmp_path: Path, arguments: str, closing: str) -> None:
    done = in_a_process(arguments, closing, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", ["--version", "list rubrics"])
def test_a_full_standard_output_is_said_in_one_line(tmp_path: Path, arguments: str) -> None:
    done = in_a_process(arguments, ">/dev/full", folder=tmp_path)
    assert done.returncode == 4
    assert done.stderr == f"mot: standard output: {os.strerror(errno.ENOSPC)}\n"


def test_narration_that_nobody_takes_costs_no_result(tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("What is waiting for you over there?\n")
    command = (sys.executable, "-m", "simulator", "practice", TICKET, "--script", "lines.txt", "--format", "json")
    left, told = os.pipe()
    os.close(left)
    with os.fdopen(told, "wb") as nobody:
        found = {**os.environ, "PYTHONPATH": str(TOP)}
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=nobody, cwd=tmp_path, env=found, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["ended"] == "script"


def test_an_interruption_while_the_program_loads_is_quiet() -> None:
    early = (
        "import os, signal, sys\n"
        "class Early:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Early())\n"
        "from simulator.__main__ import main\n"
        "sys.exit(main(['list', 'rubrics']))\n"
    )
    done = subprocess.run([sys.executable, "-c", early], capture_output=True, cwd=TOP, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, b"", b"")


@pytest.mark.skipif(sys.platform == "win32", reason="it has no pseudo-terminals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_app_gives_the_terminal_back_when_it_is_stopped_from_outside(number: int) -> None:
    import pty  # noqa: PLC0415 -- as above

    ours, theirs = pty.openpty()
    found = {**os.environ, "PYTHONPATH": str(TOP), "TERM": "xterm-256color"}
    app = subprocess.Popen((sys.executable, "-m", "simulator"), stdin=theirs, stdout=theirs, stderr=theirs, env=found)
    os.close(theirs)
    shown = b""
    while b"s01" not in shown and b"Next" not in shown:
        shown += os.read(ours, 65536)
    app.send_signal(number)
    try:
        while b"\x1b[?1049l" not in shown:  # back from the screen that is the app's own
            shown += os.read(ours, 65536)  # OSError: it went without
        assert app.wait(timeout=60) == 128 + number
    finally:
        app.kill()
        app.wait()
        os.close(ours)


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be interrupted alone there")
def test_waiting_for_a_line_to_explain_is_interrupted_at_once() -> None:
    found = {**os.environ, "PYTHONPATH": str(TOP)}
    command = (sys.executable, "-m", "simulator", "explain", "-")
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=found, **streams) as asked:
        assert asked.stdin
        assert asked.stdout
        asked.stdin.write(b"Hello?\n")
        asked.stdin.flush()
        assert b"acts" in asked.stdout.readline()
        asked.send_signal(signal.SIGINT)
        try:
            assert asked.wait(timeout=60) == 130
        finally:
            asked.kill()


@pytest.mark.parametrize("name", ["\udcff", "a\nb", "x" * 81, "\x1b[2J"])
def test_a_learners_name_is_one_short_printable_line(mot: Run, name: str) -> None:
    code, out, err = mot(*PRACTICE, "--learner", name)
    assert (code, out) == (2, "")
    assert err == "mot: a learner's name is one line of at most 80 characters\n"


def test_a_learners_name_is_kept_without_what_steers_a_terminal(mot: Run) -> None:
    mot(*PRACTICE, "--learner", " \x1b]0;owned\x07Ana\u202e ", typed="")
    assert json.loads(mot("list", "sessions", "--format", "json")[1])[0]["learner"] == "Ana"


def test_file_names_are_shown_without_what_steers_a_terminal(mot: Run, talk: Path, tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b[2J\udcff\nb.txt"
    shutil.copy(talk, odd)
    assert "\x1b" not in mot("grade", odd, talk)[1]
    result = tmp_path / "result.json"
    assert mot("grade", odd, talk, "--format", "json", "-o", result)[0] == 0
    assert json.loads(result.read_text("utf-8"))[0]["subject"] == f"{tmp_path}/a b.txt"
    pack = odd.rename(tmp_path / "a\x9b2J.yaml")
    for form in ("full", "json"):
        assert "\x9b" not in "".join(mot("check", pack, "--format", form)[1:])


def test_an_unknown_command_is_echoed_clean_and_short(mot: Run) -> None:
    err = mot(*PRACTICE, typed=f"/\x1b[2Jno{'x' * 500}\n")[2]
    (told,) = [line for line in err.splitlines() if line.startswith("no command")]
    assert told.startswith("no command /noxxx")
    assert len(told) < 120


def test_the_tail_of_an_overlong_line_is_no_turn_of_its_own(mot: Run) -> None:
    _, out, err = mot(*PRACTICE, typed="x" * 300_000 + " What happened?\n" + "x" * ((1 << 17) - 1) + "\n" + LINE)
    assert err.count("at most 4,000") == 2
    assert out.count("Daniel Reyes: ") == 2


def test_a_note_of_nothing_visible_is_refused_and_the_practice_goes_on(mot: Run) -> None:
    code, out, err = mot(*PRACTICE, typed="/notes \u202e\n/notes  a word \n" + LINE)
    assert code == 0
    assert "an empty note is no note" in err
    assert "  · a word" in err
    assert out.count("Daniel Reyes: ") == 2


def test_a_pack_nobody_can_read_is_named_and_hides_no_other(mot: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / "personas").mkdir(parents=True)
    (mine / "personas" / "gone.yaml").symlink_to("nowhere.yaml")
    shutil.copy(FIXTURES / "personas" / "wet-books.yaml", mine / "personas")
    for command in (["list", "personas"], []):
        code, out, err = mot("--packs", mine, *command)
        assert code == 0
        assert "wet-books" in out
        assert err.count("\n") == 1
        assert "gone.yaml" in err
    code, out, err = mot("check", mine, "--format", "concise")
    assert (code, out.count("\n")) == (2, 1)
    assert "gone.yaml:1:1: P025: " in out
    assert err.startswith("files checked: 2, to mend: 1")


LONG = "a" * 300


@pytest.mark.parametrize(
    "arguments",
    [
        ("grade", f"{LONG}.txt"),
        ("grade", LONG),
        ("check", LONG),
        ("--packs", LONG, "list", "personas"),
        ("practice", f"{LONG}.yaml"),
        ("practice", TICKET, "--script", LONG),
    ],
)
def test_a_name_that_is_too_long_is_bad_input(mot: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = mot(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert LONG[:50] in err
    assert "standard output" not in err


@pytest.mark.parametrize("arguments", [("list", "personas"), ("check",), ("check", "x.yaml"), ("grade", "x.txt")])
def test_a_working_folder_that_is_gone_is_bad_input(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = in_a_process(*arguments, folder=gone, before=f'rmdir "{gone}";')
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard output" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("mot: ")
    assert "Traceback" not in done.stderr


def test_a_pack_elsewhere_can_be_checked_from_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    pack = shutil.copy(FIXTURES / "personas" / "wet-books.yaml", tmp_path)
    done = in_a_process("check", str(pack), folder=gone, before=f'rmdir "{gone}";')
    assert done.returncode == 0, done.stderr


def english_only(folder: Path, kind: str, name: str) -> None:
    """A copy of a pack that says it is in English alone."""
    source = (TOP / kind / f"{name}.yaml").read_text("utf-8")
    (folder / kind).mkdir()
    (folder / kind / f"{name}.yaml").write_text(
        source.replace("languages: [en, zh-Hans]", "languages: [en]", 1), encoding="utf-8"
    )
    assert "languages: [en]" in (folder / kind / f"{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize(("kind", "name"), [("personas", TICKET), ("rubrics", "moments-of-truth")])
def test_a_language_must_be_offered_by_persona_and_rubric(mot: Run, tmp_path: Path, kind: str, name: str) -> None:
    english_only(tmp_path, kind, name)
    code, out, err = mot("practice", TICKET, "--language", "zh-Hans", typed="")
    assert (code, out) == (2, "")
    assert err.endswith("en\n")
    assert json.loads(mot("list", "sessions", "--format", "json")[1]) == []
    (tmp_path / "zh.txt").write_text("顾客：我的票丢了。\n学员：您什么时候要用？\n", encoding="utf-8")
    code, out, err = mot("grade", "zh.txt", "--persona", TICKET)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"{name} is not available in zh-Hans; there is en" in err
