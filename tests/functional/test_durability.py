"""What the store promises about durability, kept by processes that are killed, starved and damaged on purpose.

Run as a program (`python -m tests.functional.test_durability ROLE ...`), this file is one of those processes.
MOT_TEST_SCALE multiplies the sizes: 1 where it is not set, 10 in the nightly run.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NoReturn

import pytest

from simulator.domain.events import Event
from simulator.errors import BadInput, SessionBusy, StoreDamaged, StoreError
from simulator.store.store import Store, open_store
from tests.sessions import STEPS, Clock, begin, exchange, raw

SCALE = int(os.environ.get("MOT_TEST_SCALE") or "1")
KILLS = 200 * SCALE
FLIPS = 1000 * SCALE
LIVES = 20
"""How many processes, one after another, practise one session and are killed in it."""


def commits() -> Iterator[tuple[Event, ...]]:
    """The commits of a session that never ends, after the one that starts it."""
    return itertools.chain.from_iterable(exchange(n) for n in itertools.count())


def is_prefix(events: tuple[Event, ...]) -> bool:
    """Whether these are a session's first events, each once, in order, with no half of a commit."""
    expected = commits()
    rest = list(events[1:])
    while rest:
        commit = next(expected)
        if tuple(rest[: len(commit)]) != commit:
            return False
        del rest[: len(commit)]
    return True


# --- the roles -------------------------------------------------------------------------------------------------------


def practise(folder: Path, session: str, acknowledgements: int) -> NoReturn:
    """Go on with a session where it stands, noting each acknowledged commit, until killed."""
    store = open_store(folder, Clock())
    with store.writer(session) as writer:
        count = len(store.events(session))
        turns, rest = divmod(count - 1, sum(STEPS))
        for commit in itertools.islice(commits(), 2 * turns + (rest > 0), None):
            writer.append(commit)
            count += len(commit)
            os.write(acknowledgements, f"{session} {count}\n".encode())
    raise AssertionError("a session that never ends has ended")


def be_killed(folder: Path, kills: int, seed: int) -> None:
    """Fork practising children, so that imports are paid once, and kill each at a random instant.

    Every second one is killed after its first acknowledgement, however slow the machine is, the others at any time.
    """
    chance = Random(seed)  # noqa: S311 - instants, not secrets
    journal = folder / "sessions.db-journal"
    acknowledged: list[str] = []
    midway = 0
    for kill in range(kills):
        session = f"s-{kill // LIVES}"
        if kill % LIVES == 0:
            begin(open_store(folder, Clock()), session)
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                practise(folder, session, tell)
            except BaseException:  # noqa: BLE001 - whatever it is, the parent must see that it was no kill
                traceback.print_exc()
                os._exit(1)
        os.close(tell)
        with os.fdopen(told) as acknowledgements:
            first = acknowledgements.readline() if kill % 2 else ""
            time.sleep(chance.uniform(0, 0.03))
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                sys.exit(f"child {kill} ended by itself")
            acknowledged += (first + acknowledgements.read()).splitlines()
        midway += journal.exists()
    print(json.dumps({"acknowledged": acknowledged, "midway": midway}))  # noqa: T201 - the answer to the test


def hold(folder: Path, session: str) -> None:
    """Hold a session until told to write, then until killed."""
    with open_store(folder, Clock()).writer(session) as writer:
        print("held", flush=True)  # noqa: T201 - as above
        for commit, _ in zip(commits(), sys.stdin, strict=False):
            writer.append(commit)
            print("written", flush=True)  # noqa: T201 - as above


def starve(folder: Path, session: str) -> None:
    """Practise under a limit on file sizes, be refused, and go on when there is room."""
    store = open_store(folder, Clock())
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (folder / "sessions.db").stat().st_size
    refused = None
    with store.writer(session) as writer:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 16384, hard))
        for commit in itertools.islice(commits(), 60):
            try:
                writer.append(commit)
            except StoreError as error:
                refused = refused or str(error)
                resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
                writer.append(commit)
    print(json.dumps({"refused": refused}))  # noqa: T201 - as above


def endure(folder: Path, session: str) -> None:
    """Make eight commits, each tried up to three times, noting what was acknowledged and refused."""
    with open_store(folder, Clock()).writer(session) as writer:
        for commit in itertools.islice(commits(), 8):
            for _ in range(3):
                try:
                    writer.append(commit)
                except StoreError as error:
                    print("refused", type(error).__name__, error, flush=True)  # noqa: T201 - as above
                else:
                    print("acknowledged", len(commit), flush=True)  # noqa: T201 - as above
                    break


