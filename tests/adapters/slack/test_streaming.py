"""A model's answer is written piece by piece, and whatever ends that, the same message is finished, once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_server import STANDIN, Slack, make_environment, replies_to, running, serve, words

from adapters.slack.limits import A_MINUTE, STREAM, Limits, make_paces
from adapters.slack.messenger import SlackMessenger
from adapters.slack.render import render
from adapters.slack.stream import cut, is_streamed
from adapters.slack.web import make_client
from bot.errors import Unavailable
from bot.ports import Effects, Notice, Outgoing, Sending, Stores
from bot.turn import Audience, Citation, Decision, Exchange, Member, Message, Place, Reply, Turn
from storage.memory import open_memory

CLAUDE = STANDIN.with_name("claude.py")
ANSWERED = datetime(2026, 11, 2, 9, tzinfo=UTC)
ASKER = Member("T1", "U1")
ANSWER = Reply(
    decision=Decision.ANSWER,
    text="\n\n".join(f"Messages are kept for 14 days in case {number} [1]." for number in range(40)),
    confidence=0.8,
    engine="claude",
    citations=(Citation(number=1, passage="p1", document="relay.md", title="Relay", excerpt="Kept."),),
)


@pytest.fixture(scope="module")
def slack(standin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slack]:
    """A running server whose answers Claude's stand-in writes."""
    with running(str(CLAUDE)) as process:
        assert process.stdout
        claude = f"http://127.0.0.1:{int(process.stdout.readline())}"
        environment = make_environment(tmp_path_factory.mktemp("streaming"), standin) | {
            "DAYTWO_ENGINE": "claude",
            "DAYTWO_ANTHROPIC_API_KEY": "sk-ant-test",
            "DAYTWO_ANTHROPIC_BASE_URL": claude,
        }
        with serve(standin, environment) as served:
            yield served
            assert served.state()["broken"] == []


