"""A model's answer is written piece by piece in a personal chat, by Teams' rules, and posted where that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from teams_server import STANDIN, Teams, fetch, make_environment, serve, start
from test_messenger import all_posted, make_messenger, reference

from adapters.teams.messenger import TeamsMessenger
from adapters.teams.stream import LONGEST, MOST_PIECES, grow
from bot.ports import Notice, Outgoing, Sending, Stores
from bot.turn import Citation, Decision, Member, Message, Place, Reply, Turn, audience_at
from storage.memory import open_memory

QUESTION = "How long is the retention of messages?"
ASKER = Member("the-tenant", "ana")
CHATS = count()
ANSWER = Reply(
    decision=Decision.ANSWER,
    text="\n\n".join(f"Messages are kept for 14 days in case {number} [1]." for number in range(25)),
    confidence=0.8,
    engine="claude",
    citations=(Citation(number=1, passage="p1", document="relay.md", title="Relay", excerpt="Kept."),),
)


@pytest.fixture(scope="module")
def teams(standin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teams]:
    """A running server whose answers Claude's stand-in writes."""
    with start(str(STANDIN.with_name("claude.py"))) as process:
        assert process.stdout
        claude = f"http://127.0.0.1:{int(process.stdout.readline())}"
        environment = make_environment(tmp_path_factory.mktemp("stream"), standin) | {
            "DAYTWO_ENGINE": "claude",
            "DAYTWO_ANTHROPIC_API_KEY": "sk-ant-test",
            "DAYTWO_ANTHROPIC_BASE_URL": claude,
        }
        with serve(standin, environment) as running:
            yield running


def step_of(activity: dict[str, Any]) -> dict[str, Any]:
    """What an activity says of a stream."""
    return next((one for one in activity.get("entities") or [] if one["type"] == "streaminfo"), {})


def test_in_a_personal_chat_what_is_done_then_the_text_then_the_message_are_one(teams: Teams) -> None:
    said = teams.say(QUESTION, user="streamed")
    teams.wait(lambda: [one for one in teams.at(said) if "Simpler" in str(one.get("attachments"))])
    steps = [one for one in teams.at(said) if step_of(one)]
    assert [step_of(one)["streamType"] for one in steps] == ["informative", "streaming", "final"]
    assert steps[0]["text"].startswith("Daytwo is reading")
    assert len({one["id"] for one in steps}) == 1
    final = steps[-1]
    assert (final["type"], final["channelData"]) == ("message", {"feedbackLoop": {"type": "custom"}})
    assert final["text"].startswith(steps[1]["text"])
    assert len([one for one in teams.at(said) if "channelData" in one]) == 1


def test_where_others_read_nothing_is_streamed(teams: Teams) -> None:
    said = teams.say(QUESTION, where="groupChat", mention=True, user="grouped")
    teams.wait(lambda: [one for one in teams.at(said) if "Simpler" in str(one.get("attachments"))])
    assert not [one for one in teams.at(said) if step_of(one)]
    kinds = [one["type"] for one in teams.at(said)]
    assert kinds[:2] == ["typing", "message"]


def test_an_edit_is_answered_in_place_and_not_streamed(teams: Teams) -> None:
    said = teams.say(QUESTION, user="edits")
    teams.wait(lambda: [one for one in teams.at(said) if "channelData" in one])
    channel = {**said["channelData"], "eventType": "editMessage"}
    teams.send({**said, "type": "messageUpdate", "channelData": channel, "text": "What is the replication factor?"})
    teams.wait(lambda: [one for one in teams.at(said) if one["method"] == "PUT"])
    assert [step_of(one)["streamType"] for one in teams.at(said) if step_of(one)].count("final") == 1


