"""What can be seen of the customer: words of the pack's, when there is something to see."""

from dataclasses import replace

import pytest

from simulator.conversation.bearing import bearing
from simulator.conversation.state import State
from simulator.domain.text import Text
from tests.fakes import a_persona, hearing

SEEN = {
    "leaving": Text({"en": "he looks at the door"}),
    "cold": Text({"en": "he folds his arms"}),
    "warm": Text({"en": "he smiles"}),
}


@pytest.mark.parametrize(
    ("mood", "patience", "words"),
    [
        (-2, 1, "he looks at the door"),
        (-2, 4, "he folds his arms"),
        (0, 4, None),
        (2, 4, "he smiles"),
        (2, 1, "he looks at the door"),
    ],
)
def test_words_beside_the_name(mood: float, patience: float, words: str | None) -> None:
    one = a_persona()
    one = replace(one, profile=replace(one.profile, bearing=SEEN), start=replace(one.start, mood=-1, patience=5))
    state = State(trust=1, mood=mood, patience=patience, hearings={2: hearing()})
    seen = bearing(state, one)
    assert (seen and seen.in_language("en")) == words
    assert bearing(replace(state, hearings={}), one) is None
