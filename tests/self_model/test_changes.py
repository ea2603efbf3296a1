"""What later messages change: posts, tools, forms of answers, dates; and what they leave alone."""

from __future__ import annotations

import pytest

from bot.self_model.model import SelfModel
from bot.self_model.observe import observe
from bot.self_model.revise import read, revise
from tests.self_model.conftest import SOMEONE, write_message

DAYS = 21  # between one message and the next


def believe_later(*texts: str, backwards: bool = False) -> SelfModel:
    """The self-model after messages three weeks apart, learned in order or from the last to the first."""
    messages = [write_message(text, day=DAYS * n) for n, text in enumerate(texts)]
    model = SelfModel(member=SOMEONE)
    for message in reversed(messages) if backwards else messages:
        model = revise(model, observe(message), messages[-1].at)
    return read(model, messages[-1].at)


def held(model: SelfModel, kind: str) -> list[str]:
    return [one.value for one in model.beliefs if one.kind == kind and one.usable]


CHANGES = [
    ("role", "I'm a paralegal here", "back to being a plain archivist from Monday", ["archivist"]),
    ("role", "I'm a copywriter", "no longer a copywriter, sadly", []),
    ("seniority", "I'm an intern in logistics", "my internship ended on Friday", []),
    ("seniority", "I'm a junior developer", 'they dropped the "junior" from my badge, no more "junior"', []),
    ("tool", "we use Asana", "we let the Asana contract run out", []),
    ("tool", "we're on Zendesk", "they cancelled our Zendesk licences", []),
    ("tool", "we use Jenkins", "we switched to GitLab CI", ["GitLab CI"]),
    ("preference", "please always answer in bullets", "bullets are getting on my nerves", []),
    ("preference", "please always answer in tables", "changed my mind about tables, prose from now on", ["prose"]),
    ("project", "I'm working on the intranet relaunch", "the board stopped the intranet relaunch yesterday", []),
    ("project", "I'm working on the intranet relaunch", "it's cancelled, the intranet relaunch", []),
    ("criterion", "I'll judge the bot on accuracy", "accuracy no longer matters to me", []),
    ("constraint", "our deadline is 1 May", "the deadline moved to 12 June", ["deadline moved to 12 June"]),
    ("constraint", "No downtime in December", "the freeze got lifted, we can deploy in December after all", []),
    ("project", "my project is the new onboarding checklist", "the checklist for onboarding is finished", []),
    ("project", "I'm rolling out the allergen app", "we stopped work on the allergen thing, the app is dead", []),
    ("role", "I'm the incident manager", "I handed my incident duty over and left the rota", []),
]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("kind", "before", "after", "left"), CHANGES)
def test_a_later_message_changes_what_it_says_is_over(
    kind: str, before: str, after: str, left: list[str], backwards: bool
) -> None:
    assert held(believe_later(before), kind)
    assert held(believe_later(before, after, backwards=backwards), kind) == left


UNRELATED = [
    "the printer contract ran out, who orders toner?",
    "bye all, see you on Monday",
    "last day before the holidays!",
    "the meeting moved to 3 May",
    "the scanner is dead",
    "they promoted Sam to team lead",
    "please drop the table in the report",
    "they cancelled the all-hands",
    "no more cake in the kitchen",
    "the parking ban is lifted",
    "is Jira gone?",
    "changed my mind about lunch",
    "we almost dropped Jira once, good that we didn't",
]


@pytest.mark.parametrize("later", UNRELATED)
def test_an_unrelated_message_changes_nothing(later: str) -> None:
    said = (
        "I'm a data engineer. We use Jira.",
        "I'm working on the billing migration",
        "please always answer in tables",
        "our deadline is 1 July",
    )
    before, after = believe_later(*said), believe_later(*said, later)
    assert {(one.address, one.value) for one in before.beliefs} <= {(one.address, one.value) for one in after.beliefs}