def lose_rights(folder: Path, session: str) -> None:
    """As a user who may read the store and write nothing: read, then try to write."""
    store = open_store(folder, Clock())
    store.writer(session).close()  # what is imported late must be in before the rights to read it are gone
    store._file.connect().close()
    tempfile.TemporaryFile(dir=folder).close()
    (folder / "sessions.db").chmod(0o444)
    (folder / "locks").chmod(0o555)
    (folder / "locks" / f"{session}.lock").chmod(0o444)
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.setuid(65534)
    store = open_store(folder, Clock())
    answers = {"events": len(store.events(session)), "refused": []}
    for use in (lambda: store.writer(session), lambda: begin(store, "s-2"), lambda: store.save_scorecard(session, {})):
        try:
            use()
        except StoreError as error:
            answers["refused"].append(str(error))
    print(json.dumps(answers))  # noqa: T201 - as above


# --- the tests -------------------------------------------------------------------------------------------------------


def role(*arguments: object) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "tests.functional.test_durability", *map(str, arguments)]


def answer(*arguments: object) -> dict[str, Any]:
    done = subprocess.run(role(*arguments), capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "home", Clock())


def test_no_acknowledged_turn_is_lost_when_processes_are_killed(store: Store) -> None:
    store.folder.mkdir()
    outcome = answer("be_killed", store.folder, KILLS, 20260101)

    acknowledged: dict[str, int] = {}
    for line in outcome["acknowledged"]:
        session, count = line.split()
        acknowledged[session] = int(count)
    assert len(store.sessions()) == KILLS // LIVES
    for summary in store.sessions():
        events = store.events(summary.id)  # raises if the chain is broken
        assert is_prefix(events)
        assert len(events) >= acknowledged.get(summary.id, 1)
    # Otherwise the kills would have shown nothing: they must have fallen into work, and into transactions.
    assert len(outcome["acknowledged"]) >= KILLS // 2
    assert outcome["midway"] > KILLS // 10


