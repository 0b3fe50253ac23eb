"""Work that processes share comes to its end, or to a line that says why it did not."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from simulator.errors import MomentError
from simulator.processes import shared

NAPPING = """
import sys, time
from pathlib import Path
from simulator.processes import shared

def nap(home):
    try:
        print("asleep", flush=True)
        time.sleep(600)
    finally:
        Path(home, "cleaned").touch()

if __name__ == "__main__":
    try:
        list(shared(nap, [sys.argv[1]] * 5, 2))
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize("jobs", [1, 2, 64])
def test_each_task_is_done_once(jobs: int) -> None:
    assert sorted(shared(abs, [-3, 1, -2], jobs)) == [1, 2, 3]


def test_nothing_to_do_begins_no_process() -> None:
    assert list(shared(abs, [], 2)) == []


@pytest.mark.parametrize("tasks", [1, 2])
def test_one_job_or_one_task_stays_in_this_process(tasks: int) -> None:
    done = shared(lambda _: os.getpid(), [0] * tasks, 1 if tasks > 1 else 2)  # what has no name could not be sent
    assert set(done) == {os.getpid()}


def test_several_tasks_are_done_elsewhere() -> None:
    assert os.getpid() not in set(shared(partial(eval, "__import__('os').getpid()"), [{}, {}], 2))


def test_garbage_is_looked_for_as_seldom_as_here() -> None:
    before = gc.get_threshold()
    gc.set_threshold(54_321)
    try:
        found = set(shared(partial(eval, "__import__('gc').get_threshold()"), [{}, {}], 2))
    finally:
        gc.set_threshold(*before)
    assert found == {(54_321, *before[1:])}


def test_a_process_that_ends_does_not_look_through_what_goes_anyway() -> None:
    code = (
        "import atexit, gc\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))\n"  # asked last: the last to come is the first to go
        "from simulator.__main__ import main\n"
        "main(['--version'])"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.endswith("True\n")


def test_a_process_that_dies_is_an_error() -> None:
    with pytest.raises(MomentError, match="ended too early"):
        list(shared(os._exit, [0, 0, 0], 2))


def test_what_goes_wrong_in_a_task_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(shared(partial(divmod, 1), [0, 0], 2))


def napping(folder: Path, **how: bool) -> subprocess.Popen[str]:
    """A program that shares naps of ten minutes, once one of them is taken; the others may be on their way."""
    script = folder / "napping.py"
    script.write_text(NAPPING, "utf-8")
    child = subprocess.Popen(
        [sys.executable, str(script), str(folder)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **how,  # type: ignore[call-overload]
    )
    assert child.stdout.readline() == "asleep\n"
    return child


@pytest.mark.skipif(sys.platform == "win32", reason="a group of processes cannot be interrupted there")
def test_an_interrupt_ends_the_processes_without_a_word_and_lets_them_clean_up(tmp_path: Path) -> None:
    with napping(tmp_path, start_new_session=True) as child:
        os.killpg(child.pid, signal.SIGINT)
        try:
            _, told = child.communicate(timeout=60)
        finally:
            child.kill()
    assert (child.returncode, told) == (130, "")
    assert (tmp_path / "cleaned").exists()


def test_no_process_outlives_the_one_that_began_it(tmp_path: Path) -> None:
    with napping(tmp_path) as child:
        child.kill()
        child.communicate(timeout=60)  # its streams end when the last that holds them is gone
