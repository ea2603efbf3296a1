"""What Teams shows, held against golden files: delete one and it is written anew, to be read. Each card is valid by the
official schema and within Teams' limits."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.teams import dialogs
from adapters.teams.home import LARGEST, render_home
from adapters.teams.render import render
from bot.flows.suggest import Suggestion
from bot.flows.tell_home import Home
from bot.flows.tell_office import Office
from bot.pilot.form import make_form
from bot.pilot.model import Pilot
from bot.ports import Notice, Outgoing
from bot.self_model.explain import Entry, Group, Quote
from bot.self_model.model import Status
from bot.trust import consent
from bot.trust.model import Consent
from bot.turn import Assumption, Citation, Decision, Member, Place, Reply

sys.path.insert(0, str(Path(__file__).parents[2] / "standins"))

from teams_checks import find_card_fault, find_wrong

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANA = Member("tenant", "ana")
SOURCE = Citation(number=1, passage="p1", document="relay.md", title="Relay › Retention", excerpt="Messages are kept.")
LINKED = replace(SOURCE, number=2, title="Limits", link="https://docs.example.com/a")
ANSWER = Reply(
    decision=Decision.ANSWER,
    text="Messages are kept for **14 days** [1].\n\n```sh\nrelay get\n```",
    confidence=0.82,
    citations=(SOURCE, LINKED),
    assumptions=(Assumption("my project", "the billing migration", "project"), Assumption("it", "Relay", "history")),
)
ASK = Reply(decision=Decision.ASK, text="Which relay do you mean?", confidence=0.3, choices=("The old one", "The new"))
DECLINE = Reply(decision=Decision.DECLINE, text="The documents do not say.", confidence=0.1)
ENTRY = Entry(
    address="role",
    label="role",
    value="data architect",
    confidence=0.9,
    sureness="sure",
    quotes=(Quote(text="I am a data architect", how="you said", permalink="https://teams.microsoft.com/l/1", at=AT),),
)
AGREED = Consent(member=ANA, modelling=True, at=AT)
HOME = Home(groups=(Group("Who you are", (ENTRY,)),), status=Status.KNOWN, consent=AGREED, told="You: 4.1 of 5.")
OFFICE = Office(pilots=(("p1", "Relay: day 3"),), health=("Documents: 12", "Given up: nothing"), todo=("Mend 1 file.",))
PILOT = Pilot(id="p1", workspace="tenant", name="Relay", champions=(ANA,), starts=date(2026, 11, 2))


def sent(content: Any, *, alone: bool = True, channel: str = "a:ana") -> Any:
    """The messages that show it."""
    place = Place("tenant", channel, "17")
    outgoing = Outgoing(key="k", platform="teams", place=place, content=content, alone=alone, exchange="a:ana:17")
    return list(render(outgoing))


SHOWN = {
    "answer": lambda: sent(ANSWER),
    "answer-in-public": lambda: sent(ANSWER, alone=False, channel="19:c@thread.tacv2"),
    "answer-aside": lambda: sent(ANSWER, channel="19:c@thread.tacv2/ana"),
    "hedge": lambda: sent(replace(ANSWER, decision=Decision.HEDGE, confidence=0.4, assumptions=(), fallback="slow")),
    "ask": lambda: sent(ASK),
    "decline": lambda: sent(DECLINE),
    "consent": lambda: sent(Notice(consent.QUESTION, consent.CHOICES)),
    "home": lambda: render_home(HOME, asks=(Suggestion("What is a relay?", "What is a relay?"),)),
    "home-of-someone-new": lambda: render_home(
        Home(groups=(), status=Status.UNKNOWN, consent=Consent(member=ANA)), greeting="Hello"
    ),
    "home-of-an-administrator": lambda: render_home(HOME, OFFICE),
    "form-reason": lambda: dialogs.ask_reason(up=False),
    "form-fix": lambda: dialogs.ask_right("role data architect", "Say what is right."),
    "form-fix-depth": lambda: dialogs.ask_right("expertise:kafka working"),
    "form-reword": lambda: dialogs.ask_meant("a:ana:17", ANSWER.assumptions),
    "form-consent": lambda: dialogs.ask_consent(AGREED),
    "form-pilot": lambda: dialogs.ask_pilot(make_form(PILOT), {"starts": "Write a date like 2026-11-02."}),
}


@pytest.mark.parametrize("name", SHOWN)
def test_it_looks_as_agreed(name: str) -> None:
    """A missing file is written and fails."""
    path = GOLDEN / f"{name}.json"
    shown = json.dumps(SHOWN[name](), indent=1, ensure_ascii=False) + "\n"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and has been written: read it, then run again")
    assert shown == path.read_text(encoding="utf-8")


def cards_in(value: Any) -> list[Any]:
    """Every card in it."""
    if isinstance(value, dict):
        value = [value] if value.get("type") == "AdaptiveCard" else list(value.values())
        if value and isinstance(value[0], dict) and value[0].get("type") == "AdaptiveCard":
            return [value[0]]
    return [card for one in value for card in cards_in(one)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", SHOWN)
def test_teams_takes_it(name: str) -> None:
    shown = SHOWN[name]()
    assert [fault for one in cards_in(shown) if (fault := find_card_fault(one))] == []
    for message in shown if isinstance(shown, list) else []:
        assert find_wrong(message) == ""


def test_what_is_the_askers_alone_stays_out_of_what_others_read() -> None:
    public, private = (json.dumps(sent(ANSWER, alone=alone)) for alone in (False, True))
    assert "billing migration" in private
    assert "billing migration" not in public
    assert "Relay" in public


def test_a_home_with_very_much_in_it_is_cut_to_what_teams_takes() -> None:
    many = tuple(replace(ENTRY, value=f"{n} " + "x" * 100, quotes=ENTRY.quotes * 3) for n in range(60))
    home = render_home(replace(HOME, groups=(Group("Who you are", many),)), OFFICE)
    assert len(json.dumps(home).encode()) <= LARGEST
    assert "more: write to me" in json.dumps(home)
    assert find_card_fault(home["content"]) == ""  # type: ignore[arg-type]
