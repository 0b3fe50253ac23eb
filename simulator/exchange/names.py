"""Names of files made from ids and from what people are called, fit for Linux, macOS and Windows alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from simulator.text_gate import clean

LONGEST = 100
"""Bytes of a name without its ending. File systems take 255, and a path of folders must fit too."""

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: signs, device names, no dot or space at the end.
_UNFIT = re.compile(r'[<>:"/\\|?*\s]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def file_name(wanted: str) -> str:
    """A name for a file or folder that reads like `wanted`: one step of a path, never hidden, never a device."""
    name = _UNFIT.sub("-", clean(wanted)).strip("-. ")
    if len(name.encode()) > LONGEST:
        name = f"{name.encode()[: LONGEST - 9].decode(errors='ignore').rstrip('-. ')}-{_mark(wanted)}"
    return f"_{name}" if not name or _DEVICE.fullmatch(name) else name


def file_names(wanted: Iterable[str]) -> dict[str, str]:
    """A name for each, no two of which any file system takes for one."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for one in wanted:
        name = file_name(one)
        if name.casefold() in taken:
            name = f"{name}-{_mark(one)}"
        names[one] = name
        taken.add(name.casefold())
    return names


def _mark(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
