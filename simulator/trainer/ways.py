"""How an act is put so that it is heard: in words, and by a line that is heard as it."""

from __future__ import annotations

from functools import cache

from simulator.language.acts import hear
from simulator.packs.personas import build_persona
from simulator.packs.tree import read_tree
from simulator.trainer.scaffold import scaffold
from simulator.wording import say


def way_of(act: str) -> str:
    """What to do in a line that should be heard as the act, in the language spoken."""
    ways = {
        "open_question": say("ask with what, how, when or why, and name no answer"),
        "implication_question": say("ask what happens to the customer if it stays so"),
        "reflect_content": say("give back what the customer said, and ask nothing with it"),
        "reflect_feeling": say("name what the customer feels"),
        "summary_check": say("sum up two points or more, and ask whether that is right"),
        "own_it": say("give your name and take the matter on"),
        "bad_news": say("say plainly what will not be, or not in time"),
        "propose": say("name a step that can be taken, or a choice of two"),
        "promise": say("say who does what, and by when"),
        "act_now": say("say what you are doing at this moment, or have just done"),
        "update_commit": say("say by when they will hear from you, whatever comes"),
        "confirm_ask": say("ask whether what was offered is right for them"),
        "closed_question": say("ask what a yes, a no or one of a few words answers"),
        "follow_up": say("ask on about what the customer has just said"),
    }
    return ways[act]


@cache
def example_of(act: str, language: str) -> str:
    """The sentence of the scaffold's own model line that is heard as the act: one of those with a model line."""
    scaffolded = build_persona(read_tree(scaffold("persona", "example", language).encode()).value)
    (line,) = scaffolded.model_lines[act].by_language.values()
    return next(sentence.text for sentence in hear(line).sentences if sentence.does(act)).rstrip(";；")
