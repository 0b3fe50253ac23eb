"""One session taken out of the app: its transcript as a file, its report as a page in a browser."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.errors import BadInput
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.events import SessionStarted
    from simulator.settings import Settings

LONGEST = 20
"""Seconds until a browser that does not come is given up."""


def export(settings: Settings, started: SessionStarted) -> Path:
    """Write the transcript as Markdown into the working folder; what it is called tells scenario and session.

    Raises BadInput where nothing can be written there, StoreError.
    """
    from simulator import assemble  # noqa: PLC0415 -- after the first paint
    from simulator.exchange.files import write_whole  # noqa: PLC0415
    from simulator.exchange.kept import kept  # noqa: PLC0415
    from simulator.exchange.names import file_name  # noqa: PLC0415
    from simulator.exchange.write import WRITERS  # noqa: PLC0415
    from simulator.exchange.written import keep_track  # noqa: PLC0415

    transcript = kept(assemble.store(settings), started.session).transcript
    target = Path(f"{file_name(f'{started.persona}-{started.session}')}.md")
    write_whole(WRITERS["md"](transcript), target)
    keep_track(settings.home, target, [started.session])
    return target


def report(settings: Settings, started: SessionStarted) -> Path:
    """Write the report, as `mot report` makes it, into the data folder. Raises BadInput for no grade, StoreError."""
    from simulator import assemble, courses  # noqa: PLC0415 -- after the first paint
    from simulator.exchange.files import write_whole  # noqa: PLC0415
    from simulator.reports.html import session_html  # noqa: PLC0415

    text = session_html([courses.page(settings, assemble.store(settings), started.session)])
    target = assemble.report_page(settings, started.session)
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BadInput(say("{output}: not written: {reason}", output=target.parent, reason=error.strerror)) from error
    write_whole(text, target)
    return target


def show(page: Path) -> None:
    """Show a page in the browser, if there is one. It runs apart: what browsers print, and those that draw in the
    terminal, would spoil the screen.
    """
    with suppress(OSError, subprocess.TimeoutExpired):  # whoever shows it has told where it is
        subprocess.run(  # noqa: S603 -- our own interpreter, and the address of a file we wrote
            [sys.executable, "-m", "webbrowser", page.resolve().as_uri()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=LONGEST,
            check=False,
        )
