"""What the stand-in remembers: messages, streams and when they end, modals, files, through Slack's own client."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.slack.standin import StandIn
from playground.slack.streams import LONGEST_STREAM

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A form"},
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}}],
}


async def test_a_thread_is_read_back_with_what_was_changed_and_deleted(
    client: AsyncWebClient, standin: StandIn
) -> None:
    standin.workspace.hear({"channel": "C1", "ts": "1.0", "user": "U1", "text": "why?"})
    first = await client.chat_postMessage(channel="C1", thread_ts="1.0", text="one", metadata={"event_type": "x"})
    second = await client.chat_postMessage(channel="C1", thread_ts="1.0", text="two")
    await client.chat_update(channel="C1", ts=first["ts"], text="first")
    await client.chat_delete(channel="C1", ts=second["ts"])
    read = await client.api_call("conversations.replies", http_verb="GET", params={"channel": "C1", "ts": "1.0"})
    assert [one["text"] for one in read["messages"]] == ["why?", "first"]
    assert (await client.chat_getPermalink(channel="C1", message_ts="1.0"))["permalink"].endswith("/C1/p10")


async def test_a_stream_grows_until_it_is_stopped(client: AsyncWebClient, standin: StandIn) -> None:
    stream = await client.chat_stream(
        channel="C1", thread_ts="1.0", recipient_team_id="T1", recipient_user_id="U1", buffer_size=1
    )
    await stream.append(markdown_text="Kept for ")
    await stream.append(markdown_text="14 days.")
    await stream.stop(blocks=MODAL["blocks"])
    (kept,) = standin.workspace.posted
    assert (kept["text"], kept["streaming"], len(kept["blocks"])) == ("Kept for 14 days.", False, 2)
    await client.chat_update(channel="C1", ts=stream.ts, text="anew")


async def test_a_stream_that_takes_too_long_ends_by_itself_and_can_be_updated(
    client: AsyncWebClient, standin: StandIn
) -> None:
    begun = await client.chat_startStream(
        channel="C1", thread_ts="1.0", recipient_team_id="T1", recipient_user_id="U1", markdown_text="a"
    )
    with pytest.raises(SlackApiError, match="streaming_state_conflict"):
        await client.chat_update(channel="C1", ts=begun["ts"], text="too early")
    standin.workspace.passed += LONGEST_STREAM + 1
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await client.chat_appendStream(channel="C1", ts=begun["ts"], markdown_text="b")
    await client.chat_update(channel="C1", ts=begun["ts"], text="whole")
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.chat_startStream(
            channel="C1", thread_ts="1.0", recipient_team_id="T1", recipient_user_id="U9", markdown_text="a"
        )


async def test_a_trigger_opens_one_view_and_not_for_long(client: AsyncWebClient, standin: StandIn) -> None:
    standin.workspace.issue("t1")
    standin.workspace.issue("t2")
    view = (await client.views_open(trigger_id="t1", view=MODAL))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id="t1", view=MODAL)
    standin.workspace.passed += 61
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id="t2", view=MODAL)


async def test_an_upload_is_shown_and_a_download_asks_for_the_token(
    client: AsyncWebClient, standin: StandIn, address: str
) -> None:
    await client.files_upload_v2(channel="C1", content=b"\x89PNG", filename="day.png", alt_txt="A chart")
    (shown,) = standin.workspace.posted
    assert shown["file"]["alt_txt"] == "A chart"
    standin.rules.granted["xoxb-reader"] = frozenset({"files:read"})
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{address}/files", json={"name": "a.md", "content": "words"}) as response:
            link = (await response.json())["file"]["url_private_download"]
        for token, told in (("xoxb-reader", "words"), ("xoxb-test", "Sign in"), ("", "Sign in")):
            async with session.get(link, headers={"authorization": f"Bearer {token}"}) as response:
                assert told in await response.text()


async def test_a_status_lasts_until_the_app_writes(client: AsyncWebClient, standin: StandIn) -> None:
    await client.assistant_threads_setStatus(channel_id="C1", thread_ts="1.0", status="is reading")
    assert standin.workspace.statuses[-1]["status"] == "is reading"
    await client.chat_postMessage(channel="C1", thread_ts="1.0", text="Done.")
    assert standin.workspace.statuses[-1]["status"] == ""
