"""Checks the packs that ship while the program is built, and has what was found installed beside it.

Why, and why that is no verdict written down: docs/design/checked-when-built.md.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CheckedPacks(BuildHookInterface):  # type: ignore[type-arg] -- it asks nothing of what it is built with
    """Runs the program's own check over `personas` and `rubrics`; wheels and editable installations get the same."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling gives both
        """Have one more file installed."""
        sys.path.insert(0, self.root)
        from simulator.trainer.remembered import BUILT, Remembered  # noqa: PLC0415 -- it lies in what is being built

        self.made = Path(tempfile.mkdtemp())
        nothing = self.made / "nothing"  # what an earlier installation found is not believed
        kept = Remembered(self.made, "en", built=nothing)
        for folder in ("personas", "rubrics"):
            for file in sorted((Path(self.root) / folder).glob("*.yaml")):
                kept.lint(file.read_bytes(), file.name)
        kept.keep()
        build_data["shared_data"][str(self.made)] = BUILT.relative_to(sys.prefix).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Leave nothing behind."""
        shutil.rmtree(self.made)
