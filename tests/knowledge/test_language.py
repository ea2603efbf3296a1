"""A text's language is told by its small words."""

from __future__ import annotations

import pytest

from bot.knowledge.language import guess_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The bot answers from the documents that it is given.", "en"),
        ("Der Bot antwortet aus den Dokumenten, die er bekommt, und nicht aus dem Netz.", "de"),
        ("Le robot répond avec les documents que vous donnez, et pas avec le réseau.", "fr"),
        ("El bot responde con los documentos que se le dan, pero no para todos.", "es"),
        ("SELECT 1", "en"),
        ("", "en"),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert guess_language(text) == code
