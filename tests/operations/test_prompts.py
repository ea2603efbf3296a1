"""Every prompt has a version, and no wording changes without a new one."""

from __future__ import annotations

import pytest

from bot.answering.prompt import INSTRUCTIONS as ANSWERING
from bot.operations.prompts import ANSWER, DIGESTS, OBSERVE, digest
from bot.self_model.extract import INSTRUCTIONS as OBSERVING


@pytest.mark.parametrize(("version", "text"), [(ANSWER, ANSWERING), (OBSERVE, OBSERVING)])
def test_a_change_of_wording_needs_a_new_version(version: str, text: str) -> None:
    """Where this fails: give the prompt a new version in bot/operations/prompts.py, with the digest of its text."""
    assert DIGESTS[version] == digest(text)
