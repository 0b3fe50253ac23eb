"""The trainer's commands as a trainer uses them: a new pack, a drill, a preview that takes edits up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from simulator import practice as sessions
from simulator.cli import practice as cli_practice
from simulator.cli.line_mode import LineMode
from simulator.domain.opening import Choice, Opening
from simulator.packs.tree import read_tree
from simulator.store.store import open_store
from simulator.trainer.drill import drill
from simulator.trainer.drilled import Task
from simulator.trainer.preview import Preview
from simulator.tui import run as tui
from tests.endpoint import LoopbackEndpoint, Request, fails, says
from tests.endpoint import Play as Scripted
from tests.recorded import online, reader, settings_for
from tests.sessions import Clock

Run = Callable[..., tuple[int, str, str]]

PERSONAS = Path(__file__).resolve().parents[2] / "personas"
TICKET = "s02-forgotten-ticket"
ASKED = "What is waiting for you over there today?"


@pytest.mark.parametrize(
    "persona", ["s01-phone-for-xiaowang", TICKET, "s03-courier-never-came", "s04-forty-five-million"]
)
def test_a_shipped_persona_tells_its_learners_apart_in_both_languages(mot: Run, persona: str) -> None:
    code, out, err = mot("drill", persona, "--format", "json", "--jobs", "1")
    assert code == 0, out
    drills = json.loads(out)
    assert [one["language"] for one in drills] == ["en", "zh-Hans"]
    for one in drills:
        totals = {play["learner"]: play["total"] for play in one["learners"]}
        assert totals["expert"] >= 85
        assert all((totals[name] or 0) <= 30 for name in ("lazy", "pusher", "interrogator", "charmer", "injector"))
        assert len(one["learners"][0]["opened"]) == len(one["needs"])
    assert "below the bar: 0" in err


def test_a_need_that_opens_to_anybody_fails_the_drill(mot: Run, tmp_path: Path) -> None:
    pack = (PERSONAS / f"{TICKET}.yaml").read_text("utf-8")
    wide = pack.replace("- [alone, on your own,", "- [postcode, alone, on your own,")
    (tmp_path / f"{TICKET}.yaml").write_text(wide, "utf-8")
    code, out, _ = mot("drill", f"{TICKET}.yaml", "--language", "en")
    assert code == 1
    assert "! interrogator: need L2 opened to “What is your postcode?”" in out


def test_learners_have_names_in_the_language_of_whoever_asks(mot: Run) -> None:
    code, out, _ = mot("drill", "s01-phone-for-xiaowang", "--language", "zh-Hans")
    assert code == 0
    assert re.search(r"\n  专家 \d+、中等 \d+、敷衍 ", out)
    assert not re.search("expert|lazy|charmer", out)


def test_processes_share_the_work_and_the_results_keep_their_order(mot: Run) -> None:
    code, out, _ = mot("drill", TICKET, "s01-phone-for-xiaowang", "--language", "en", "--jobs", "2")
    assert code == 0
    assert re.findall(r"^(s\d\d)", out, re.MULTILINE) == ["s02", "s01"]


def test_nobody_is_drilled_who_is_not_there(mot: Run) -> None:
    code, _, err = mot("drill", "s02-forgoten-ticket")
    assert code == 2
    assert "did you mean 's02-forgotten-ticket'?" in err


def test_a_model_may_play_the_customer(tmp_path: Path) -> None:
    with LoopbackEndpoint(reader) as server:
        held = drill(Task(TICKET, "en"), online(tmp_path, server))
        assert any(request.streamed for request in server.requests)
    said = [turn.text for play in held.plays for turn in play.turns if turn.speaker == "persona" and turn.n > 1]
    assert said
    assert all("Well, you said" in line for line in said if line)
    assert all(play.usage for play in held.plays)


@pytest.mark.parametrize(("jobs", "most"), [("1", 2), ("2", 28)])
def test_where_nobody_answers_hardly_anything_is_tried_and_one_line_says_why(
    mot: Run, monkeypatch: pytest.MonkeyPatch, jobs: str, most: int
) -> None:
    with LoopbackEndpoint(lambda _: fails(401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("MOT_MODEL", "customer-7")
        code, out, err = mot("drill", "--jobs", jobs)
        assert 2 <= len(server.requests) <= most  # to have a line heard, and answered
    assert code == 3
    assert re.fullmatch(
        r"s\d\d-[a-z-]+ \((en|zh-Hans)\): not finished\n  expert -\n  ! expert: the conversation broke off: .*key.*\n",
        out,
    )
    told = err.splitlines()
    assert told[0] == "customer-7 plays the customer; drills: 28, some 80 requests each (--offline asks nobody)"
    assert told[-3:-1] == ["drilled: 0, below the bar: 0", "not finished: 28"]
    assert told[-1].startswith("mot: ")


def test_an_endpoint_that_stops_halfway_leaves_what_was_drilled_and_says_where_it_stopped(
    mot: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = iter(range(32))

    def answer(request: Request) -> Scripted:
        return reader(request) if next(left, None) is not None else fails(401)

    with LoopbackEndpoint(answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("MOT_MODEL", "customer-7")
        code, out, err = mot("drill", TICKET, "--language", "en", "--format", "json")
    assert code == 3
    plays = {play["learner"]: play for play in json.loads(out)[0]["learners"]}
    assert list(plays) == ["expert", "middling", "lazy"]
    assert plays["expert"]["broken"] == ""
    assert len(plays["lazy"]["turns"]) == 2
    assert err.splitlines()[-1].startswith("mot: ")


def test_what_a_model_gives_away_is_quoted(mot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(request: Request) -> Scripted:
        told = request.messages[-1]["content"]
        return says("I was promoted last week.") if told == "I'll pass it on." else reader(request)

    with LoopbackEndpoint(answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("MOT_MODEL", "customer-7")
        code, out, _ = mot("drill", TICKET, "--language", "en")
    assert code == 1
    assert re.search(r"^  ! lazy: need L\d leaked: “I was promoted last week\.”$", out, re.MULTILINE)


def test_a_new_persona_passes_the_linter_and_the_drill_and_finds_its_schema(mot: Run, tmp_path: Path) -> None:
    assert mot("new", "persona", "late-bicycle")[:2] == (0, "personas/late-bicycle.yaml\n")
    source = (tmp_path / "personas/late-bicycle.yaml").read_text("utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)", source)
    assert named
    schema = json.loads((tmp_path / "personas" / named[1]).read_text("utf-8"))
    jsonschema.validate(read_tree(source.encode()).value, schema)
    assert mot("check", "personas") == (0, "", "files checked: 1, to mend: 0, to consider: 0\n")
    assert mot("drill", "late-bicycle")[0] == 0


def test_a_new_rubric_passes_the_linter_and_grades(mot: Run) -> None:
    assert mot("new", "rubric", "short-one")[0] == 0
    assert mot("check", "rubrics") == (0, "", "files checked: 1, to mend: 0, to consider: 0\n")
    assert mot("drill", TICKET, "--language", "en", "--rubric", "short-one")[0] in {0, 1}


def test_no_file_is_overwritten(mot: Run, tmp_path: Path) -> None:
    (tmp_path / "personas").mkdir()
    mine = tmp_path / "personas/mine.yaml"
    mine.write_text("mine", "utf-8")
    code, _, err = mot("new", "persona", "mine")
    assert (code, mine.read_text("utf-8")) == (2, "mine")
    assert "is there already" in err


@pytest.mark.parametrize("name", ["Upper", "../out", "with space", ""])
def test_what_cannot_be_an_id_is_refused(mot: Run, tmp_path: Path, name: str) -> None:
    assert mot("new", "persona", name)[0] == 2
    assert list(tmp_path.rglob("*.yaml")) == []


def test_an_edit_is_told_and_taken_up_with_the_lines_said_so_far(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"{TICKET}.yaml"
    before = (PERSONAS / file.name).read_text("utf-8")
    file.write_bytes(before.encode().replace(b"\n", b"\r\n"))  # of themselves no edit
    settings = settings_for(tmp_path / "home")
    held = sessions.start(settings, Choice(str(file), settings.rubric, 1))
    preview = Preview(held, str(file), "/reload")
    assert not preview.look()

    def lines() -> Iterator[str]:
        yield ASKED
        file.write_text(before.replace("sector: airline", "sektor: airline"), "utf-8")
        yield "One moment, please."
        yield "/reload"
        file.write_text(before.replace("en: We sign at two. If", "en: We sign at two sharp. If"), "utf-8")
        yield "Right."
        yield "/reload"

    with held:
        LineMode(held, json=False, preview=preview).run(lines())  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert err.count("unknown key 'sektor'") == 2  # when it was seen, and when it was asked for
    assert err.count("The file was edited.") == 1
    assert out.count("We sign at two. If") == 1
    begun_again = out[out.index("We sign at two sharp. If") :]
    assert begun_again.count("You: One moment, please.") == 1
    ends = [one.ended for one in open_store(settings.home, Clock()).sessions()]
    assert ends == ["script", "learner"]


def test_what_a_reload_told_of_the_file_the_next_line_does_not_tell_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"{TICKET}.yaml"
    before = (PERSONAS / file.name).read_text("utf-8")
    file.write_text(before, "utf-8")
    settings = settings_for(tmp_path / "home")
    held = sessions.start(settings, Choice(str(file), settings.rubric, 1))

    def lines() -> Iterator[str]:
        file.write_text(before.replace("sector: airline", "sektor: airline"), "utf-8")
        yield "/reload"
        yield "One moment, please."
        file.unlink()
        yield "/reload"
        yield "Right."

    with held:
        LineMode(held, json=False, preview=Preview(held, str(file), "/reload")).run(lines())  # type: ignore[arg-type]
    err = capsys.readouterr().err
    assert err.count("unknown key 'sektor'") == 1
    assert err.count("no such file") == 1


@pytest.mark.parametrize(("option", "shown"), [((), True), (("--plain",), False)], ids=["app", "plain"])
def test_in_a_terminal_the_preview_is_the_app_unless_it_is_to_be_plain(
    mot: Run, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...], *, shown: bool
) -> None:
    opened: list[Opening] = []
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(cli_practice, "sys", SimpleNamespace(stdin=terminal, stdout=terminal))
    monkeypatch.setattr(tui, "run", lambda _, opening: opened.append(opening) or 0)
    code, out, err = mot("practice", TICKET, "--show-gate", "--seed", "1", *option, typed=f"{ASKED}\n")
    assert code == 0
    assert opened == ([Opening(Choice(TICKET, "moments-of-truth", 1), show_gate=True)] if shown else [])
    assert ("We sign at two." in out, "L2 is locked" in err) == (not shown, not shown)


def test_a_recording_is_of_one_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = settings_for(tmp_path / "home")
    held = sessions.start(settings, Choice(TICKET, settings.rubric, 1))
    preview = Preview(held, None, "/reload", recording=True)
    with held:
        LineMode(held, json=False, preview=preview).run(["/reload"])
    assert "a recording is of one session" in capsys.readouterr().err
