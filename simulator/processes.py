"""Work that processes share: the one way in which they are begun, interrupted, and missed when one of them dies."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Generator, Sequence
from threading import Thread
from typing import TypeVar

from simulator.errors import MomentError
from simulator.wording import say

Task = TypeVar("Task")
Done = TypeVar("Done")


def worth_beginning(tasks: int, each: int) -> int:
    """How many processes to begin for so many tasks, of which `each` take about as long as a process takes to begin."""
    return min(os.cpu_count() or 1, 1 + tasks // each)


def shared(work: Callable[[Task], Done], tasks: Sequence[Task], jobs: int) -> Generator[Done, None, None]:
    """Each task done, in the order in which they get ready; begun in the order given, by at most `jobs` processes.

    One job or one task stays in this process. `work` is a name in a module, and a process that begins speaks English
    until it is told otherwise. Raises what `work` raises, and MomentError where a process dies; what has not begun by
    then, or when nobody asks for more, is left undone.
    """
    if jobs == 1 or len(tasks) <= 1:
        yield from map(work, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415 -- only for those who share
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    # A fresh process each: what stands in for the network in a replay stands in for all of a process.
    pool = ProcessPoolExecutor(
        min(jobs, len(tasks)), get_context("spawn"), initializer=_begin, initargs=gc.get_threshold()
    )
    try:
        _interrupts("SIG_BLOCK")
        try:  # processes begin as we are
            begun = [pool.submit(_at_work, work, task) for task in tasks]
        finally:
            _interrupts("SIG_UNBLOCK")
        yield from (done.result() for done in as_completed(begun))
    except BrokenProcessPool as died:
        message = say("a process that shared the work ended too early: something stopped it, or memory ran out")
        raise MomentError(message) from died
    finally:  # whatever ended it: of what is waiting, each may ask a model some eighty times
        pool.shutdown(cancel_futures=True)


def _begin(*threshold: int) -> None:
    """A process that shares the work: it looks for garbage as seldom as the one that began it, and ends with it."""
    gc.set_threshold(*threshold)
    Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """Leave at once where the process that began this one is killed: nobody is left to take what is done."""
    from multiprocessing import parent_process  # noqa: PLC0415 -- only for those who share

    if first := parent_process():
        first.join()
        os._exit(1)


def _at_work(work: Callable[[Task], Done], task: Task) -> Done:
    """Do a task. It alone is interrupted, and cleans up after itself; a process that begins or waits says nothing."""
    try:
        try:
            _interrupts("SIG_UNBLOCK")
            return work(task)
        finally:
            _interrupts("SIG_BLOCK")
    except KeyboardInterrupt:
        _interrupts("SIG_BLOCK")  # it may have struck before the line above
        signal.raise_signal(signal.SIGINT)  # what was handed to this process already ends as it begins
        raise


def _interrupts(how: str) -> None:
    """Hold Ctrl-C back from here on, or let it through, what was held back first. Windows has no way to do that."""
    if sys.platform != "win32":
        signal.pthread_sigmask(getattr(signal, how), (signal.SIGINT,))
