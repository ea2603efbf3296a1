"""The modals, from the click that opens them to what comes of them; and what is wrong with what was filled in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_forms import count_opened, opened, submit, wait_until
from slack_server import Slack, replies_to, words

from adapters.did import Agreed, Clicked, Rated, Reworded
from adapters.slack.forms import find_errors, make_change, make_consent, make_fix, make_reason, open_form, read_form
from bot.pilot.model import FeedbackKind
from bot.self_model.extract import CHOICES
from bot.turn import Member, Place
from storage.sql import open_sql

HOME: dict[str, Any] = {"type": "view", "view_id": "V1"}


def tell(slack: Slack, user: str, text: str) -> None:
    """A person writes to the bot alone, and is answered."""
    before = len(direct(slack, user))
    slack.say(text, kind="message", user=user, channel=f"D{user}", channel_type="im")
    slack.wait(lambda _: len(direct(slack, user)) > before)


def direct(slack: Slack, user: str) -> list[str]:
    return [words(one) for one in slack.posted() if one["channel"] == f"D{user}"]


def button(home: dict[str, Any], action: str) -> dict[str, Any]:
    """The first button of a view with that action."""
    elements = [one for block in home["blocks"] for one in block.get("elements", [])]
    found: dict[str, Any] = next(one for one in elements if one.get("action_id", "").startswith(f"daytwo_{action}"))
    return found


def press(slack: Slack, user: str, found: dict[str, Any], **container: Any) -> None:
    """Press a button of a home."""
    assert slack.click(found["action_id"], found["value"], user=user, channel="", **HOME | container) == 200


def test_a_belief_is_put_right_in_a_form(slack: Slack) -> None:
    tell(slack, "U41", "start learning")
    tell(slack, "U41", "I'm a data engineer. How long is the retention of messages?")
    slack.open_home("U41")
    press(slack, "U41", button(slack.wait_for_home("U41", "data engineer"), "fix"))
    form = opened(slack, "fix")
    assert "role: data engineer" in json.dumps(form["blocks"])
    assert submit(slack, form, {"right": "data engineer"}, user="U41")["errors"] == {
        "right": "That is what I believe already."
    }
    assert "do not keep" in submit(slack, form, {"right": "Catholic"}, user="U41")["errors"]["right"]
    assert submit(slack, form, {"right": " product\nmanager "}, user="U41") == {}
    home = slack.wait_for_home("U41", "product manager")
    assert "data engineer*" not in json.dumps(home)


def test_a_thumb_down_asks_what_was_wrong_and_the_reason_counts(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?")
    slack.wait(lambda posted: bool(replies_to(posted, thread)))
    assert slack.click("daytwo_vote", f"down C1:{thread}", thread_ts=thread) == 200
    form = opened(slack, "reason")
    errors = submit(slack, form, {"reason": ("other",)})
    assert errors == {"response_action": "errors", "errors": {"words": "Say in a few words what was wrong."}}
    assert submit(slack, form, {"reason": ("not_specific",), "words": "says nothing of our plan"}) == {}


async def test_the_reason_is_kept_with_the_vote_and_without_its_words(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?", user="U42")
    slack.wait(lambda posted: bool(replies_to(posted, thread)))
    slack.click("daytwo_vote", f"down C1:{thread}", thread_ts=thread, user="U42")
    form = opened(slack, "reason", since=count_reasons(slack) - 1)
    submit(
        slack,
        form | {"private_metadata": json.dumps({"exchange": f"C1:{thread}"})},
        {"reason": ("too_basic",)},
        user="U42",
    )
    async with open_sql(slack.database) as stores:
        for _ in range(200):
            exchange = await stores.journal.exchange("T1", f"C1:{thread}")
            assert exchange
            kept = await stores.journal.feedback("T1", exchange.at.replace(year=2020), exchange.at.replace(year=2100))
            mine = [one for one in kept if one.member == Member("T1", "U42")]
            if [one.kind for one in mine] == [FeedbackKind.TOO_BASIC]:
                return
            await pause()
        pytest.fail(str(mine))


async def pause() -> None:
    import asyncio

    await asyncio.sleep(0.05)


def count_reasons(slack: Slack) -> int:
    return sum(one["callback_id"] == "daytwo_reason" for one in slack.state()["modals"].values())


def test_a_thumb_up_asks_nothing(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long is the retention of messages?")
    slack.wait(lambda posted: bool(replies_to(posted, thread)))
    before = count_opened(slack)
    assert slack.click("daytwo_vote", f"up C1:{thread}", thread_ts=thread) == 200
    assert slack.click("daytwo_vote", f"down C1:{thread}", thread_ts=thread) == 200
    wait_until(lambda: count_opened(slack) > before)
    assert count_opened(slack) == before + 1


def test_what_was_assumed_is_changed_by_saying_what_was_meant(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long does it keep messages?", user="U43")
    slack.wait(lambda posted: bool(replies_to(posted, thread)))
    taken = json.dumps([["it", "the broker"]])
    assert slack.click("daytwo_change", f"C1:{thread} {taken}", thread_ts=thread, user="U43") == 200
    form = opened(slack, "change")
    assert "I took it as the broker." in json.dumps(form["blocks"])
    assert submit(slack, form, {}, user="U43")["errors"] == {"meant_0": "Say what you meant, or close this."}
    assert submit(slack, form, {"meant_0": "the relay"}, user="U43") == {}
    answers = slack.wait(lambda posted: len(replies_to(posted, thread)) == 2)
    assert "14 days" in words(replies_to(answers, thread)[-1])


def test_nobody_rewords_another_ones_question(slack: Slack) -> None:
    thread = slack.say("<@UBOT> How long does it keep messages?", user="U44")
    slack.wait(lambda posted: bool(replies_to(posted, thread)))
    form = make_change(f"C1:{thread}", (("it", "the broker"),), Place("T1", "C1", thread))
    assert submit(slack, form, {"meant_0": "my salary"}, user="U45") == {}
    (told,) = slack.wait_for("U45")
    assert "Only the person who asked" in words(told)
    assert len([one for one in replies_to(slack.posted(), thread) if one["method"] == "chat.postMessage"]) == 1


def test_what_one_agrees_to_is_chosen_in_a_form(slack: Slack) -> None:
    slack.open_home("U46")
    press(slack, "U46", button(slack.wait_for_home("U46", "May I learn"), "consent"))
    form = opened(slack, "consent")
    assert submit(slack, form, {"learn": ("learn",), "also": ["in_public"]}, user="U46") == {}
    home = slack.wait_for_home("U46", "Learning is on")
    shown = json.dumps(home)
    assert "may shape replies" in shown
    assert "does not see your name" in shown
    slack.wait(lambda _: any("Learning is on" in one for one in direct(slack, "U46")))


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("daytwo_fix", ""),
        ("daytwo_change", "C1:1.0 not json"),
        ("daytwo_vote", "sideways x"),
        ("daytwo_pilot", "x" * 900),
    ],
)
def test_a_click_with_an_odd_value_is_acknowledged(slack: Slack, action: str, value: str) -> None:
    assert slack.click(action, value) == 200


def test_a_form_that_slack_will_not_open_any_more_is_acknowledged(slack: Slack) -> None:
    slack.tell("expired_trigger_id", 1, method="views.open")
    assert slack.click("daytwo_consent", "learn", user="U47") == 200


@pytest.mark.parametrize(
    "view", [{}, {"callback_id": "daytwo_shoe"}, {"callback_id": "daytwo_fix"}, {"callback_id": 7}]
)
def test_a_form_without_its_state_or_not_ours_changes_nothing(slack: Slack, view: dict[str, Any]) -> None:
    before = len(slack.posted())
    submit(slack, view, {})
    slack.open_home("U48")
    slack.wait_for_home("U48", "What I believe about you")
    assert len(slack.posted()) == before


MEMBER = {"team": {"id": "T1"}, "user": {"id": "U1"}, "type": "view_submission", "trigger_id": "t1"}


def sent(view: dict[str, Any], **given: dict[str, Any]) -> dict[str, Any]:
    values = {name: {name: value} for name, value in given.items()}
    return {**MEMBER, "view": {**view, "state": {"values": values}}}


@pytest.mark.parametrize(
    ("address", "believed", "words"),
    [
        ("role", "CTO", "correct role to VP"),
        ("tool:broker", "kafka", "correct my tool kafka to VP"),
        ("project", "billing migration", "correct my project billing migration to VP"),
    ],
)
def test_a_correction_names_its_belief(address: str, believed: str, words: str) -> None:
    did = read_form(sent(make_fix(address, believed), right={"value": "VP"}))
    assert isinstance(did, Clicked)
    assert (did.does, did.words, did.private) == ("say", words, True)


def test_expertise_is_picked_and_not_written() -> None:
    view: Any = make_fix("expertise:kafka", "working")
    assert view["blocks"][1]["element"]["initial_option"]["value"] == "working"
    did = read_form(sent(view, right={"selected_option": {"value": "expert"}}))
    assert isinstance(did, Clicked)
    assert did.words == "correct expertise:kafka to expert"


@pytest.mark.parametrize(("address", "values"), CHOICES.items())
def test_what_there_is_to_pick_from_is_picked(address: str, values: frozenset[str]) -> None:
    view: Any = make_fix(address if address != "expertise" else "expertise:kafka", next(iter(values)))
    element = view["blocks"][1]["element"]
    assert {one["value"] for one in element["options"]} == values
    assert element["initial_option"]["value"] == next(iter(values))


def test_forms_are_read_as_what_they_mean() -> None:
    rated = read_form(sent(make_reason("C1:1.0"), reason={"selected_option": {"value": "slow"}}))
    assert rated == Rated(
        member=Member("T1", "U1"), place=Place("T1", "U1"), up=False, reason=FeedbackKind.SLOW, exchange="C1:1.0"
    )
    agreed = read_form(sent(make_consent(frozenset()), learn={"selected_option": {"value": "not"}}))
    assert isinstance(agreed, Agreed)
    assert (agreed.learns, agreed.named, agreed.in_public) == (False, False, False)
    reworded = read_form(
        sent(make_change("e", (("it", "x"),), Place("T1", "C1", "1.0")), meant_0={"value": "the relay"})
    )
    assert isinstance(reworded, Reworded)
    assert (reworded.place, reworded.meant) == (Place("T1", "C1", "1.0"), (("it", "the relay"),))


@pytest.mark.parametrize("body", [{}, {"view": 3}, {**MEMBER, "view": {"state": {"values": {"a": 3, "b": {"b": 4}}}}}])
def test_odd_forms_are_read_as_nothing(body: dict[str, Any]) -> None:
    assert read_form(body) is None
    assert find_errors(body) == {}
    assert open_form(body) is None
