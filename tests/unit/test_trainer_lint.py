"""What the linter says of whole packs: the good, the shipped, the leaky and the hopeless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.language.acts import hear
from simulator.packs.diagnostics import MAX_FINDINGS, explanations
from simulator.packs.locate import Path as Way
from simulator.packs.locate import spelled
from simulator.packs.shape import schema_of
from simulator.packs.tree import read_tree
from simulator.trainer.lint import lint
from simulator.trainer.scaffold import scaffold
from simulator.trainer.ways import example_of, way_of

TOP = Path(__file__).parents[2]
PACKS = TOP / "tests" / "fixtures" / "packs"
PERSONA = PACKS / "personas" / "wet-books.yaml"
RUBRIC = PACKS / "rubrics" / "brief.yaml"
SHIPPED = sorted((*TOP.glob("personas/*.yaml"), *TOP.glob("rubrics/*.yaml")))


@pytest.mark.parametrize("file", [PERSONA, RUBRIC], ids=lambda file: file.stem)
def test_nothing_is_found_in_a_pack_without_mistakes(file: Path) -> None:
    assert lint(file.read_bytes(), file.name) == ()


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_nothing_is_found_in_the_shipped_packs(file: Path) -> None:
    assert [str(finding) for finding in lint(file.read_bytes(), file.name)] == []


def test_personas_and_a_rubric_ship() -> None:
    assert {file.parent.name for file in SHIPPED} == {"personas", "rubrics"}


def test_traditional_chinese_is_converted_and_matched_by_simplified() -> None:
    text = PERSONA.read_text("utf-8")
    both = text.replace("languages: [en, zh-Hans]", "languages: [en, zh-Hans, zh-Hant]")
    assert lint(both.encode(), PERSONA.name) == ()
    alone = text.replace("languages: [en, zh-Hans]", "languages: [zh-Hant]")
    alone = re.sub(r'zh-Hans: (?=")', "zh-Hant: ", alone)
    assert lint(alone.encode(), PERSONA.name) == ()
    bare = alone.replace('satisfied: {en: "You have been kind.", zh-Hant: "您真好。"}', 'satisfied: {en: "Kind."}')
    assert [(each.code, each.path) for each in lint(bare.encode(), PERSONA.name)][:1] == [("P031", "closing.satisfied")]


UNHEARD = {
    "latent_needs[0].text", "latent_needs[0].reveal", "latent_needs[0].example",  # the example has a code of its own
    "latent_needs[1].text", "latent_needs[1].reveal", "persona.facts[1].text",  # L2 comes after L1, P2 with it
    "irritations[0].text", "trap.tempting", "trap.why_wrong", "trap.good_answer", "bad_news[0].text",
    "offer_checklist.complete[0].text", "offer_checklist.complete[1].text", "offer_checklist.practical[0].text",
    "offer_checklist.win_win[0].text", "closing.no_confirm", "closing.new_expectation.text",
    "closing.new_expectation.good_response", "model_lines.promise", "model_lines.confirm_ask",
}  # fmt: skip


def test_a_secret_is_found_in_every_text_that_is_read_or_heard_before_its_need_opens() -> None:
    text = PERSONA.read_text("utf-8")
    tree = read_tree(text.encode())
    wordings = [way for way in _ways(tree.value) if way[-1:] == ("en",) and isinstance(_value(tree.value, way), str)]
    unheard = set()
    for way in wordings:
        told = PERSONA.read_text("utf-8").splitlines(keepends=True)
        place = tree.positions.of(way)
        line = told[place.line - 1]
        told[place.line - 1] = line[: place.column] + "I teach a course. " + line[place.column :]
        codes = {(each.code, each.path) for each in lint("".join(told).encode(), PERSONA.name)}
        if ("P050", spelled(way)) not in codes:
            unheard.add(spelled(way[:-1]))
    assert unheard == UNHEARD


def _ways(value: Any) -> Iterator[Way]:
    yield ()
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield from ((step, *way) for way in _ways(item))


def _value(value: Any, way: Way) -> Any:
    for step in way:
        value = value[step]
    return value


def test_a_secret_may_stand_in_what_is_only_said_after_its_need() -> None:
    text = PERSONA.read_text("utf-8")
    after = text.replace("My neighbours must not hear", "They know I teach a course, but my neighbours must not hear")
    assert lint(after.encode(), PERSONA.name) == ()
    unordered = after.replace("    after: [L1]\n", "")
    assert [(finding.code, finding.path) for finding in lint(unordered.encode(), PERSONA.name)] == [
        ("P050", "latent_needs[1].reveal.en")
    ]


def test_trust_that_nothing_raises_is_out_of_reach() -> None:
    text = PERSONA.read_text("utf-8").replace("trust: 1, patience: 5", "trust: 0, patience: 5")
    assert lint(text.encode(), PERSONA.name) == ()
    raising = ("reflect_feeling", "relevant_question", "own_it", "act_now")
    flat = ", ".join(f"{name}: {{trust: 0}}" for name in raising)
    text = text.replace("{act_now: {trust: 0.5, mood: 1, patience: 1}}", f"{{{flat}}}")
    assert [(finding.code, finding.path) for finding in lint(text.encode(), PERSONA.name)] == [
        ("P043", "latent_needs[1].unlock.trust_min")
    ]


def test_needs_that_come_one_after_the_other_may_share_their_words() -> None:
    text = PERSONA.read_text("utf-8").replace("any_of: [reflect_feeling]", "any_of: [reflect_feeling, open_question]")
    shared = text.replace("en: [[ashamed, embarrassing, upset]]", "en: [[upset, need..for, use..for]]")
    assert lint(shared.encode(), PERSONA.name) == ()
    at_once = shared.replace("    after: [L1]\n", "")
    assert [finding.code for finding in lint(at_once.encode(), PERSONA.name)] == ["P045", "P046"]
    doubted = at_once.replace("[upset, need..for, use..for]", "[upset, back+, home+]").replace(
        "[need..for, use..for]", "[need..for, use..for, back+, home+]"
    )
    assert lint(doubted.encode(), PERSONA.name) == ()
    distrustful = at_once.replace("trust_min: 1", "trust_min: 1.5")
    assert [finding.code for finding in lint(distrustful.encode(), PERSONA.name)] == ["P046"]


def test_rules_too_tangled_to_try_are_said_to_be_and_the_rubric_stays_usable() -> None:
    names = [f"t{number}" for number in range(16)]
    pairs = list(zip(names[:8], names[8:], strict=True))
    each = " and ".join(f"({a} or {b})" for a, b in pairs)
    none_of_one = " or ".join(f"not {a} and not {b}" for a, b in pairs)
    asked = "".join(f"  - {{id: {name}, by: judge, quote: learner, text: x}}\n" for name in names)
    text = RUBRIC.read_text("utf-8").replace("cap_observations:\n", f"cap_observations:\n{asked}")
    text = text.replace('when: "rude and n_question >= 0"', f'when: "{each} and ({none_of_one})"')
    assert [(finding.code, finding.severity) for finding in lint(text.encode(), RUBRIC.name)] == [("R015", "warning")]


def test_whoever_has_too_many_mistakes_is_shown_the_first_hundred() -> None:
    text = PERSONA.read_text("utf-8").replace("sector: library\n", "".join(f"sector{n}: x\n" for n in range(500)))
    assert len(lint(text.encode(), PERSONA.name)) == MAX_FINDINGS
    wordings = ", ".join(["{en: I teach a course., zh-Hans: 我教课。}"] * 20)
    leaky = re.sub(r"(?m)^    ([a-z_]+): \[\{en.*$", rf"    \1: [{wordings}]", PERSONA.read_text("utf-8"))
    assert [each.code for each in lint(leaky.encode(), PERSONA.name)] == ["P050"] * MAX_FINDINGS


def test_every_code_is_explained_and_every_explanation_has_a_code() -> None:
    rooms = (TOP / "simulator" / "packs", TOP / "simulator" / "trainer")
    sources = "".join(file.read_text("utf-8") for room in rooms for file in room.glob("*.py"))
    assert set(re.findall(r'"([PR]0\d\d)"', sources)) == set(explanations())


@pytest.mark.parametrize("code", explanations())
def test_an_explanation_shows_a_wrong_example_and_another_that_is_right(code: str) -> None:
    found = explanations()[code]
    assert all((found.title, found.why, found.wrong, found.mend))
    assert found.wrong != found.mend


ACTS = schema_of("persona")["properties"]["model_lines"]["properties"]


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("act", ACTS)
def test_a_model_line_that_is_not_heard_is_shown_one_that_is(act: str, language: str) -> None:
    source = scaffold("persona", "any", language)
    line = re.search(rf"\n  {act}: (?!\{{).*(\n    .*)*", source)
    assert line
    nothing = f"\n  {act}: {'Hm.' if language == 'en' else '嗯。'}"
    findings = lint(source.replace(line[0], nothing).encode(), "any.yaml")
    (told,) = [finding.message for finding in findings if finding.code == "P057"]
    example = re.findall("'(.*)'$", told)[0]
    assert act in hear(example).acts, told


@pytest.mark.parametrize("act", schema_of("persona")["definitions"]["unlocking_act"]["enum"])
def test_an_example_that_asks_in_no_way_that_opens_is_told_one(act: str) -> None:
    source = scaffold("persona", "any", "zh-Hans")
    asked = re.sub(r"any_of: \[open_question, reflect_feeling\]", f"any_of: [{act}]", source)
    (told,) = [
        each
        for each in lint(asked.replace("刹车是怎么坏的？", "刹车坏了。").encode(), "any.yaml")
        if each.code == "P056"
    ]
    assert told.message.endswith(f"opens by {act}: {way_of(act)}")


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_an_example_that_is_held_up_ends_like_a_sentence(language: str) -> None:
    assert not [act for act in ("promise", "own_it") if example_of(act, language).endswith((";", "；"))]
