"""Statements are xAPI 1.0.3, held to the models of Ralph, the learning record store of France Université Numérique."""

from __future__ import annotations

import json
import re

import pytest
from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

from excomm_game.files.scenarios import load

DURATION = re.compile(r"PT\d+\.\d\dS")


@pytest.fixture(scope="module")
def lines(out) -> list[str]:
    return (out / "statements.jsonl").read_text(encoding="utf-8").splitlines()


def test_every_statement_is_one_of_xapi(lines):
    """Each line of the file, whatever names and reasons it holds."""
    assert lines
    for line in lines:
        BaseXapiStatement.model_validate_json(line)


def test_a_statement_that_is_none_would_be_refused(lines):
    """The promise above would be empty otherwise."""
    sound = json.loads(lines[1])
    for wrong in ({"verb": {"id": "answered"}}, {"actor": {"name": "x"}}, {"timestamp": "noon"}, {"more": 1}):
        with pytest.raises(ValidationError):
            BaseXapiStatement.model_validate(sound | wrong)


def test_actors_are_accounts_and_activities_have_urns(lines):
    """No e-mail address is needed to say who it was; times are ISO 8601."""
    edition = load("black-saturday").head.edition
    for one in map(json.loads, lines):
        assert one["actor"]["account"]["homePage"] == "https://example.invalid/excomm"
        assert one["actor"]["account"]["name"].startswith("s0")
        assert one["object"]["id"].startswith(f"urn:excomm:black-saturday:{edition}:")
        assert all(DURATION.fullmatch(time) for time in [one.get("result", {}).get("duration")] if time)
