"""A recorded pilot done again on Teams: a stand-in of its tokens and its connector on loopback, Daytwo connected to
that as to Teams itself, and every message and emoji as the signed activity that Teams would send. What was answered is
read from what the connector was sent.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from typing import Any

from aiohttp import ClientSession, web
from pydantic import SecretStr

from adapters.server import serving as serving_platforms
from adapters.teams.connect import MESSAGES_PATH
from adapters.wording import MARKS
from bot.cli.demo_slack import WORKER, Then
from bot.errors import Unavailable
from bot.flows.control import NOTICE
from bot.flows.deliver import deliver_all
from bot.flows.means import Means
from bot.flows.recording import Posting, Reaction, Recording
from bot.flows.replay import as_exchange, time_of_reaction
from bot.flows.respond import REPLY
from bot.flows.work import find_depths, work_next
from bot.ports import Notice
from bot.settings import Settings
from bot.turn import Exchange, Member, Place, Turn
from bot.wiring import Part, open_teams
from playground.teams.standin import APP_ID, ISSUER, SECRET, STATE, Rules, make_app, serving, sign_token

BOT = {"id": f"28:{APP_ID}", "name": "Daytwo"}
MENTION = "<at>Daytwo</at>"


@asynccontextmanager
async def through_teams(
    means: Means, settings: Settings, recording: Recording, champions: Sequence[Member]
) -> AsyncIterator[TeamsWay]:
    """The way through Teams, connected while the context is open. Raises Unavailable."""
    then, app = Then(), make_standin(recording)
    async with serving(app) as address, ClientSession() as session:
        teams = settings.model_copy(
            update={
                "teams_app_id": APP_ID,
                "teams_app_password": SecretStr(SECRET),
                "teams_tenant_id": recording.workspace,
                "teams_registration": "multi-tenant",
                "teams_login_url": address,
                "teams_issuer": ISSUER,
                "teams_keys_url": f"{address}/openid",
            }
        )
        part = open_teams(means, teams, then)
        served = serving_platforms("127.0.0.1", 0, part.routes, partial(find_depths, means.stores))
        async with served as port:
            way = TeamsWay(means, app, part, then, recording, address, f"http://127.0.0.1:{port}", session)
            then.now = recording.postings[0].message.at if recording.postings else then.now
            for champion in champions:
                await way.welcome(champion)
            yield way


def make_standin(recording: Recording) -> web.Application:
    """A Teams with the recording's people."""
    people = {
        f"29:{one.member.id}": {"name": one.name, "email": one.email or f"{one.member.id}@example.com"}
        for one in recording.people.values()
    }
    return make_app(Rules(people=people, tenants=(recording.workspace,)))