@pytest.fixture
async def chat(standin: str) -> tuple[TeamsMessenger, Stores, Place]:
    """A messenger, and a personal chat it knows."""
    stores = open_memory()
    place = Place("the-tenant", f"a:stream-{next(CHATS)}", "17")
    known = reference(standin, conversation=place.channel, kind="personal", user="29:ana")
    await stores.conversations.remember(place, "teams", known, ASKER)
    messenger = make_messenger(standin, stores)
    await messenger.send(sending(place, Notice("hello"), "first"))
    return messenger, stores, place


def sending(place: Place, content: Any, key: str = "k") -> Sending:
    outgoing = Outgoing(key=key, platform="teams", place=place, content=content, alone=True, exchange="e1")
    return Sending(outgoing=outgoing, attempt=1)


def turn_at(place: Place) -> Turn:
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    message = Message(id="e1", author=ASKER, text="how long?", at=at, private=True)
    return Turn(message=message, place=place, audience=audience_at(place, ASKER, alone=True))


def at(standin: str, place: Place) -> list[dict[str, Any]]:
    return [one for one in all_posted(standin) if one["at"] == place.channel][1:]


async def test_each_update_has_all_of_the_one_before_and_comes_a_second_after_it(
    chat: tuple[TeamsMessenger, Stores, Place], standin: str
) -> None:
    """The stand-in refuses what is too fast, out of order, or does not begin with what was shown."""
    messenger, _, place = chat
    await messenger.tell(turn_at(place), "is reading 3 passages and writing an answer…")
    message = await messenger.send(sending(place, ANSWER))
    steps = [one for one in at(standin, place) if step_of(one)]
    assert [step_of(one).get("streamSequence") for one in steps] == [1, 2, 3, 4, 5, None]
    assert (message, steps[-1]["text"]) == (steps[0]["id"], ANSWER.text)


async def test_without_a_first_word_the_text_begins_the_stream(
    chat: tuple[TeamsMessenger, Stores, Place], standin: str
) -> None:
    messenger, _, place = chat
    await messenger.send(sending(place, ANSWER))
    assert step_of(at(standin, place)[0])["streamType"] == "streaming"


@pytest.mark.parametrize("after", [0, 1, 2])
async def test_a_stream_that_teams_ends_is_followed_by_the_plain_message(
    chat: tuple[TeamsMessenger, Stores, Place], standin: str, after: int
) -> None:
    messenger, _, place = chat
    told = {"status": 403, "times": 1, "after": after, "code": "ContentStreamNotAllowed"}
    fetch(f"{standin}/told", told)
    message = await messenger.send(sending(place, ANSWER))
    whole = [one for one in at(standin, place) if one.get("text") == ANSWER.text and one["type"] == "message"]
    assert [one["id"] for one in whole] == [message]
    assert not step_of(whole[0])


async def test_a_model_that_took_too_long_is_posted_plainly(
    chat: tuple[TeamsMessenger, Stores, Place], standin: str
) -> None:
    messenger, _, place = chat
    await messenger.tell(turn_at(place), "is reading…")
    began = messenger._streams.begun["e1"]
    began.begun -= LONGEST + 1
    await messenger.send(sending(place, ANSWER))
    (whole,) = [one for one in at(standin, place) if one["type"] == "message" and one.get("text") == ANSWER.text]
    assert not step_of(whole)
    assert not messenger._streams.begun


async def test_a_first_word_that_cannot_be_shown_is_no_fault(
    chat: tuple[TeamsMessenger, Stores, Place], standin: str
) -> None:
    messenger, _, place = chat
    fetch(f"{standin}/told", {"status": 502, "times": 1})
    await messenger.tell(turn_at(place), "is reading…")
    assert not at(standin, place)


@given(st.text(min_size=1, max_size=6_000))
def test_growing_text_only_grows_to_the_whole_in_few_steps(text: str) -> None:
    grown = grow(text)
    assert grown[-1] == text
    assert len(grown) <= MOST_PIECES
    assert all(later.startswith(one) and len(later) > len(one) for one, later in pairwise(grown))
