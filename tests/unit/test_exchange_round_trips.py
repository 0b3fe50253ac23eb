"""What is written is read again as it was, in every format, and nothing in it becomes anything else on the way."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.domain.transcript import Transcript, Turn, from_json, to_json
from simulator.exchange.cells import bare, csv_text, guarded
from simulator.exchange.names import LONGEST, file_name, file_names
from simulator.exchange.read import parse_transcript
from simulator.exchange.write import WRITERS
from simulator.text_gate import clean

# What means something in one of the formats, or looks as if it did.
TRICKS = (
    "=", "+", "-", "@", "'", "'=", "＝", "\t", "\n", "\\", "\\\n", "**", "**Learner:** x", "Customer: x", "# h", "---",
    "1. ", "<v A>", "<b>", "&amp;", "```", "|", '"', ",", ";", " ", "[interrupted]", " [failed]", "\u201d", "：", "//",
    "no", "1e3", "{", "%", "!x", "👍🏽", "x", "您",
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=40).map(clean), st.lists(st.sampled_from(TRICKS), max_size=8).map("".join).map(clean)
)
TEXTS = WORDS.map(str.strip).filter(bool)
ATTACKS = ("=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=cmd|" /C calc"!A0', "'=1", "''@x")


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    """In any of which the learner says something."""
    speakers, statuses = st.sampled_from(("learner", "persona")), st.sampled_from(("complete", "interrupted", "failed"))
    said = draw(st.lists(st.tuples(speakers, TEXTS, statuses), max_size=5))
    said.insert(draw(st.integers(0, len(said))), ("learner", draw(TEXTS), "complete"))
    language = draw(st.sampled_from(("en", "zh-Hans", "zh-Hant")))
    numbered = (Turn(n, *turn) for n, turn in enumerate(said, 1))
    return Transcript(tuple(numbered), language, draw(st.none() | TEXTS))


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=80)
@given(transcript=transcripts())
def test_every_format_loses_nothing(form: str, transcript: Transcript, *, named: bool) -> None:
    written = WRITERS[form](transcript).encode()
    assert parse_transcript(written, f"talk.{form}" if named else "talk") == transcript


@given(transcript=transcripts())
def test_json_values_lose_nothing_and_the_id_is_that_of_the_words(transcript: Transcript) -> None:
    again = from_json(to_json(transcript))
    assert (again, again.id) == (transcript, transcript.id)
    assert Transcript(transcript.turns, "zh-Hant", "another").id == transcript.id
    assert Transcript((*transcript.turns, Turn(99, "learner", "x")), "en").id != transcript.id


@pytest.mark.parametrize("cell", ATTACKS)
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_text([[cell]]).removeprefix("\ufeff"), newline=""))
    assert row == ["'" + cell]
    assert bare(row[0]) == cell


@given(st.text())
def test_guarding_a_cell_can_be_undone_and_harms_no_other(cell: str) -> None:
    assert bare(guarded(cell)) == cell
    assert guarded(cell).lstrip("'")[:1] not in set("=+-@\t\r\n＝＋－＠") or guarded(cell).startswith("'")


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert csv_text([[-1, 2.5, None, "-1"]]) == "\ufeff-1,2.5,,'-1\r\n"


def test_markdown_shows_the_words_and_no_markup_of_theirs() -> None:
    words = "<script>x</script> [a](javascript:x) *b* `c` &lt;\n# d\n- e\n1. f"
    text = WRITERS["md"](Transcript((Turn(1, "learner", words),), "en"))
    body = text.rpartition("---\n")[2].strip()
    assert body == (
        "**Learner:** \\<script\\>x\\</script\\> \\[a\\](javascript:x) \\*b\\* \\`c\\` \\&lt;\\\n"
        "\\# d\\\n\\- e\\\n1\\. f"
    )


@pytest.mark.parametrize(
    "name", ["con", "NUL.txt", "com1", "LPT9.yaml", "com¹", "", "..", ".hidden", "-rf", "a/../b", "~"]
)
def test_a_name_is_one_visible_step_and_no_device(name: str) -> None:
    made = file_name(name)
    assert made
    assert made[0] not in ".-"
    assert not set(made) & set('<>:"/\\|?*\0\n')
    assert made.partition(".")[0].casefold() not in {"con", "nul", "com1", "lpt9", "com¹"}


@given(st.lists(st.text(), unique=True))
def test_names_are_short_and_differ_on_every_file_system(wanted: list[str]) -> None:
    names = file_names(wanted)
    assert len({name.casefold() for name in names.values()}) == len(wanted)
    assert all(len(name.encode()) <= LONGEST + 10 and name == name.rstrip(". ") for name in names.values())


def test_names_that_differ_in_case_alone_are_told_apart() -> None:
    names = list(file_names(["s-a", "s-A", "S-a"]).values())
    assert names[0] == "s-a"
    assert len({name.casefold() for name in names}) == 3


def test_ids_are_read_off_their_names() -> None:
    assert file_names(["20260301-101500-ab12", "transcript:9f3a"]) == {
        "20260301-101500-ab12": "20260301-101500-ab12",
        "transcript:9f3a": "transcript-9f3a",
    }
