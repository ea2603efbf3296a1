"""Definitions are found in the forms in which documents give them, and instructions are not taken for them."""

from __future__ import annotations

import pytest

from bot.knowledge.glossary import find_terms
from bot.knowledge.model import Passage, Term


def passage(text: str, title: str = "Guide", name: str = "p") -> Passage:
    return Passage(id=name, document="guide.md", title=title, text=text)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Glossary", "- **Lens**: the angle a role reads from. More.", ("Lens", "the angle a role reads from.")),
        ("Glossary", "**Lens** – what a role looks for", ("Lens", "what a role looks for")),
        ("Glossary", "- **Lens:** the angle a role reads from", ("Lens", "the angle a role reads from")),
        ("Guide", "- **Lens**: the angle a role reads from", ("Lens", "the angle a role reads from")),
        ("Guide", "| term | means |\n| --- | --- |\n| `lens` | the angle | extra |", ("lens", "the angle")),
        ("Guide › Pilot", "A pilot is a bounded trial. It ends.", ("pilot", "a bounded trial.")),
        ("Guide", "- **Install**: run the setup command", None),
        ("Guide", "| plan | seats |\n| --- | --- |\n| small | five seats |", None),
        ("Guide › Pilot", "A pilot runs for a week.", None),
        ("Guide › Limits", "The bot is a program.", None),
        ("Glossary", "- **A name that is far too long for a term**: the thing", None),
    ],
)
def test_forms_of_definition(title: str, text: str, expected: tuple[str, str] | None) -> None:
    assert find_terms([passage(text, title)]) == ((Term(*expected, "p"),) if expected else ())


def test_a_glossary_goes_before_what_is_said_in_passing_and_terms_are_sorted() -> None:
    found = find_terms(
        [
            passage("- **lens**: a piece of glass", name="first"),
            passage("- **Lens**: the angle a role reads from\n- **Depth**: how far it goes", "Glossary", "second"),
        ]
    )
    assert found == (Term("Depth", "how far it goes", "second"), Term("Lens", "the angle a role reads from", "second"))


def test_a_definition_that_is_shut_hides_no_open_one() -> None:
    shut = Passage(id="s", document="s", title="Glossary", text="- **Lens**: a secret", readers=frozenset({"board"}))
    found = find_terms([shut, passage("- **Lens**: the angle a role reads from")])
    assert {(one.meaning, one.readers) for one in found} == {
        ("a secret", frozenset({"board"})),
        ("the angle a role reads from", frozenset({"everyone"})),
    }
