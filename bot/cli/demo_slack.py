"""A recorded pilot done again on Slack: a stand-in of it on loopback, Daytwo connected to that as to Slack itself, and
every message and emoji as the signed request that Slack would send. What was answered is read from what Slack was sent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pydantic import SecretStr

from adapters.server import serving as serving_platforms
from adapters.slack.manifest import SCOPES
from bot.errors import Refused, Unavailable
from bot.flows.control import NOTICE
from bot.flows.deliver import deliver_all
from bot.flows.means import Means
from bot.flows.recording import Posting, Reaction, Recording
from bot.flows.replay import as_exchange, time_of_reaction
from bot.flows.respond import REPLY
from bot.flows.work import find_depths, work_next
from bot.ports import Notice
from bot.settings import Settings
from bot.turn import Exchange, Place, Turn
from bot.wiring import Part, open_slack
from playground.slack.checks import Rules
from playground.slack.page import to_page
from playground.slack.server import serving
from playground.slack.standin import StandIn
from playground.slack.tiers import Tiers
from playground.slack.workspace import Workspace

TOKEN, SECRET = "xoxb-on-loopback", "known-to-both-sides"
PATH = "/slack/events"
WORKER = "demo"


@dataclass(slots=True)
class Then:
    """The time of the pilot, set by what happens in it."""

    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()


@asynccontextmanager
async def through_slack(means: Means, settings: Settings, recording: Recording) -> AsyncIterator[SlackWay]:
    """The way through Slack, connected while the context is open. Raises Unavailable, Refused."""
    if recording.bot is None:
        raise Refused("The recording has no bot, so nothing in it can be done again on Slack.")
    then = Then()
    standin = make_standin(recording, then)
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(serving(standin))
        slack = settings.model_copy(
            update={
                "slack_api_url": f"{address}/api/",
                "slack_bot_token": SecretStr(TOKEN),
                "slack_signing_secret": SecretStr(SECRET),
                "slack_app_token": None,
            }
        )
        part = await open_slack(means, slack, stack, then)
        served = serving_platforms("127.0.0.1", 0, part.routes, partial(find_depths, means.stores))
        port = await stack.enter_async_context(served)
        standin.delivery.url, standin.delivery.secret = f"http://127.0.0.1:{port}{PATH}", SECRET
        yield SlackWay(means, standin, part, then, recording)


def make_standin(recording: Recording, then: Then) -> StandIn:
    """A Slack with the recording's people, whose time is the recording's, held to the app's own scopes and to the
    limits of calls."""
    people = {
        one.member.id: {
            "id": one.member.id,
            "team_id": recording.workspace,
            "is_bot": one.is_bot,
            "tz": one.time_zone,
            "profile": {"display_name": one.name, "title": one.title, "email": one.email},
        }
        for one in recording.people.values()
    }
    bot = recording.bot.id if recording.bot else ""
    return StandIn(
        workspace=Workspace(
            team=recording.workspace,
            bot=bot,
            people=people,
            names={channel: name for name, channel in recording.channels.items()},
            clock=then.seconds,
        ),
        rules=Rules(granted={TOKEN: frozenset(SCOPES)}),
        tiers=Tiers(clock=then.seconds),
    )


@dataclass(slots=True)
class SlackWay:
    """What was recorded, as it happens on Slack (see `Way` in the replay)."""

    means: Means
    standin: StandIn
    part: Part
    then: Then
    recording: Recording
    problems: list[str] = field(default_factory=list)
    sent: int = 0

    async def say(self, posting: Posting) -> Exchange | None:
        """Somebody writes it: Slack tells the app, twice where it is mentioned."""
        source = posting.source
        channel = self._channel(posting.place)
        thread = {"thread_ts": source["thread_ts"]} if source.get("thread_ts") not in (None, source["ts"]) else {}
        kept = {name: source[name] for name in ("user", "ts", "text", "subtype", "files") if name in source}
        written = {**kept, **thread, "channel": channel, "event_ts": source["ts"]}
        kind = "im" if posting.message.private else "channel"
        self.then.now = posting.message.at
        self.standin.workspace.hear({"type": "message", **written})
        if posting.mentioned and not posting.message.private:
            await self._happens({"type": "app_mention", **written})
        await self._happens({"type": "message", "channel_type": kind, **written})
        await self._work()
        return await self._read_answer(posting, f"{channel}:{source['ts']}")

    async def react(self, reaction: Reaction) -> None:
        """Somebody puts an emoji on the bot's reply, as it stands on Slack."""
        folder, _, stamp = reaction.exchange.partition(":")
        channel = self.recording.channels.get(folder, folder)
        exchange = await self.means.stores.journal.exchange(reaction.member.workspace, f"{channel}:{stamp}")
        shown = self._find(f"{REPLY}{channel}:{stamp}")
        if not exchange or not shown:
            return
        self.then.now = time_of_reaction(exchange)
        self.standin.workspace.react(shown[0], reaction.member.id, reaction.name)
        on = {"type": "message", "channel": channel, "ts": shown[0]["ts"]}
        event = {"type": "reaction_added", "user": reaction.member.id, "reaction": reaction.name, "item": on}
        event |= {"item_user": self.standin.workspace.bot}
        await self._happens({**event, "event_ts": f"{self.then.seconds():.6f}"})
        await self._work()

    async def tell(self) -> None:
        """Deliver the digests; say what did not get through, or would not have on Slack."""
        await self._work()
        depths = await self.means.stores.outbox.depths()
        if left := depths["waiting"] + depths["failed"]:
            self.problems.append(f"{left} messages did not reach Slack.")
        for broken in self.standin.rules.broken:
            self.problems.append(f"Slack would refuse {broken['method']}: {broken['rule']}.")

    def show(self, title: str) -> str:
        """The workspace as it stands, as a page."""
        return to_page(self.standin.workspace, title=title)

    def _channel(self, place: Place) -> str:
        return self.recording.channels.get(place.channel, place.channel)

    async def _happens(self, event: Mapping[str, object]) -> None:
        """Slack tells the app of it. Raises Unavailable where the app does not take it."""
        self.sent += 1
        body: dict[str, Any] = {"type": "event_callback", "team_id": self.recording.workspace, "event": dict(event)}
        body |= {"event_id": f"Ev{self.sent:08d}", "event_time": int(self.then.seconds())}
        done = await self.standin.delivery.deliver(body)
        if done["status"] != 200:
            raise Unavailable(f"The app did not take an event: {done['attempts']}.")

    async def _work(self) -> None:
        """All that is to be done until nothing waits; then all that is to be delivered."""
        while await work_next(self.means.stores, self.part.handle, WORKER, self.then):
            pass
        await deliver_all(self.means.stores.outbox, {self.part.messenger.platform: self.part.messenger}, WORKER)

    async def _read_answer(self, posting: Posting, identity: str) -> Exchange | None:
        """What was said to a message, in the words that stand on Slack; None where nothing was."""
        exchange = await self.means.stores.journal.exchange(self.recording.workspace, identity)
        if exchange:
            shown = self._find(f"{REPLY}{identity}")
            if exchange.reply.text and not shown:
                self.problems.append(f"The answer to {identity} did not reach Slack.")
            return replace(exchange, reply=replace(exchange.reply, text=read_words(shown)))
        told = self._find(f"{NOTICE}{identity}")
        if not told:
            return None
        turn = Turn(
            message=replace(posting.message, id=identity),
            place=replace(posting.place, channel=self._channel(posting.place)),
            audience=posting.audience,
            mentioned=posting.mentioned,
            platform=self.part.messenger.platform,
        )
        return as_exchange(turn, Notice(read_words(told)))

    def _find(self, key: str) -> list[dict[str, Any]]:
        """The messages on Slack that carry this key, in order."""
        posted = self.standin.workspace.posted
        return [one for one in posted if ((one.get("metadata") or {}).get("event_payload") or {}).get("key") == key]


def read_words(messages: Sequence[Mapping[str, Any]]) -> str:
    """The words of an answer as people read them: the Markdown of its messages."""
    shown = [block["text"] for one in messages for block in one.get("blocks", []) if block["type"] == "markdown"]
    return "\n\n".join(shown).replace("&lt;", "<")
