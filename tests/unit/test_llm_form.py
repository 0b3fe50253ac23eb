from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.llm import coach, judge, listener
from simulator.llm.form import misfit, plainly_fits

IDS = ("e1a", "e1b")
FORMS = {"judge": judge._schema(IDS), "coach": coach._schema(IDS), "listener": listener._schema(IDS)}


def near(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit, or nearly."""
    if "anyOf" in schema:
        return st.one_of(*map(near, schema["anyOf"]), st.just("other"))
    match schema["type"]:
        case "object":
            parts = {name: near(part) for name, part in schema["properties"].items()}
            more = st.fixed_dictionaries(parts, optional={"more": st.none()})
            found = st.fixed_dictionaries(parts) | more | st.fixed_dictionaries({}, optional=parts)
        case "array":
            found = st.lists(near(schema["items"]), max_size=3)
        case "string":
            found = st.sampled_from([*schema.get("enum", ()), "other", 1, None])
        case "integer":
            found = st.sampled_from([1, 1.0, 1.5, True, "1"])
        case _:
            found = st.none()
    return found


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_nothing_fits_plainly_that_json_schema_refuses(name: str, data: st.DataObject) -> None:
    schema = FORMS[name]
    value = data.draw(near(schema))
    wrong = misfit(value, json.dumps(schema))
    assert not (plainly_fits(value, schema) and wrong), wrong


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_whatever_json_schema_takes_fits_plainly_but_for_a_number_spelled_oddly(name: str, data: st.DataObject) -> None:
    schema = FORMS[name]
    value = data.draw(near(schema))
    assert plainly_fits(value, schema) or misfit(value, json.dumps(schema)) or "1.0" in json.dumps(value)


@pytest.mark.parametrize(
    "schema",
    [{}, {"type": "string", "pattern": "^a"}, {"type": ["string", "null"]}, {"type": "number"}, {"enum": ["a"]}],
    ids=str,
)
def test_what_is_not_understood_never_fits_plainly(schema: dict[str, Any]) -> None:
    assert not plainly_fits("a", schema)


def test_a_fitting_answer_does_not_load_json_schema() -> None:
    source = (
        "import sys; from simulator.llm import structured, form; "
        "assert form.plainly_fits('a', {'type': 'string'}); print('jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