def ask(slack: Slack, **fields: str) -> dict[str, Any]:
    """A question, and its one reply once it is whole."""
    thread = slack.say("<@UBOT> How long is the retention of messages?", **fields)

    def whole(posted: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [one for one in replies_to(posted, thread) if "feedback_buttons" in words(one)]

    slack.wait(lambda posted: bool(whole(posted)))
    (reply,) = replies_to(slack.posted(), thread)
    return reply


def test_a_models_answer_is_streamed_into_its_thread_after_a_status_line(slack: Slack) -> None:
    reply = ask(slack)
    assert (reply["method"], reply["streaming"]) == ("chat.startStream", False)
    assert "14 days" in reply["text"]
    assert reply["metadata"]["event_payload"]["key"].startswith("reply/C1:")
    (status,) = [
        one for one in slack.state()["statuses"] if one.get("thread_ts") == reply["thread_ts"] and one["status"]
    ]
    assert status["status"].startswith("is reading 2 passages")


def test_it_can_be_rated_like_any_other(slack: Slack) -> None:
    reply = ask(slack)
    assert slack.click("daytwo_vote", f"up C1:{reply['thread_ts']}", thread_ts=reply["thread_ts"]) == 200
    slack.event(
        type="reaction_added",
        user="U1",
        reaction="thumbsup",
        item={"type": "message", "channel": "C1", "ts": reply["ts"]},
    )


@pytest.mark.parametrize("error", ["message_not_in_streaming_state", "internal_error", "ratelimited"])
def test_a_stream_that_slack_ends_early_is_finished_by_an_update(slack: Slack, error: str) -> None:
    slack.tell(error, 1, method="chat.stopStream")
    reply = ask(slack)
    assert (reply["method"], reply.get("changed")) == ("chat.startStream", True)
    assert reply["metadata"]["event_payload"]["part"] == 0


@pytest.mark.parametrize("error", ["ratelimited", "missing_recipient_user_id", "user_not_found", "method_deprecated"])
def test_where_no_stream_can_be_begun_the_answer_is_posted(slack: Slack, error: str) -> None:
    slack.tell(error, 1, method="chat.startStream")
    assert ask(slack)["method"] == "chat.postMessage"


def test_a_status_that_slack_does_not_take_delays_nothing(slack: Slack) -> None:
    slack.tell("internal_error", 1, method="assistant.threads.setStatus")
    assert ask(slack)["method"] == "chat.startStream"


def test_a_question_back_or_a_decline_is_not_streamed(slack: Slack) -> None:
    thread = slack.say("<@UBOT> What does the cafeteria serve on Fridays?")
    (reply,) = replies_to(slack.wait(lambda posted: bool(replies_to(posted, thread))), thread)
    assert (reply["method"], "Not in the documents" in words(reply)) == ("chat.postMessage", True)


def make_outgoing(reply: Reply = ANSWER, **fields: Any) -> Outgoing:
    given: dict[str, Any] = {
        "key": "reply/C1:1.0",
        "platform": "slack",
        "place": Place("T1", "C1", "1.0"),
        "content": reply,
        "exchange": "C1:1.0",
    }
    return Outgoing(**given | fields)


async def queue(stores: Stores, outgoing: Outgoing) -> Sending:
    """The outgoing in hand, with the exchange that it is the reply of."""
    message = Message(id="C1:1.0", author=ASKER, text="How long?", at=ANSWERED)
    turn = Turn(message=message, place=outgoing.place, audience=Audience(alone=False), platform="slack")
    exchange = Exchange(id="C1:1.0", turn=turn, enriched="How long?", reply=ANSWER, at=ANSWERED)
    await stores.journal.commit(Effects(exchange=exchange, outgoing=(outgoing,)))
    sending = await stores.outbox.next("worker", -1.0)
    assert sending
    return sending


@pytest.fixture
def away(standin: str) -> Slack:
    """The stand-in alone."""
    return Slack(standin, "")


def reach(away: Slack, stores: Stores) -> SlackMessenger:
    client = make_client("xoxb-test", f"{away.standin}/api/", patient=False)
    return SlackMessenger(client, stores=stores)


async def test_a_crash_in_mid_stream_finishes_the_same_message(away: Slack) -> None:
    stores = open_memory()
    before = len(away.posted())
    sending = await queue(stores, make_outgoing())
    away.tell("internal_error", 1, method="chat.appendStream")  # the process dies, as far as it can tell
    away.tell("internal_error", 9, method="chat.update")
    with pytest.raises(Unavailable):
        await reach(away, stores).send(sending)
    away.tell("", 0, method="chat.update")
    again = await stores.outbox.next("another", 60.0)
    assert again
    assert again.begun
    assert await reach(away, stores).send(again) == again.begun
    (posted,) = away.posted()[before:]
    assert ANSWER.text in json.dumps(posted["blocks"], ensure_ascii=False).replace("\\n", "\n")
    assert "feedback_buttons" in words(posted)
    assert posted["streaming"] is False


async def test_what_was_begun_and_is_gone_meanwhile_is_posted(away: Slack) -> None:
    stores = open_memory()
    sending = await queue(stores, make_outgoing())
    gone = Sending(outgoing=sending.outgoing, attempt=2, uncertain=True, begun="1791190000.999999")
    stamp = await reach(away, stores).send(gone)
    assert next(one for one in away.posted() if one["ts"] == stamp)["method"] == "chat.postMessage"


async def test_an_edited_answer_whose_message_is_gone_meanwhile_is_posted(away: Slack) -> None:
    changed = make_outgoing(key="edited/1/C1:1.0", replaces="1791190000.999998")
    sending = Sending(outgoing=changed, attempt=1)
    stamp = await reach(away, open_memory()).send(sending)
    assert ANSWER.text[:20] in next(one for one in away.posted() if one["ts"] == stamp)["text"]
    before = len(away.posted())
    gone = replace(changed, content=Notice("The question was deleted."))
    assert await reach(away, open_memory()).send(Sending(outgoing=gone, attempt=1)) == "1791190000.999998"
    assert len(away.posted()) == before


async def test_a_stream_begun_unheard_is_found_and_finished(away: Slack) -> None:
    """The answer to chat.startStream was lost: nothing is kept of it but what stands in the thread."""
    stores, outgoing = open_memory(), make_outgoing(place=Place("T1", "C1", "1791190000.5"))
    sending = await queue(stores, outgoing)
    (post,) = render(outgoing)
    client = make_client("xoxb-test", f"{away.standin}/api/")
    lost = await client.chat_startStream(
        channel="C1",
        thread_ts="1791190000.5",
        recipient_team_id="T1",
        recipient_user_id="U1",
        chunks=[{"type": "markdown_text", "text": cut(post)[0][0]}],
    )
    unsure = Sending(outgoing=sending.outgoing, attempt=2, uncertain=True)
    assert await reach(away, stores).send(unsure) == lost["ts"]
    assert len(replies_to(away.posted(), "1791190000.5")) == 1


async def test_no_more_are_begun_than_slack_takes() -> None:
    """Two replicas share the pace, and a turn that comes later is kept for the next answer, not thrown away."""
    now = [1_000.0]
    stores = open_memory(lambda: now[0], paces=make_paces(1.0))
    first, second = (Limits(stores.outbox, "xoxb-test") for _ in range(2))
    begun = [await one.is_free(STREAM) for _ in range(A_MINUTE[STREAM]) for one in (first, second)]
    assert 0 < sum(begun) < A_MINUTE[STREAM]
    assert begun[: sum(begun)] == [True] * sum(begun)
    assert not await first.is_free(STREAM)


async def test_a_turn_that_came_later_is_used_by_the_next() -> None:
    now = [1_000.0]
    stores = open_memory(lambda: now[0], paces=make_paces(1.0))
    limits = Limits(stores.outbox, "xoxb-test", clock=lambda: now[0])
    begun = [await limits.is_free(STREAM) for _ in range(A_MINUTE[STREAM])]
    assert not all(begun)
    now[0] += 10.0
    assert await limits.is_free(STREAM)


@pytest.mark.parametrize(
    ("reply", "fields"),
    [
        (Reply(decision=Decision.ANSWER, text="x", confidence=1), {}),
        (Reply(decision=Decision.ASK, text="x", confidence=1, engine="claude"), {}),
        (Reply(decision=Decision.ANSWER, text="x\n\n" * 9_000, confidence=1, engine="claude"), {}),
        (ANSWER, {"place": Place("T1", "C1")}),
        (ANSWER, {"place": Place("T1", "C1/U1", "1.0")}),
        (ANSWER, {"only_to": ASKER}),
        (ANSWER, {"replaces": "1.0"}),
    ],
)
def test_what_is_not_streamed(reply: Reply, fields: dict[str, Any]) -> None:
    outgoing = make_outgoing(reply, **fields)
    assert not is_streamed(outgoing, render(outgoing))
    assert is_streamed(make_outgoing(), render(make_outgoing()))


def test_the_pieces_are_the_answer() -> None:
    (post,) = render(make_outgoing())
    pieces, below = cut(post)
    assert "".join(pieces) == ANSWER.text
    assert len(pieces) > 3
    assert below == list(post.blocks[1:])
