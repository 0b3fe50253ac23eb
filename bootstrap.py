"""Set up and start in one command, on a machine that has only Python 3.11 or later and pip.

    python3 bootstrap.py practice s02-forgotten-ticket     what `mot practice s02-forgotten-ticket` does
    python3 bootstrap.py test                              the tests

The first run makes `.venv` beside this file and installs the locked packages, each checked against its hash; later
runs start at once. Nothing outside `.venv` is changed. `test` hands its arguments to pytest; all else goes to `mot`.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent
VENV = TOP / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"run": TOP / "requirements-run.lock", "test": TOP / "requirements.lock"}
OLDEST = (3, 11)
BASE = getattr(sys, "_base_executable", sys.executable)
"""The Python that has pip, also where this file is run by the one in `.venv`, which has none."""


def main(arguments: list[str]) -> int:
    """Set up what `arguments` need, then become the program they name. Returns its exit code."""
    if sys.version_info < OLDEST:
        return refuse(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}")
    testing = arguments[:1] == ["test"]
    try:
        set_up("test" if testing else "run")
    except subprocess.CalledProcessError as error:
        return refuse(f"the set-up stopped: pip ended with {error.returncode}")
    except OSError as error:
        return refuse(f"the set-up stopped: {error}")
    if testing:
        os.chdir(TOP)
        return become([str(PYTHON), "-m", "pytest", *arguments[1:]])
    # -P: a folder called `simulator` where the person stands must not be taken for the program.
    return become([str(PYTHON), "-P", "-m", "simulator", *arguments])


def set_up(lock: str) -> None:
    """Bring `.venv` to what the lock says, unless a stamp shows that it already is."""
    wanted = fingerprint(LOCKS[lock])
    stamps = {name: VENV / f"bootstrap-{name}.stamp" for name in LOCKS}
    # What the tests need includes what a practice needs, and each stamp names its own lock.
    sufficient = ("run", "test") if lock == "run" else ("test",)
    if PYTHON.exists() and any(stamped(stamps[name]) == fingerprint(LOCKS[name]) for name in sufficient):
        return
    say(f"Setting up {VENV} (once; it takes about half a minute) ...")
    if not usable():
        import venv  # noqa: PLC0415 -- only the first run pays for it

        venv.EnvBuilder(clear=True, symlinks=os.name != "nt").create(VENV)
    pip("--require-hashes", "-r", str(LOCKS[lock]))
    pip("--no-deps", "--no-build-isolation", "--editable", str(TOP))
    stamps[lock].write_text(wanted, encoding="ascii")


def fingerprint(lock: Path) -> str:
    """What an environment depends on: the lock, the project's metadata, the Python, and where this folder is."""
    digest = hashlib.sha256()
    for part in (lock.read_bytes(), (TOP / "pyproject.toml").read_bytes(), sys.version.encode(), str(TOP).encode()):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def stamped(stamp: Path) -> str | None:
    """The fingerprint kept in a stamp file, or None."""
    return stamp.read_text(encoding="ascii") if stamp.exists() else None


def usable() -> bool:
    """Whether `.venv` holds a Python that runs, of the version this is."""
    if not PYTHON.exists():
        return False
    version = "import sys; print(*sys.version_info[:2])"
    answer = subprocess.run([str(PYTHON), "-c", version], capture_output=True, text=True, check=False)
    return answer.stdout.split() == [str(number) for number in sys.version_info[:2]]


def pip(*arguments: str) -> None:
    """Install into `.venv` with the pip of the Python that runs this file: a bare machine has no other.

    The person's pip settings hold (indexes, proxies, certificates) but for the two that would install elsewhere or
    ask a hash of this very folder.
    """
    environment = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_HASHES": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [BASE, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", *arguments]
    subprocess.run(command, check=True, env=environment, stdout=sys.stderr)


def become(command: list[str]) -> int:
    """Run `command` in place of this process where the system can, else wait for it. Returns its exit code."""
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 130


def say(message: str) -> None:
    """Narrate on standard error: standard output belongs to the program."""
    print(message, file=sys.stderr, flush=True)


def refuse(message: str) -> int:
    """Say why not. Returns the exit code of bad input."""
    say(f"bootstrap.py: {message}")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
