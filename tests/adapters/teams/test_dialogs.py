"""Dialogs and cards: the reason after a thumb, a correction, a home, a card as it is for one person."""

from __future__ import annotations

import json
from typing import Any

import pytest
from teams_server import Teams, find_action

QUESTION = "How long is the retention of messages?"
DATA = "select kind, satisfaction from feedback where member = ? and source = 'thumbs'"


def rate(teams: Teams, answer: Any, said: Any, user: str, name: str, **told: Any) -> Any:
    """A thumb on an answer, or the dialog behind it."""
    value = {"actionName": "feedback", "actionValue": told}
    value = {"data": value} if name == "message/fetchTask" else value
    return teams.invoke(name, value, said, replyToId=answer["id"], user=user)


def ask(teams: Teams, user: str) -> tuple[Any, Any]:
    """A question and its answer, once it is known which message that is."""
    said = teams.say(QUESTION, user=user)
    sent = "select key from outgoing where state = 'sent' and key = ?"
    teams.wait(lambda: teams.rows(sent, f"reply/a:{user}:{said['id']}"))
    return said, next(one for one in teams.at(said) if "channelData" in one)


def fields_of(dialog: Any) -> dict[str, Any]:
    """The fields of a dialog's form, by name."""
    return {one["id"]: one for one in dialog["task"]["value"]["card"]["content"]["body"] if "id" in one}


def test_a_thumb_down_opens_a_dialog_and_its_reason_is_kept(teams: Teams) -> None:
    said, answer = ask(teams, "critic")
    dialog = rate(teams, answer, said, "critic", "message/fetchTask", reaction="dislike")
    fields = fields_of(dialog)
    assert dialog["task"]["value"]["title"] == "A poor answer"
    assert [one["value"] for one in fields["reason"]["choices"]][:2] == ["too_basic", "too_deep"]
    teams.wait(lambda: teams.rows(DATA, "critic"))
    told = json.dumps({"reason": "not_specific", "feedbackText": "which of our brokers?"})
    assert rate(teams, answer, said, "critic", "message/submitAction", reaction="dislike", feedback=told) == {}
    teams.wait(lambda: [kind for kind, _ in teams.rows(DATA, "critic")] == ["not_specific"])


def test_a_thumb_up_asks_for_words_alone_and_the_latest_counts(teams: Teams) -> None:
    said, answer = ask(teams, "fan")
    rate(teams, answer, said, "fan", "message/fetchTask", reaction="dislike")
    dialog = rate(teams, answer, said, "fan", "message/fetchTask", reaction="like")
    assert list(fields_of(dialog)) == ["feedbackText"]
    teams.wait(lambda: [kind for kind, _ in teams.rows(DATA, "fan")] == ["none"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("message/fetchTask", {"data": {"actionValue": {"reaction": "shrug"}}}),
        ("message/fetchTask", {}),
        ("message/submitAction", {"actionValue": {"reaction": "dislike", "feedback": '{"reason": ["x"]}'}}),
        ("message/submitAction", {"actionValue": {"reaction": "like", "feedback": "[" * 900}}),
        ("message/submitAction", {"actionValue": "dislike"}),
        ("task/fetch", {}),
        ("task/fetch", {"data": {"daytwo": {"does": "form", "words": "shoe"}}}),
        ("task/fetch", {"data": {"daytwo": {"does": "form", "words": "fix", "about": ""}}}),
        ("task/fetch", {"data": {"daytwo": {"does": "form", "words": "reword", "about": "nothing"}}}),
        ("task/fetch", {"data": {"daytwo": {"does": "form", "words": "set_up", "about": "nothing"}}}),
        ("task/submit", {"data": {"daytwo": {"does": "reword", "about": "x"}, "meant_0": ["x"]}}),
        ("task/submit", {"data": {"daytwo": {"does": "launch", "about": "role"}, "right": "x"}}),
        ("task/submit", {"data": {"daytwo": "fix"}}),
        ("adaptiveCard/action", {}),
        ("adaptiveCard/action", {"action": {"data": {"daytwo": {"does": "launch"}}}}),
        ("adaptiveCard/action", {"action": {"data": {"daytwo": {"does": "why", "about": "nothing"}}}}),
        ("adaptiveCard/action", {"action": {"data": {"daytwo": {"does": "refresh", "about": 7}}}}),
        ("adaptiveCard/action", {"action": {"data": {"daytwo": {"does": "say", "words": " "}}}}),
        ("composeExtension/fetchTask", {"commandId": "explain"}),
        ("composeExtension/submitAction", {"commandId": ["explain"], "messagePayload": 7}),
        ("config/fetch", None),
    ],
    ids=str,
)
def test_what_is_garbled_or_gone_gets_a_plain_answer_and_does_no_harm(teams: Teams, name: str, value: Any) -> None:
    told = teams.invoke(name, value, user="odd")
    if name.startswith(("task", "composeExtension")) or name == "message/fetchTask":
        assert told["task"]["type"] == "message"
    elif name == "adaptiveCard/action":
        assert told["statusCode"] == 200
    else:
        assert told == {}


