"""Each mistake a pack can hold is found once, at its place, under its own code, with its mend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.cli.check import checked
from simulator.packs.diagnostics import explanations
from simulator.packs.tree import MAX_VALUES
from simulator.trainer.lint import lint
from simulator.wording import speaking

PACKS = Path(__file__).parents[1] / "fixtures" / "packs"
PERSONA = PACKS / "personas" / "wet-books.yaml"
RUBRIC = PACKS / "rubrics" / "brief.yaml"


@dataclass(frozen=True)
class Mistake:
    """`old` is replaced by `new`, and the pairs in `also`: the other way round is the mend.

    The finding must stand at the § in `new`, or at the beginning of `at`.
    """

    code: str
    old: str
    new: str
    path: str
    suggestion: str = ""
    says: str = ""
    at: str = "§"
    also: tuple[tuple[str, str], ...] = ()
    severity: str = "error"

    @property
    def file(self) -> Path:
        return PERSONA if self.old in PERSONA.read_text("utf-8") else RUBRIC

    def made(self) -> tuple[bytes, int, int]:
        """The file with the mistake in it, and the line and column of the place."""
        text = self.file.read_text("utf-8")
        for old, new in ((self.old, self.new), *self.also):
            assert text.count(old) == 1, f"{old[:80]!r} must stand once in the fixture"
            text = text.replace(old, new)
        assert text.count(self.at) == 1, f"{self.at!r} must mark one place"
        before = text[: text.index(self.at)]
        return text.replace("§", "").encode(), before.count("\n") + 1, len(before) - before.rfind("\n")


TANGLED = " and ".join(f"(t{at} or t{at + 8})" for at in range(8))
NONE_OF_ONE = " or ".join(f"not t{at} and not t{at + 8}" for at in range(8))
JUDGED = "".join(f"  - {{id: t{at}, by: judge, quote: learner, text: X}}\n" for at in range(16))
FLAT = ", ".join(f"{name}: {{trust: 0}}" for name in ("reflect_feeling", "relevant_question", "own_it", "act_now"))

MISTAKES = (
    Mistake("P002", "sector: library", f"sector: library # {'x' * 300_000}", "", says="256 KiB", at="# A small whole"),
    Mistake("P003", "sector: library", "sector: §\x07library", "", says="U+0007"),
    Mistake("P004", PERSONA.read_text("utf-8"), "§# to be written\n", "", says="empty"),
    Mistake("P013", "languages: [en, zh-Hans]", f"languages: [{'en, ' * (MAX_VALUES - 3)}§zh-Hans]", "", says="20000"),
    Mistake("P001", "format: persona/1", "format: §persona/2", "format", "persona/1"),
    Mistake("P001", "format: persona/1", "§kind: 1", "", says="persona/1 or rubric/1"),
    Mistake("P014", "format: persona/1", "§formats: persona/1", "", "format"),
    Mistake("P005", 'title: {en: "Wet books",', 'title: {en: "Wet books" §"",', "", says="not YAML"),
    Mistake("P006", "sector: library", "sector§：library", "", says="'sector'"),
    Mistake("P006", "channel: phone\n", "channel: phone\n§extra：{a: b}\n", "", says="'extra'"),
    Mistake("P006", 'title: {en: "Wet books",', 'title: {§en："Wet books",', "title", says="'en'"),
    Mistake("P006", 'role: {en: "You run the desk of a town library.", zh-Hans: "你在市图书馆值前台。"}',
            "role: §en：desk", "learner.role", says="'en'"),
    Mistake("P007", "learner:\n  role:", "learner:\n§\trole:", "", says="tab"),
    Mistake("P008", "channel: phone", "channel: phone\n§channel: chat", "", says="first on line 7"),
    Mistake("P008", "on: {acts: [quote_rule],", "on: {acts: [quote_rule], §acts: [argue],", "irritations[0].on"),
    Mistake("P009", "sector: library", "sector: §*library", "sector", says="quotes"),
    Mistake("P009", "sector: library", "sector: §&library library", "sector"),
    Mistake("P009", "on: {acts: [quote_rule],", "on: {§<<: {acts: [quote_rule]},", "irritations[0].on"),
    Mistake("P009", "keywords: {en: [owe, cost]", "keywords: {en: [§*, cost]", "", says="quotes"),
    Mistake("P010", "sector: library", "sector: §!now library", "sector", says="quotes"),
    Mistake("P011", "channel: phone\n", "channel: phone\n§---\n", ""),
    Mistake("P012", '- {en: "the stock list", zh-Hans: "馆藏清单"}', "- " + "[" * 17 + "§[" + "]" * 18, "", says="20"),
    Mistake("P014", "trust_min: 0", "§min_trun: 0", "latent_needs[0].unlock", "trust_min", "'min_trun'"),
    Mistake("P014", 'unsatisfied: {en: "We shall see.", zh-Hans:', 'unsatisfied: {en: "We shall see.", §zh:',
            "closing.unsatisfied", "zh-Hans"),
    Mistake("P014", 'told: [{en: "I see."', "told: [{en: I see, §truly", "persona.lines.told[0]", says="comma"),
    Mistake("P014", "      trust_min: 1\n    after: [L1]\n", "      trust_min: 1\n      §after: [L1]\n",
            "latent_needs[1].unlock", says="'after' belongs one level up, beside 'unlock'"),
    Mistake("P014", "      topics: {en: [[ashamed, embarrassing, upset]], "
            "zh-Hans: [[难为情, 难过]]}\n      trust_min: 1",
            "      topics:\n        en: [[ashamed]]\n        zh-Hans: [[难过]]\n        §trust_min: 1",
            "latent_needs[1].unlock.topics", says="'trust_min' belongs one level up, beside 'topics'"),
    Mistake("P015", "    critical: true\n", "", "bad_news[0]", says="'critical'", at="id: B1"),
    Mistake("P015", "\n        condition: {en: [[dry]], zh-Hans: [[干]]}", "", "learner.authority.conditional[0]",
            says="'condition'", at="id: K1"),
    Mistake("P016", "critical: true", "critical: §often", "bad_news[0].critical", says="true or false"),
    Mistake("P016", "sector: library", "sector: §12", "sector", says="quotes"),
    Mistake("P016", "sector: library", "sector:§ ", "sector", says="nothing"),
    Mistake("P016", "trust_min: 1", "trust_min: §true", "latent_needs[1].unlock.trust_min", says="found true"),
    Mistake("P016", "match: {en: [[bring]], zh-Hans: [[送到]]}", "match: {en: §[bring, take], zh-Hans: [[送到]]}",
            "offer_checklist.practical[0].match.en", says="brackets is missing; write [[bring, take]]"),
    Mistake("P016", "match: {en: [[bring]], zh-Hans: [[送到]]}",
            "match: {en: §[a, b, c, d, e, f, g, h, i], zh-Hans: [[送到]]}",
            "offer_checklist.practical[0].match.en", says="write [[a, b, c, …]]"),
    Mistake("P016", "match: {en: [[bring]], zh-Hans: [[送到]]}", "match: §[[bring], [take]]",
            "offer_checklist.practical[0].match", says="write {en: [[bring, take]]}"),
    Mistake("P016", "match: {en: [[bring]], zh-Hans: [[送到]]}", "match: §送到",
            "offer_checklist.practical[0].match", says="write {zh-Hans: [[送到]]}"),
    Mistake("P016", "keywords: {en: [course, teach], zh-Hans: [培训班]}",
            "keywords: {en: §[[course, teach]], zh-Hans: [培训班]}", "latent_needs[0].keywords.en",
            says="brackets too many; write [course, teach]"),
    Mistake("P016", "    after: [L1]", "    after: §L1", "latent_needs[1].after", says="write [L1]"),
    Mistake("P014", "patience: 5}", "§patience:5}", "persona.start", says="no space after ':'; write 'patience: 5'"),
    Mistake("P016", "compliance: true", "compliance: §1", "learner.authority.may_not[0].compliance"),
    Mistake("P017", "any_of: [open_question, closed_question]", "any_of: [§open_questions]",
            "latent_needs[0].unlock.any_of[0]", "open_question"),
    Mistake("P017", "any_of: [open_question, closed_question]", "any_of: [§apologize]",
            "latent_needs[0].unlock.any_of[0]", says="open_question"),
    Mistake("P018", "trust_min: 1", "trust_min: §4", "latent_needs[1].unlock.trust_min", says="0 to 3"),
    Mistake("P018", "patience: 5}", "patience: §0}", "persona.start.patience", says="above 0"),
    Mistake("P019", 'told: [{en: "I see.", zh-Hans: "明白了。"}, {en: "That is a pity.", zh-Hans: "真可惜。"}]',
            'told: §[{en: "I see.", zh-Hans: "明白了。"}]', "persona.lines.told", says="at least 2"),
    Mistake("P019", "match: {en: [[stock]],", "match: {en: [§[]],", "offer_checklist.win_win[0].match.en[0]"),
    Mistake("P019", "topics: {en: [[need..for, use..for]],", "topics: {en: §[],", "latent_needs[0].unlock.topics.en"),
    Mistake("P019", 'en: "says what it costs"', 'en: §" "', "offer_checklist.complete[0].text.en", says="empty"),
    Mistake("P020", "id: OP1", "id: §OP-1", "offer_checklist.practical[0].id", says="letters"),
    Mistake("P020", "id: wet-books", "id: §../wet-books", "id"),
    Mistake("P020", "id: OP1", 'id: §"OP1\\n"', "offer_checklist.practical[0].id"),
    Mistake("P021", "id: wet-books", "id: §dry-books", "id", says="'wet-books'"),
    Mistake("P022", "id: OP1", "id: §OC1", "offer_checklist.practical[0].id"),
    Mistake("P023", 'en: "says what it costs"', 'en: §"says\\e[2J what"', "offer_checklist.complete[0].text.en"),
    Mistake("P023", 'en: "says what it costs"', 'en: §"says \u202etahw"', "offer_checklist.complete[0].text.en"),
    Mistake("P024", "after: [L1]", "after: [§L9]", "latent_needs[1].after[0]", says="L1, L2"),
    Mistake("P024", "with: L1", "with: §EXP", "persona.facts[1].with"),
    Mistake("P024", "need: L1", "need: §L11", "bad_news[0].need", "L1"),
    Mistake("P024", "covers: [L1, L2]", "covers: [L1, L2, §L3]", "offer_checklist.complete[1].covers[2]"),
    Mistake("P024", "set: {O1: 1}", "set: {§O2: 1}", "caps[0].set.O2", says="E1, O1"),
    Mistake("P024", "max_level: {E1: 2}", "max_level: {§e1: 2}", "caps[0].max_level.e1"),
    Mistake("P024", "lowest_of: [E1, O1]", "lowest_of: [E1, §X1]", "card[0].lowest_of[1]"),
    Mistake("P024", "less_if: CAP_RUDE", "less_if: §CAP_RUED", "card[0].less_if", "CAP_RUDE"),
    Mistake("P031", 'satisfied: {en: "You have been kind.", zh-Hans: "您真好。"}',
            'satisfied: §{en: "You have been kind."}', "closing.satisfied", says="zh-Hans"),
    Mistake("P032", "match: {en: [[bring]], zh-Hans: [[送到]]}", "match: §{zh-Hans: [[送到]]}",
            "offer_checklist.practical[0].match", says="in en"),
    Mistake("P032", "keywords: {en: [course, teach], zh-Hans: [培训班]}", "keywords: §{en: [course, teach]}",
            "latent_needs[0].keywords", says="zh-Hans"),
    Mistake("P033", "match: {en: [[bring]]", "match: {en: [[§bring..]]", "offer_checklist.practical[0].match.en[0][0]"),
    Mistake("P033", "match: {en: [[bring]]", "match: {en: [[bring, §带来]]",
            "offer_checklist.practical[0].match.en[0][1]"),
    Mistake("P033", "match: {en: [[bring]]", "match: {en: [[§br*ng]]", "offer_checklist.practical[0].match.en[0][0]"),
    Mistake("P033", "match: {en: [[bring]]", "match: {en: [[§bring+]]", "offer_checklist.practical[0].match.en[0][0]",
            says="doubtful"),
    Mistake("P033", "topics: {en: [[need..for, use..for]],", "topics: {en: [[§use+]],",
            "latent_needs[0].unlock.topics.en[0][0]", says="beside another"),
    Mistake("P036", "zh-Hans: [[送到]]}", "zh-Hans: [[§送到，拿来]]}",
            "offer_checklist.practical[0].match.zh-Hans[0][0]", says="'，' is a part of", severity="warning"),
    Mistake("P036", "zh-Hans: [[送到]]}", "zh-Hans: [[a, b, c, d, e, f, g, h, i, j, §送、到、家]]}",
            "offer_checklist.practical[0].match.zh-Hans[0][10]", says="'、'", severity="warning"),
    Mistake("P036", "zh-Hans: [[送到]]}", "zh-Hans: [[a, b, c, d, e, f, g, h, i, j, §送到，拿来]]}",
            "offer_checklist.practical[0].match.zh-Hans[0][10]", says="'，'", severity="warning"),
    Mistake("P036", "zh-Hans: [[送到]]}", f"zh-Hans: [[{'词, ' * 99}§送到， 拿来]]}}",
            "offer_checklist.practical[0].match.zh-Hans[0][99]", says="'，'", severity="warning"),
    Mistake("P036", "zh-Hans: [[送到]]}", "zh-Hans: [[§“送到”]]}", "offer_checklist.practical[0].match.zh-Hans[0][0]",
            says="'“'", severity="warning"),
    Mistake("P036", "zh-Hans: [[送到]]}", "zh-Hans: §【【送到】】}", "offer_checklist.practical[0].match.zh-Hans",
            says="full-width bracket"),
    Mistake("P036", "any_of: [open_question, closed_question]", "any_of: [open_question§，closed_question]",
            "latent_needs[0].unlock.any_of[0]", says="before 'closed_question'"),
    Mistake("P036", "covers: [L1, L2]", "covers: [L1§， L2]", "offer_checklist.complete[1].covers[0]",
            says="before 'L2'"),
    Mistake("P036", "zh-Hans: [[送到]]}", "zh-Hans: §【【送到, 拿来】】}", "offer_checklist.practical[0].match.zh-Hans",
            says="full-width bracket"),
    Mistake("P036", "patience: 5}", "patience: 5§， mood: 1}", "", says="before 'mood'"),
    Mistake("P034", 'unsatisfied: {en: "We shall see.", zh-Hans: "再看吧。"}',
            'unsatisfied: {en: "We shall see.", zh-Hans: §"We shall see."}', "closing.unsatisfied.zh-Hans",
            says="zh-Hans", severity="warning"),
    Mistake("P034", 'unsatisfied: {en: "We shall see.", zh-Hans: "再看吧。"}', "unsatisfied: §We shall see.",
            "closing.unsatisfied", says="zh-Hans", severity="warning"),
    Mistake("P034", 'satisfied: {en: "You have been kind."', 'satisfied: {en: §"您真好。"', "closing.satisfied.en",
            says="no word of this is en", severity="warning"),
    Mistake("P035", "sector: library", "sector: library\n§draft: true", "draft", says="take `draft` out",
            severity="warning"),
    Mistake("P040", "      trust_min: 0\n", "      trust_min: 0\n    after: §[L2]\n", "latent_needs[0].after",
            says="L1 -> L2 -> L1"),
    Mistake("P041",
            "on: {acts: [quote_rule], match: {en: [[rule, policy]], zh-Hans: [[规定]]}, before_first_question: true}",
            "on: §{before_first_question: false}", "irritations[0].on"),
    Mistake("P042", "covers: [L1, L2]", "covers: [L1]", "latent_needs[1].id", says="'L2'",
            at="L2\n    interest"),
    Mistake("P042", "covers: [EXP]", "covers: [L1]", "persona.explicit_need.id", says="'EXP'",
            at="EXP\n    text"),
    Mistake("P043", "trust_min: 1\n", "trust_min: §1\n", "latent_needs[1].unlock.trust_min", says="begins at 0",
            also=(("trust: 1, patience: 5", "trust: 0, patience: 5"),
                  ("deltas: {act_now: {trust: 0.5, mood: 1, patience: 1}}", f"deltas: {{{FLAT}}}"))),
    Mistake("P044", "any_of: [open_question, closed_question]", "any_of: §[open_question, closed_question]",
            "latent_needs[0].unlock.any_of", says="open_question, closed_question ends the patience",
            also=(("acts: [quote_rule], match: {en: [[rule, policy]], zh-Hans: [[规定]]}, before_first_question: true",
                   "acts: [open_question, closed_question]"),
                  ("patience: -2", "patience: -6"))),
    Mistake("P045", 'example: {en: "What do you need the books for?"',
            'example: {en: §"What do you need the books for, if I may ask?"', "latent_needs[0].example.en",
            says="need 'L2' as well, by 'may ask'", severity="warning",
            also=(("any_of: [reflect_feeling]", "any_of: [reflect_feeling, open_question]"),
                  ("[[ashamed, embarrassing, upset]]", "[[ashamed, embarrassing, upset, may ask]]"),
                  ("    after: [L1]\n", ""))),
    Mistake("P046", "en: [[ashamed, embarrassing, upset]]", "en: [[ashamed, §use..for, upset]]",
            "latent_needs[1].unlock.topics.en[0][1]", says="'L1' ('use..for')", severity="warning",
            also=(("any_of: [reflect_feeling]", "any_of: [reflect_feeling, open_question]"),
                  ("    after: [L1]\n", ""))),
    Mistake("P047", "en: [[name, who..has]]", "en: [[name, §extend]]",
            "learner.authority.may_not[0].match.en[0][1]", says="'extend' is allowed ('M1') and forbidden ('N1')"),
    Mistake("P047", "en: [[no fee, free]]", "en: [[no fee, §longer]]",
            "learner.authority.conditional[0].match.en[0][1]", says="only on a condition ('K1')"),
    Mistake("P048", 'text: {en: "A spoilt book is paid for.", zh-Hans: "书坏了要赔。"}',
            'text: {en: "It is shut.", zh-Hans: "关了。"}', "bad_news[0].id", says="'B1'", severity="warning",
            at="B1\n", also=(("en: [[pay, fee], [spoilt, ruined]], zh-Hans: [[赔], [坏]]",
                              "en: [[shut]], zh-Hans: [[关]]"),)),
    Mistake("P050", '"They are two cookery books."', '"They are for §teaching a course."', "persona.facts[0].text.en",
            says="'teaching a course' is a secret of need 'L1'"),
    Mistake("P050", 'cue: {en: "In thirty years this never happened."',
            'cue: {en: "Oh no. I §teach a course."', "latent_needs[1].cue.en", says="'L1'"),
    Mistake("P050", 'zh-Hans: "我要拿它们上培训班,有十个人。"', 'zh-Hans: "§读者会会长要开培训班。"',
            "latent_needs[0].reveal.zh-Hans", says="'L2'"),
    Mistake("P050", 'line: {en: "So you promise', 'line: {en: "I §teach a course! So you promise', "trap.line.en"),
    Mistake("P050", 'role: {en: "You run', 'role: {en: "You know she §teaches a course. You run', "learner.role.en"),
    Mistake("P051", '"Two of your books got wet. What do I owe you?"', '"§Neighbours told me. What do I owe you?"',
            "persona.opening.en", says="'Neighbours' is a keyword of need 'L2'"),
    Mistake("P052", '"I had them for a reason."', '"I §teach."', "latent_needs[0].cue.en"),
    Mistake("P052", '"In thirty years this never happened."', '"I §teach, you know."', "latent_needs[1].cue.en",
            says="keyword of need 'L1'"),
    Mistake("P053", "keywords: {en: [course, teach]", "keywords: {en: [cookery school]", "latent_needs[0].reveal.en",
            at='"I teach a course with'),
    Mistake("P054", "secret: {en: [teach a course]", "secret: {en: [cookery school]", "latent_needs[0].reveal.en",
            at='"I teach a course with'),
    Mistake("P055", '"You sound upset about it."', '"You sound upset that the §neighbours must not know."',
            "latent_needs[1].example.en"),
    Mistake("P056", '"What do you need the books for?"', '§"What happened to the books?"', "latent_needs[0].example.en",
            says="topics"),
    Mistake("P056", '"What do you need the books for?"', '§"I know you need them for a course."',
            "latent_needs[0].example.en", says="opens by open_question, closed_question"),
    Mistake("P056", '"What do you need the books for?"', '§"You need them for school. When did it rain?"',
            "latent_needs[0].example.en", says="different sentences"),
    Mistake("P057", 'confirm_ask: {en: "Does that help you', 'confirm_ask: {en: §"When do you start',
            "model_lines.confirm_ask.en", says="confirm_ask, and is heard as open_question", severity="warning"),
    Mistake("P058", '"If the pages are dry there will be no fee."', '"§I promise there will be no fee."',
            "model_lines.promise.en", says="promises K1 without saying its condition"),
    Mistake("P058", '"If the pages dry flat there is no fee."', '"§I guarantee it will be fine."',
            "trap.good_answer.en"),
    Mistake("P059", 'text: {en: "They are two cookery books."', f'text: {{en: §"They are {"very " * 34}old books."',
            "persona.facts[0].text.en", says="38 words", severity="warning"),
    Mistake("P059", 'zh-Hans: "是两本菜谱。"', f'zh-Hans: §"是两本{"很" * 55}旧的菜谱。"',
            "persona.facts[0].text.zh-Hans", says="62 characters", severity="warning"),
    Mistake("P060", "zh-Hans: [[难为情, 难过]]", "zh-Hans: [§[难过]]", "latent_needs[1].unlock.topics.zh-Hans[0]",
            says="only '难过'", severity="warning"),
    Mistake("R001", "weight: 60", "weight: 59", "stages", says="99", at="- id: explore"),
    Mistake("R002", '{level: 3, when: "e1a and not e1c"', '{level: §4, when: "e1a and not e1c"',
            "stages[0].criteria[0].levels[2].level", says="3 is missing"),
    Mistake("R003",
            '- {id: e1a, by: code, text: {en: "asks", zh-Hans: "提问"}, quote: learner, when: "n_question >= 1"}',
            '- §{id: e1a, by: code, text: {en: "asks", zh-Hans: "提问"}, quote: learner}',
            "stages[0].criteria[0].observations[0]", says="`when`"),
    Mistake("R003", "quote: either, offline:", "quote: either, §when:", "stages[0].criteria[0].observations[1].when",
            "offline"),
    Mistake("R004", "\n    set: {O1: 1}\n    max_level: {E1: 2}\n    total_max: 30\n    fail: true", "", "caps[0]",
            at="id: CAP_RUDE\n"),
    Mistake("R005", "min: 60", "min: 0", "bands[1].min", says="highest", at='0, name: {en: "Weak"'),
    Mistake("R005", "{id: weak, min: 0,", "{id: weak, min: §5,", "bands[1].min", says="begin at 0"),
    Mistake("R006", 'anchor: {en: "Most."', 'anchor: {en: §"all."', "stages[0].criteria[0].levels[1].anchor.en",
            says="level 4 reads like level 5"),
    Mistake("R010", "e1a and e1b and e1d and not e1c", "e1a and §e1z and e1d and not e1c",
            "stages[0].criteria[0].levels[0].when", says="'e1z'"),
    Mistake("R010", 'when: "n_question > 4"', 'when: "§n_questoin > 4"', "stages[0].criteria[0].observations[2].when",
            "n_question"),
    Mistake("R010", 'when: "share_unlocked >= 0.75"', 'when: "share_unlocked >= 0.75 and §e1a"',
            "stages[1].criteria[0].levels[0].when", says="'e1a' is an observation of E1"),
    Mistake("R010", 'offline: "not walked_away"', 'offline: "§rude"', "stages[0].criteria[0].observations[1].offline",
            says="'rude' is an observation of cap_observations"),
    Mistake("R010", 'when: "rude and n_question >= 0"',
            "when: >-\n      rude\n      and §rdue\n      and n_question >= 0",
            "caps[0].when", "rude"),
    Mistake("R011", 'when: "n_question > 4"', 'when: "§n_question"', "stages[0].criteria[0].observations[2].when",
            says="number"),
    Mistake("R011", 'when: "n_question > 4"', 'when: "n_question §=> 4"', "stages[0].criteria[0].observations[2].when",
            says="'=>' is written '>='"),
    Mistake("R011", "e1a and e1b and e1d and not e1c", "e1a §&& e1b", "stages[0].criteria[0].levels[0].when",
            says="'&&' is written 'and'"),
    Mistake("R011", 'applies: "not walked_away"', 'applies: "§!walked_away"', "stages[0].criteria[0].applies",
            says="'!' is written 'not'"),
    Mistake("R011", 'when: "n_question > 4"', 'when: "n_question > §walked_away"',
            "stages[0].criteria[0].observations[2].when", says="yes or no"),
    Mistake("R011", 'applies: "not walked_away"', 'applies: "§walked_away()"', "stages[0].criteria[0].applies"),
    Mistake("R011", 'applies: "not walked_away"', 'applies: "§__import__(\'os\')"', "stages[0].criteria[0].applies"),
    Mistake("R012", '{level: 2, when: "e1a"', '{level: 2, when: §"e1a and not e1c and e1b"',
            "stages[0].criteria[0].levels[3].when", says="level 2"),
    Mistake("R012", 'when: "share_unlocked > 0"', 'when: §"share_unlocked > 0.3"',
            "stages[1].criteria[0].levels[3].when"),
    Mistake("R013", "cap_observations:\n",
            "cap_observations:\n  - {id: §walked_away, by: judge, quote: none, text: {en: left, zh-Hans: 走}}\n",
            "cap_observations[0].id"),
    Mistake("R014", 'when: "n_question > 4"', 'when: §"n_question > 4 and n_question < 3"',
            "stages[0].criteria[0].observations[2].when"),
    Mistake("R016", "stages:\n  - id: explore", "stages:\n  §- id: explore", "stages", says="E1 (60 of 100)",
            severity="warning", also=((', offline: "not walked_away"', ""),
                  ('{level: 5, when: "e1a and e1b and e1d and not e1c"', '{level: 5, when: "e1a and e1b and e1d"'),
                  ('when: "e1a and (e1b or e1d) and not e1c"', 'when: "e1b and e1d"'),
                  ('when: "e1a and not e1c"', 'when: "e1b"'), ('{level: 2, when: "e1a"', '{level: 2, when: "e1d"'))),
    Mistake("R015", "stages:\n  - id: explore", "stages:\n  §- id: explore", "stages", says="tangled",
            severity="warning", also=(("cap_observations:\n", f"cap_observations:\n{JUDGED}"),
                  ('when: "rude and n_question >= 0"', f'when: "{TANGLED} and ({NONE_OF_ONE})"'))),
)  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.code}-{mistake.new[:30]}")
def test_a_mistake_is_found_once_at_its_place_with_its_mend(mistake: Mistake) -> None:
    source, line, column = mistake.made()
    findings = lint(source, mistake.file.name)
    found = [(each.line, each.column, each.code, each.path, each.suggestion, each.severity) for each in findings]
    assert found == [(line, column, mistake.code, mistake.path, mistake.suggestion, mistake.severity)]
    assert mistake.says in findings[0].message


ENGLISH = re.compile(r"(?<![\w'`“./-])[a-z]+ [a-z]+ [a-z]+(?![\w'`”])")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.code}-{mistake.new[:30]}")
def test_a_mistake_is_told_in_chinese_to_whoever_asks_in_chinese(mistake: Mistake) -> None:
    with speaking("zh-Hans"):
        (finding,) = lint(mistake.made()[0], mistake.file.name)
    own_words = re.sub("“.*?”", "", finding.message)
    assert re.search("[\u4e00-\u9fff]", own_words)
    assert not ENGLISH.search(own_words), "three English words in a row"


def test_a_link_that_leads_out_is_found_with_no_line_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "personas"
    folder.mkdir()
    (folder / "linked.yaml").symlink_to(PERSONA)
    findings, _ = checked([folder / "linked.yaml"], lint)
    assert [(each.line, each.column, each.code) for each in findings] == [(1, 1, "P025")]


@pytest.mark.parametrize("code", explanations())
def test_every_code_has_a_mistake_that_shows_it(code: str) -> None:
    assert code == "P025" or code in {mistake.code for mistake in MISTAKES}  # no text of a file is a link