@dataclass(slots=True)
class TeamsWay:
    """What was recorded, as it happens on Teams (see `Way` in the replay)."""

    means: Means
    standin: web.Application
    part: Part
    then: Then
    recording: Recording
    address: str
    server: str
    session: ClientSession
    problems: list[str] = field(default_factory=list)
    sent: int = 0

    async def welcome(self, member: Member) -> None:
        """Someone adds the app to their own, so that they can be written to."""
        own = Place(member.workspace, f"a:{member.id}")
        await self._happens({"type": "installationUpdate", "action": "add"}, member, own, private=True)
        await self._work()

    async def say(self, posting: Posting) -> Exchange | None:
        """Somebody writes it; in a shared conversation with a mention where the bot is named."""
        message, place = posting.message, self._place(posting)
        text, entities = escape(message.text, quote=False), []
        if posting.mentioned and not message.private:
            text, entities = f"{MENTION} {text}", [{"type": "mention", "text": MENTION, "mentioned": BOT}]
        stamp = message.id.rpartition(":")[2]
        self.then.now = message.at
        written = {"type": "message", "id": stamp, "text": text, "textFormat": "plain", "entities": entities}
        await self._happens(written, message.author, place, private=message.private)
        await self._work()
        return await self._read_answer(posting, place, f"{place.channel}:{stamp}")

    async def react(self, reaction: Reaction) -> None:
        """Somebody puts an emoji on the bot's reply, as it stands on Teams."""
        stamp = reaction.exchange.partition(":")[2]
        answered = [one for one in self.recording.postings if one.message.id == reaction.exchange]
        if not answered:
            return
        place = self._place(answered[0])
        identity = f"{place.channel}:{stamp}"
        exchange = await self.means.stores.journal.exchange(reaction.member.workspace, identity)
        shown = await self.means.stores.outbox.message(f"{REPLY}{identity}")
        if not exchange or not shown:
            return
        self.then.now = time_of_reaction(exchange)
        put = {"type": "messageReaction", "reactionsAdded": [{"type": reaction.name}], "replyToId": shown}
        await self._happens(put, reaction.member, place, private=answered[0].message.private)
        await self._work()

    async def tell(self) -> None:
        """Deliver the digests; say what did not get through."""
        await self._work()
        depths = await self.means.stores.outbox.depths()
        if left := sum(depths[state] for state in ("waiting", "failed", "unknown")):
            self.problems.append(f"{left} messages did not reach Teams.")

    def _place(self, posting: Posting) -> Place:
        """Where it was said, as Teams has it: a personal chat, or a thread of a channel."""
        message, place = posting.message, posting.place
        if message.private:
            return Place(place.workspace, f"a:{message.author.id}")
        thread = place.thread or message.id.rpartition(":")[2]
        return Place(place.workspace, f"19:{place.channel}@thread.tacv2", thread)

    async def _happens(self, told: Mapping[str, object], member: Member, place: Place, *, private: bool) -> None:
        """Teams tells the bot of it. Raises Unavailable where the bot does not take it."""
        self.sent += 1
        service, person = f"{self.address}/teams/", self.recording.name(member)
        shared = {"id": f"{place.channel};messageid={place.thread}", "conversationType": "channel"}
        conversation = {"id": place.channel, "conversationType": "personal"} if private else shared
        activity = {
            "id": f"f:{self.sent}",
            "timestamp": self.then.now.isoformat(),
            "channelId": "msteams",
            "serviceUrl": service,
            "from": {"id": f"29:{member.id}", "aadObjectId": member.id, "name": person},
            "recipient": BOT,
            "conversation": {**conversation, "tenantId": self.recording.workspace},
            "channelData": {"tenant": {"id": self.recording.workspace}},
            **told,
        }
        headers = {"authorization": f"Bearer {sign_token(self.standin[STATE], service)}"}
        async with self.session.post(f"{self.server}{MESSAGES_PATH}", json=activity, headers=headers) as response:
            if response.status != 200:
                raise Unavailable(f"The bot did not take an activity: {await response.text()}")

    async def _work(self) -> None:
        """All that is to be done until nothing waits; then all that is to be delivered."""
        while await work_next(self.means.stores, self.part.handle, WORKER, self.then):
            pass
        await deliver_all(self.means.stores.outbox, {self.part.messenger.platform: self.part.messenger}, WORKER)

    async def _read_answer(self, posting: Posting, place: Place, identity: str) -> Exchange | None:
        """What was said to a message, in the words that stand on Teams; None where nothing was."""
        outbox = self.means.stores.outbox
        exchange = await self.means.stores.journal.exchange(self.recording.workspace, identity)
        if exchange:
            shown = self._find(await outbox.message(f"{REPLY}{identity}"))
            if exchange.reply.text and not shown:
                self.problems.append(f"The answer to {identity} did not reach Teams.")
            return replace(exchange, reply=replace(exchange.reply, text=read_words(shown)))
        told = self._find(await outbox.message(f"{NOTICE}{identity}"))
        if not told:
            return None
        turn = Turn(
            message=replace(posting.message, id=identity),
            place=place,
            audience=posting.audience,
            mentioned=posting.mentioned,
            platform=self.part.messenger.platform,
        )
        return as_exchange(turn, Notice(read_words(told)))

    def _find(self, message: str) -> Mapping[str, Any]:
        """What the connector was sent under that id; empty where nothing was."""
        return next((one for one in self.standin[STATE]["posted"] if message and one["id"] == message), {})


def read_words(shown: Mapping[str, Any]) -> str:
    """The words of an answer as people read them, without the mark above what is no plain answer: the text of its
    message, or the lines of its card."""
    text = str(shown.get("text") or "")
    for attachment in shown.get("attachments") or []:
        lines = [one for one in attachment["content"]["body"] if one.get("type") == "TextBlock"]
        text = "\n\n".join(one["text"] for one in lines if not one.get("isSubtle"))
    for mark in MARKS.values():
        text = text.removeprefix(f"**{mark}**\n\n")
    return text