def home_of(teams: Teams, user: str) -> tuple[Any, Any]:
    """Ask for one's home; the message and the card."""
    before = len(teams.at({"conversation": {"id": f"a:{user}"}}))
    said = teams.say("home", user=user)
    return said, teams.wait(lambda: [one for one in teams.at(said)[before:] if "What I believe" in json.dumps(one)])[0]


def open_form(teams: Teams, card: Any, title: str, said: Any, user: str) -> Any:
    """Press a button that opens a form; the form."""
    return teams.invoke("task/fetch", {"data": find_action(card, title)["data"]}, said, user=user)


def send_form(teams: Teams, form: Any, said: Any, user: str, **filled: str) -> Any:
    """Send it as filled in, what it had before included; what that is answered with."""
    content = form["task"]["value"]["card"]["content"]
    known = {one["id"]: one.get("value", "") for one in content["body"] if "id" in one}
    return teams.invoke("task/submit", {"data": {**content["actions"][0]["data"], **known, **filled}}, said, user=user)


def test_a_home_shows_beliefs_consent_and_what_the_champion_sees_and_a_belief_is_put_right_there(teams: Teams) -> None:
    teams.say("yes, learn from what i write", user="owner")
    teams.say("I am a data engineer and we use Kafka for the billing migration.", user="owner")
    teams.wait(lambda: teams.rows("select value from belief where member = 'owner' and value = 'data engineer'"))
    said, home = home_of(teams, "owner")
    card = home["attachments"][0]["content"]
    words = json.dumps(card, ensure_ascii=False)
    assert all(
        one in words for one in ("**data engineer**", "you said “I am a data engineer", "champion sees", "Pause")
    )
    form = open_form(teams, card, "Put right…", said, "owner")
    assert send_form(teams, form, said, "owner", right="architect")["task"]["type"] == "message"
    teams.wait(lambda: any("put right" in one.get("text", "") for one in teams.at(said)))
    _, later = home_of(teams, "owner")
    assert "data engineer**" not in json.dumps(later["attachments"])


def test_a_home_asked_for_in_a_channel_is_shown_in_private(teams: Teams) -> None:
    said = teams.say("my home", where="channel", mention=True, user="shy")
    assert teams.answer(said)["text"] == "I've told you in private."
    (home,) = teams.wait(lambda: teams.at({"conversation": {"id": "a:29:shy"}}))
    assert "What I believe about you" in json.dumps(home)


def test_pause_on_the_home_pauses(teams: Teams) -> None:
    teams.say("start learning", user="pauser")
    said, home = home_of(teams, "pauser")
    teams.act(home, "Pause", said, user="pauser")
    teams.wait(lambda: any(one.get("text", "").startswith("Paused.") for one in teams.at(said)))