@contextmanager
def holder(store: Store, session: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(role("hold", store.folder, session), stdin=-1, stdout=-1, text=True)
    assert process.stdin
    assert process.stdout
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def seconds_until_refused(store: Store) -> float:
    before = time.perf_counter()
    with pytest.raises(SessionBusy):
        store.writer("s-1")
    return time.perf_counter() - before


def test_of_two_processes_one_writes_and_the_other_is_told_until_the_first_is_killed(store: Store) -> None:
    begin(store, "s-1")
    with holder(store, "s-1") as process:
        assert min(seconds_until_refused(store) for _ in range(3)) < 1  # a busy machine slows one try, not three
        assert process.stdin
        assert process.stdout
        process.stdin.write("go on\n")
        process.stdin.flush()
        assert process.stdout.readline() == "written\n"
        process.kill()
        process.wait()
        with store.writer("s-1") as heir:
            heir.append(exchange(0)[1])

    assert is_prefix(store.events("s-1"))
    assert len(store.events("s-1")) == 1 + sum(STEPS)


def test_a_file_that_may_not_grow_refuses_and_goes_on_with_nothing_lost_or_doubled(store: Store) -> None:
    begin(store, "s-1")

    outcome = answer("starve", store.folder, "s-1")

    assert "sessions.db" in str(outcome["refused"])
    assert is_prefix(store.events("s-1"))
    assert len(store.events("s-1")) == 1 + 30 * sum(STEPS)


def test_a_store_that_may_only_be_read_is_read_and_says_so_when_written() -> None:
    with tempfile.TemporaryDirectory() as place:  # not under tmp_path, which other users cannot enter
        Path(place).chmod(0o755)
        store = open_store(Path(place) / "home", Clock())
        begin(store, "s-1", exchanges=1)

        outcome = answer("lose_rights", store.folder, "s-1")
        store.folder.chmod(0o700)
        (store.folder / "locks").chmod(0o700)

    assert outcome["events"] == 5
    assert len(outcome["refused"]) == 3
    for line in outcome["refused"]:
        assert "cannot be used: Permission denied" in line


def test_every_flipped_byte_in_a_payload_is_noticed_and_the_good_prefix_salvaged(store: Store) -> None:
    written = begin(store, "s-1", exchanges=12)
    file = store.folder / "sessions.db"
    sound = file.read_bytes()
    payloads = [payload.encode() for (payload,) in raw(store, "SELECT payload FROM events ORDER BY seq")]
    places = [sound.index(payload) for payload in payloads]
    chance = Random(7)  # noqa: S311 - places, not secrets
    unnoticed = []
    for flip in range(FLIPS):
        event = chance.randrange(len(payloads))
        place = places[event] + chance.randrange(len(payloads[event]))
        with file.open("r+b") as handle:
            handle.seek(place)
            handle.write(bytes([sound[place] ^ 1 << chance.randrange(8)]))
        try:
            store.events("s-1")
        except StoreDamaged as noticed:
            assert f"session s-1 is damaged: event {event + 1} " in str(noticed)  # noqa: PT017 - once for each flip
        else:
            unnoticed.append((flip, place))
        if flip % 50 == 0 and event:
            damaged = file.read_bytes()
            copy = store.salvage("s-1")
            assert list(open_store(copy.folder, Clock()).events("s-1")) == written[:event]
            assert file.read_bytes() == damaged
        file.write_bytes(sound)
    assert unnoticed == []
    assert list(store.events("s-1")) == written


def test_a_flipped_byte_anywhere_in_the_file_never_changes_what_is_read(store: Store) -> None:
    written = begin(store, "s-1", exchanges=12)
    file = store.folder / "sessions.db"
    sound = file.read_bytes()
    chance = Random(8)  # noqa: S311 - as above
    noticed = 0
    for _ in range(300 * SCALE):
        place = chance.randrange(len(sound))
        changed = bytearray(sound)
        changed[place] ^= 1 << chance.randrange(8)
        file.write_bytes(changed)
        fresh = open_store(store.folder, Clock())
        try:
            read = fresh.events("s-1")
        except (StoreError, BadInput):
            noticed += 1
        else:
            assert list(read) == written[: len(read)], place
    assert noticed > 50 * SCALE


def test_a_page_that_cannot_be_read_leaves_what_comes_before_it(store: Store) -> None:
    written = begin(store, "s-1", exchanges=40)
    file = store.folder / "sessions.db"
    sound = file.read_bytes()
    (size,) = raw(store, "PRAGMA page_size")[0]
    (late,) = raw(store, "SELECT payload FROM events WHERE seq = 100")[0]
    page = sound.index(late.encode()) // size * size
    file.write_bytes(sound[:page] + bytes(size) + sound[page + size :])

    with pytest.raises(StoreDamaged, match="session s-1 is damaged: event"):
        store.events("s-1")
    salvage = store.salvage("s-1")
    assert 50 < salvage.events < 100
    assert list(open_store(salvage.folder, Clock()).events("s-1")) == written[: salvage.events]


def test_a_long_session_is_reopened_within_a_second(store: Store) -> None:
    begin(store, "s-1")
    with store.writer("s-1") as writer:
        writer.append([event for commit in itertools.islice(commits(), 200) for event in commit])
    fresh = open_store(store.folder, Clock())

    def seconds() -> float:
        before = time.perf_counter()
        with fresh.writer("s-1"):
            assert len(fresh.events("s-1")) == 401
        return time.perf_counter() - before

    assert min(seconds() for _ in range(3)) < 1  # a busy machine slows one try, not three


# How often each call is made until every place in a commit where it stands has had its turn. SQLite syncs files and
# folders alike with fdatasync.
CALLS = {"openat": 9, "pwrite64": 16, "fdatasync": 6, "unlink": 3}


@pytest.mark.soak
@pytest.mark.parametrize("fault", ["error=EIO", "error=ENOSPC", "signal=KILL"])
@pytest.mark.parametrize("call", CALLS)
def test_each_call_of_the_write_path_may_fail_once(store: Store, call: str, fault: str) -> None:
    file = store.folder / "sessions.db"
    told: list[str] = []
    killed = 0
    for when in range(1, CALLS[call] + 1):
        session = f"s-{when}"
        begin(store, session)
        injected = subprocess.run(
            ["strace", "-f", "--seccomp-bpf", "-qq", "-o", os.devnull]
            + [part for path in (file, f"{file}-journal", store.folder) for part in ("-P", str(path))]
            + ["-e", f"inject={call}:{fault}:when={when}"]
            + role("endure", store.folder, session),
            capture_output=True,
            text=True,
            check=False,
        )
        assert injected.returncode in {0, -signal.SIGKILL, 128 + signal.SIGKILL}, injected.stderr
        lines = injected.stdout.splitlines()
        acknowledged = 1 + sum(int(line.split()[1]) for line in lines if line.startswith("acknowledged"))
        events = store.events(session)
        assert is_prefix(events)
        assert len(events) >= acknowledged
        if injected.returncode:
            killed += 1
        else:
            assert len(events) == acknowledged == 1 + 4 * sum(STEPS), lines
        told += [line for line in lines if line.startswith("refused")]
    # Otherwise nothing was injected where it matters. Some faults SQLite itself gets over.
    assert (killed if "KILL" in fault else len(told)) >= 2
    if (call, fault) == ("pwrite64", "error=ENOSPC"):
        assert all(line.startswith("refused StoreFull") for line in told), told


if __name__ == "__main__":
    name, folder, *rest = sys.argv[1:]
    play = {part.__name__: part for part in (be_killed, hold, starve, endure, lose_rights)}[name]
    play(Path(folder), *(int(value) if value.isdigit() else value for value in rest))
