"""Slack as it comes in: receive, keep, acknowledge; then handle what was kept. Bolt verifies, the flows act."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters import talk
from adapters.did import Agreed, Clicked, Heard, SetUp
from adapters.slack.files import SharedFile, fetch_all, read_files
from adapters.slack.home import render_home
from adapters.slack.intake import Intake
from adapters.slack.messenger import SlackMessenger
from adapters.slack.outside import is_outside, narrow
from adapters.slack.places import own_place
from adapters.slack.translate import PLATFORM, read, read_opened, read_rate_limited
from bot.errors import Refused, Unavailable
from bot.flows.means import Means
from bot.flows.suggest import suggest
from bot.flows.tell_home import read_home
from bot.flows.tell_office import read_office
from bot.ports import Clock, Effects, Lease, Notice, Outgoing
from bot.reviews.kinds import DROPPED
from bot.trust.model import Review
from bot.turn import Member

WITH_A_QUESTION = (
    "I read a file together with a question. Send it again, with what you want to know in the same message."
)

log = logging.getLogger(__name__)


class Keep(AsyncMiddleware):
    """Takes every verified payload in before it is acknowledged, and lets nothing else happen to it there.

    A middleware of its own class, since Bolt's function form reads the payload and fails on ones it does not expect.
    """

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Keep it and answer 200, with what Slack waits for."""
        answer = await self._intake.take(req.body)
        return BoltResponse(status=200, body="" if answer is None else dict(answer))


async def handle(means: Means, messenger: SlackMessenger, bot: str, lease: Lease, clock: Clock) -> None:
    """One kept payload: answer, learn, note a word on a reply, or show the App Home. The lease ends as done."""
    body = lease.event.body
    if opened := read_opened(body, "home"):
        await show_home(means, messenger, opened[0], clock)
        await means.stores.inbox.finish(lease)
        return
    if opened := read_opened(body, "messages"):
        await suggest_questions(means, messenger, *opened, clock)
        await means.stores.inbox.finish(lease)
        return
    if minute := read_rate_limited(body):
        await note_dropped(means, lease, minute)
        return
    did = await narrow(messenger, body, read(body, bot, lease.event.received_at))
    if isinstance(did, Heard) and not lease.answered and (files := read_files(body)):
        did = await open_files(means, messenger, did, files)
    await talk.handle(means, PLATFORM, did, lease, clock)
    if isinstance(did, Clicked | Agreed | SetUp) and did.place == own_place(did.member):
        with suppress(Unavailable):  # what was clicked is done; the home is shown anew when it is opened again
            await show_home(means, messenger, did.member, clock)


async def show_home(means: Means, messenger: SlackMessenger, member: Member, clock: Clock) -> None:
    """Show a person their App Home as it stands. Raises Unavailable; where Slack will not take it, that is logged."""
    home, office = await read_home(means.stores, member, clock()), await read_office(means, member, clock())
    try:
        await messenger.publish(member, render_home(home, office))
    except Refused as error:
        log.warning("An App Home was not shown: %s", error)


async def suggest_questions(
    means: Means, messenger: SlackMessenger, member: Member, channel: str, clock: Clock
) -> None:
    """Offer a person questions to begin with, in their direct conversation. Raises Unavailable."""
    outside = await is_outside(messenger, member)
    questions = await suggest(means.stores, member, clock(), outside=outside)
    try:
        await messenger.suggest(channel, questions)
    except Refused as error:
        log.warning("No questions were suggested: %s", error)


async def open_files(means: Means, messenger: SlackMessenger, heard: Heard, files: tuple[SharedFile, ...]) -> Heard:
    """A message with the words of the files that came with it, where it is to the bot; what is not read is said at
    once. Raises Unavailable."""
    if not await talk.is_addressed(means, heard):
        return heard
    read, remarks = await fetch_all(messenger.client, files)
    if read and not heard.message.text:
        remarks.append(WITH_A_QUESTION)
    if remarks:
        told = Outgoing(
            key=f"files/{heard.message.id}",
            platform=PLATFORM,
            place=heard.place,
            content=Notice("\n".join(remarks)),
            alone=heard.audience.alone,
        )
        await means.stores.journal.commit(Effects(outgoing=(told,)))
    return replace(heard, attached=tuple(read))


async def note_dropped(means: Means, lease: Lease, minute: int) -> None:
    """Slack dropped events, for there were too many of them in an hour: someone should know from when on."""
    since = datetime.fromtimestamp(minute, UTC)
    event = lease.event
    review = Review(
        id=f"dropped/{event.workspace}/{minute}",
        workspace=event.workspace,
        kind=DROPPED,
        sample=f"More than 30,000 events an hour came from this workspace: from {since:%Y-%m-%d %H:%M} UTC on Slack "
        "drops the rest of them. What was asked meanwhile has to be asked again.",
        at=event.received_at,
    )
    log.error("%s: %s", review.kind, review.sample)
    await means.stores.journal.commit(Effects(reviews=(review,), done=lease))