def test_what_was_assumed_of_an_asker_shows_to_them_alone_and_can_be_changed(teams: Teams) -> None:
    """In a chat where others read, the asker's client asks for the card as it is for them; others get it without."""
    user = "planner"
    teams.say("yes, learn from what i write", user=user)
    teams.say("My project is the relay migration.", where="channel", mention=True, user=user)
    teams.wait(lambda: teams.rows("select value from belief where member = ? and address = 'project'", user))
    asked = teams.say(
        "How long is the retention of messages for my project?", where="groupChat", mention=True, user=user
    )
    said = {"conversation": asked["conversation"]}
    card = teams.wait(lambda: [one for one in teams.at(said) if f":{asked['id']}" in json.dumps(one)])[-1]
    content = card["attachments"][0]["content"]
    assert "I took" not in json.dumps(content)
    refresh = {"action": content["refresh"]["action"]}
    mine = teams.invoke("adaptiveCard/action", refresh, said, where="groupChat", user=user)
    assert "I took *my project* as" in json.dumps(mine)
    theirs = teams.invoke("adaptiveCard/action", refresh, said, where="groupChat", user="bystander")
    assert "I took" not in json.dumps(theirs)
    assert not find_action(theirs, "Change what I assumed")
    form = open_form(teams, mine, "Change what I assumed", said, user)
    assert "What did you mean by “my project”?" in json.dumps(form, ensure_ascii=False)
    again = send_form(teams, form, said, user)
    assert "Say what you meant, or close this." in json.dumps(again)
    assert send_form(teams, form, said, user, meant_0="the replication of messages")["task"]["type"] == "message"
    asked_again = "select body from exchange where member = ? and body like '%for the replication of messages?%'"
    teams.wait(lambda: teams.rows(asked_again, user))
    not_theirs = open_form(teams, mine, "Change what I assumed", said, "bystander")
    assert not_theirs["task"]["value"].startswith("Only the person who asked")


@pytest.mark.parametrize(
    ("right", "fault"),
    [
        ("", "Say what is right."),
        ("Data Engineer", "That is what I believe already."),
        ("a devout catholic", "That is something I do not keep about anyone."),
    ],
)
def test_a_correction_that_says_nothing_new_is_asked_for_again(teams: Teams, right: str, fault: str) -> None:
    data = {"daytwo": {"does": "fix", "about": "role data engineer"}, "right": right}
    told = teams.invoke("task/submit", {"data": data}, user="owner")
    assert fault in json.dumps(told["task"]["value"]["card"])


@pytest.mark.parametrize(("about", "picks"), [("expertise:kafka working", 4), ("seniority senior", 5), ("role x", 0)])
def test_what_can_only_be_one_of_a_few_is_picked(teams: Teams, about: str, picks: int) -> None:
    form = {"data": {"daytwo": {"does": "form", "words": "fix", "about": about}}}
    shown = fields_of(teams.invoke("task/fetch", form, user="picker"))["right"]
    assert len(shown.get("choices", [])) == picks


def test_what_one_agrees_to_is_chosen_in_one_form_and_told_back(teams: Teams) -> None:
    said, home = home_of(teams, "chooser")
    form = open_form(teams, home["attachments"][0]["content"], "Choose what you agree to…", said, "chooser")
    assert "Pick one." not in json.dumps(form)
    assert "Pick one." in json.dumps(send_form(teams, form, said, "chooser"))
    assert send_form(teams, form, said, "chooser", learn="yes", named="false")["task"]["type"] == "message"
    teams.wait(lambda: any("Learning is on." in one.get("text", "") for one in teams.at(said)))
    kept = "select modelling, named_to_champion, private_in_public from consent where member = 'chooser'"
    assert teams.rows(kept) == [(1, 0, 0)]


def test_an_administrator_sets_a_pilot_up_from_their_home_and_what_is_wrong_is_marked(teams: Teams) -> None:
    said, home = home_of(teams, "boss")
    card = home["attachments"][0]["content"]
    assert "No pilot is set up yet." in json.dumps(card)
    form = open_form(teams, card, "Set up a pilot…", said, "boss")
    wrong = send_form(teams, form, said, "boss", name="Relay", champions="boss", starts="soon")
    words = json.dumps(wrong["task"]["value"]["card"])
    assert all(one in words for one in ("Not saved yet", "Write a date like 2026-11-02.", '"value": "Relay"'))
    taken = send_form(teams, form, said, "boss", name="Relay", champions="boss", starts="2026-11-16")
    assert taken["task"]["type"] == "message"
    teams.wait(lambda: any("Set up: " in one.get("text", "") for one in teams.at(said)))
    _, home = home_of(teams, "boss")
    change = open_form(teams, home["attachments"][0]["content"], "Change…", said, "boss")
    assert '"value": "Relay"' in json.dumps(change)


def test_whoever_may_not_set_a_pilot_up_is_told_so(teams: Teams) -> None:
    said, home = home_of(teams, "nobody")
    assert not find_action(home["attachments"][0]["content"], "Set up a pilot…")
    forged = {"data": {"daytwo": {"does": "form", "words": "set_up", "about": ""}}}
    told = teams.invoke("task/fetch", forged, said, user="nobody")
    assert told["task"]["value"].startswith("Only an administrator")
