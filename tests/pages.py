"""What a browser makes of a page, for tests of pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Reader(HTMLParser):
    """What a browser makes of a page: its tags with their attributes' names, and the words it shows."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action", "xlink:href"}]

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self.tags.append(("comment", ()))

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        self.tags.append(("instruction", ()))


def flat(words: str) -> str:
    """The words without white space: where a page breaks a line says nothing."""
    return re.sub(r"\s+", "", words)
