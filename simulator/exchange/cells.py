"""CSV that a spreadsheet opens without running anything in it, and that comes back as it was.

A cell that begins like a formula gets an apostrophe before it, and so does one that begins with apostrophes before
such a beginning: reading takes one away, and nothing else.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

BOM = "\ufeff"
"""What makes spreadsheets read UTF-8."""

# OWASP, "CSV Injection": = + - @, tab, carriage return and line feed; full-width signs where the locale takes them so.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def guarded(cell: str) -> str:
    """The cell as it may stand in a table."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """The cell as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def csv_text(rows: Iterable[Sequence[str | float | None]]) -> str:
    """The rows as a CSV file's text, its byte order mark included. Only texts are guarded; None is an empty cell."""
    table = io.StringIO(newline="")
    csv.writer(table).writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return BOM + table.getvalue()
