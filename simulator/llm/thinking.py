"""Takes a model's thinking out of its reply.

Servers give it a field of its own, or leave it in the text: between `<think>` and `</think>` (or `<thinking>`), or,
where the chat template has opened it already, with the closing tag alone. The tags are looked for in any case: where
no template writes them but the model itself, it spells them as it likes.
"""

from __future__ import annotations

import re
from typing import Literal

Seen = Literal["tagged", "untagged", "none"]

_TAG = re.compile("<(?P<closing>/?)think(?:ing)?>", re.IGNORECASE | re.ASCII)
_CLOSING = re.compile("</think(?:ing)?>", re.IGNORECASE | re.ASCII)
_TAGS = ("<think>", "</think>", "<thinking>", "</thinking>")
_LONGEST = max(map(len, _TAGS))


class Thinking:
    """A reply's speech, piece by piece, its thinking left out. It reads what the text gate has let through.

    `untagged` says whether this model's thinking ends in a closing tag that nothing opened. True or None (not known):
    everything is held back until that tag, an opening tag at the very start, or the end. False: speech passes at once.
    `seen` is what this reply turned out to have, final after `close`.

    The first closing tag ends thinking however often it was opened: templates and models both open it, or thinking
    speaks of the tag. What is never closed is all thinking. White space at the start of speech is left out.
    """

    def __init__(self, *, untagged: bool | None) -> None:
        self.seen: Seen = "none"
        self._waiting = untagged is not False
        self._thinking = False
        self._held = ""  # while waiting all there is, otherwise what may become a tag
        self._spaced = True  # nothing or white space was said last
        self._skipping = True  # white space that comes next is left out

    def feed(self, piece: str) -> str:
        """What may be shown now. A `<` that may begin a tag comes with what follows it."""
        already, text = len(self._held), self._held + piece
        if self._waiting:
            text = text.lstrip()
            text = self._from_where_speech_begins(text, max(0, already - _LONGEST))
            if self._waiting:
                self._held = text
                return ""
        shown: list[str] = []
        start = 0
        for tag in _TAG.finditer(text):
            shown.append(self._spoken(text[start : tag.start()]))
            self._turn(tag)
            start = tag.end()
        self._held = _beginning_of_tag(text[start:])
        shown.append(self._spoken(text[start : len(text) - len(self._held)]))
        return "".join(shown)

    def close(self) -> str:
        """What was still held back, now that nothing follows.

        Not for a reply that broke off while `untagged` is True: what is held is thinking then.
        """
        self._waiting = False
        shown = self.feed("")
        rest, self._held = self._held, ""
        return shown + self._spoken(rest)

    def _from_where_speech_begins(self, text: str, unread: int) -> str:
        """The text without thinking that nothing opened, and no longer waiting; all of it while that is not known."""
        opening = _TAG.match(text)
        if opening and not opening["closing"]:
            self._waiting = False
        elif closing := _CLOSING.search(text, unread):
            self._waiting = False
            self.seen = "untagged"
            return text[closing.end() :]
        return text

    def _turn(self, tag: re.Match[str]) -> None:
        """Go into thinking or out of it."""
        self._thinking = not tag["closing"]
        if self._thinking:
            self.seen = "tagged"
            return
        if self.seen == "none":  # said already what was thought: the next reply is to be held back
            self.seen = "untagged"
        self._skipping = self._spaced

    def _spoken(self, text: str) -> str:
        """The text as it may be shown: nothing while thinking, and no white space where speech begins."""
        if self._thinking:
            return ""
        if self._skipping:
            text = text.lstrip()
        if text:
            self._skipping = False
            self._spaced = text[-1].isspace()
        return text


def _beginning_of_tag(text: str) -> str:
    """The end of the text that may yet become a tag, or nothing."""
    start = text.rfind("<")
    tail = text[start:].lower() if start >= 0 else ""
    return text[start:] if tail and any(tag.startswith(tail) for tag in _TAGS) else ""
