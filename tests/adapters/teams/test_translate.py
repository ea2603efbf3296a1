"""What Teams' activities are read as."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.did import Clicked, Heard, Rated, Reacted
from adapters.teams.invokes import Desk
from adapters.teams.text import to_plain
from adapters.teams.translate import identify, read
from bot.turn import Member, Place
from storage.memory import open_memory

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BOT = {"type": "mention", "text": "<at>Daytwo</at>", "mentioned": {"id": "28:bot"}}
BEN = {"type": "mention", "text": "<at>Ben</at>", "mentioned": {"id": "29:ben"}}
QUOTED = (
    '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong>Ben</strong>'
    "<p>I am the CTO</p></blockquote><p>Is that <code>relay</code>&nbsp;&lt;2.0?</p>"
)


def activity(**fields: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "id": "17",
        "timestamp": "2026-11-21T08:59:58.1234567Z",
        "from": {"id": "29:ana", "aadObjectId": "ana"},
        "recipient": {"id": "28:bot"},
        "conversation": {"id": "a:ana", "conversationType": "personal"},
        **fields,
    }


CHANNEL = {"id": "19:team@thread.tacv2;messageid=11", "conversationType": "channel"}
GROUP = {"id": "19:chat@thread.v2", "conversationType": "groupChat"}


@pytest.mark.parametrize(
    ("fields", "plain"),
    [
        ({"text": "<at>Daytwo</at> how long?", "entities": [BOT]}, "how long?"),
        ({"text": "<at>Daytwo</at> ask <at>Ben</at>", "entities": [BOT, BEN]}, "ask @Ben"),
        ({"text": "a &lt; b &amp;&nbsp;c"}, "a < b & c"),
        ({"text": "flat", "attachments": [{"contentType": "text/html", "content": "<p>flat</p>"}]}, "flat"),
        (
            {
                "text": "Ben I am the CTO Is that relay",
                "attachments": [{"contentType": "text/html", "content": QUOTED}],
            },
            "> Ben\n> I am the CTO\nIs that `relay` <2.0?",
        ),
    ],
)
def test_words_are_what_the_person_meant_to_write(fields: dict[str, Any], plain: str) -> None:
    assert to_plain(activity(**fields)) == plain


def test_a_personal_message_is_to_the_bot_alone_and_begins_a_thread_of_its_own() -> None:
    heard = read(activity(text="hello"), "W", AT)
    assert isinstance(heard, Heard)
    assert (heard.mentioned, heard.audience.alone, heard.message.private) == (True, True, True)
    assert heard.place == Place("W", "a:ana", "17")
    assert heard.message.author == Member("W", "ana")
    assert heard.message.at == datetime(2026, 11, 21, 8, 59, 58, 123456, tzinfo=UTC)
    assert heard.message.permalink == ""


@pytest.mark.parametrize("entities", [[], [BOT]], ids=["unnamed", "named"])
def test_a_channel_message_is_to_the_bot_where_it_is_named(entities: list[Any]) -> None:
    heard = read(activity(text="x", conversation=CHANNEL, entities=entities), "W", AT)
    assert isinstance(heard, Heard)
    assert (heard.mentioned, heard.audience.alone) == (bool(entities), False)
    assert heard.place == Place("W", "19:team@thread.tacv2", "11")
    assert heard.message.permalink.startswith("https://teams.microsoft.com/l/message/19%3Ateam%40thread.tacv2/17?")


def test_a_reaction_a_thumb_and_a_click_say_what_they_are_on() -> None:
    liked = read(activity(type="messageReaction", reactionsAdded=[{"type": "like"}], replyToId="9"), "W", AT)
    assert liked == Reacted(member=Member("W", "ana"), place=Place("W", "a:ana"), message="9", name="like")
    value = {
        "actionName": "feedback",
        "actionValue": {"reaction": "dislike", "feedback": '{"feedbackText": "too basic"}'},
    }
    rated = read(activity(type="invoke", name="message/submitAction", value=value, replyToId="9"), "W", AT)
    assert isinstance(rated, Rated)
    assert (rated.up, rated.words, rated.message) == (False, "too basic", "9")
    data = {"daytwo": {"does": "say", "words": "deeper", "about": "a:ana:3"}}
    clicked = read(activity(value=data, conversation=GROUP), "W", AT)
    assert isinstance(clicked, Clicked)
    assert (clicked.id, clicked.does, clicked.words, clicked.about) == ("17", "say", "deeper", "a:ana:3")
    assert read(activity(value={"daytwo": {"does": "delete"}}), "W", AT) is None


@pytest.mark.parametrize("who", [{"id": "28:bot"}, {"id": "28:other", "role": "bot"}, {}], ids=str)
def test_what_no_person_did_says_nothing(who: dict[str, str]) -> None:
    assert read({**activity(text="hello"), "from": who}, "W", AT) is None


def test_an_edit_is_not_taken_for_the_message_and_a_repeat_is() -> None:
    said = activity(text="hello")
    edits = [activity(type="messageUpdate", text=text) for text in ("hello!", "hello?")]
    ids = [identify(one, "W", AT).id for one in (said, said, *edits)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KINDS = ("message", "invoke", "messageReaction", "messageUpdate", "messageDelete", "installationUpdate", "shoe")
INVOKES = (
    "adaptiveCard/action",
    "task/fetch",
    "task/submit",
    "message/fetchTask",
    "message/submitAction",
    "composeExtension/fetchTask",
)
DEEDS = ("say", "why", "refresh", "done", "form", "fix", "reword", "agree", "set_up", "launch")
NAMES = (
    "channelData",
    "id",
    "from",
    "recipient",
    "conversation",
    "text",
    "entities",
    "attachments",
    "value",
    "name",
    "timestamp",
)


@given(st.fixed_dictionaries({"type": st.sampled_from(KINDS)}), st.data())
def test_whatever_shape_comes_it_is_read_without_an_error(kind: dict[str, Any], data: st.DataObject) -> None:
    odd = {name: data.draw(JSON) for name in data.draw(st.sets(st.sampled_from(NAMES), max_size=4))}
    body = {**activity(text="hello"), **kind, **odd}
    assert identify(body, "W", AT).platform == "teams"
    read(body, "W", AT)


@given(st.sampled_from(INVOKES), st.sampled_from(DEEDS), st.dictionaries(st.text(max_size=9), JSON, max_size=4), JSON)
async def test_whatever_an_invoke_holds_it_gets_an_answer(name: str, does: str, data: dict[str, Any], odd: Any) -> None:
    stores = open_memory()
    desk = Desk(stores, lambda: AT)
    mark = {"does": does, "words": data.get("w", "fix"), "about": data.get("a", "role x"), "aside": odd}
    for value in (odd, {"data": {"daytwo": mark, **data}}, {"action": {"data": {"daytwo": mark, **data}}}, data):
        body = activity(type="invoke", name=name, value=value)
        read(body, "W", AT)
        assert isinstance(await desk.answer(body, "W"), dict)
