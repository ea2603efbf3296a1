"""Two replicas at one database tell reviewers of everything once, whatever the order in which they get there."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from bot.errors import Refused
from bot.flows.close_review import Pressed, press
from bot.flows.deliver import deliver_all
from bot.flows.means import Means
from bot.flows.tell_reviewers import KNOCK, MOST_OPEN, tell_reviewers
from bot.pilot.model import Pilot
from bot.ports import Effects, Sending
from bot.reviews.card import ReviewCard
from bot.reviews.kinds import of_fallback
from bot.turn import Member, Place
from storage.sql import open_sql

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
PILOT = Pilot(
    id="p",
    workspace="W",
    name="Relay",
    champions=(Member("W", "C"),),
    starts=date(2026, 11, 2),
    platform="slack",
    reviewers="C9",
)
MANY, ROUNDS = 12, 3


class Channel:
    """A channel that counts what is posted in it, and refuses everything while it is `closed`."""

    platform = "slack"

    def __init__(self) -> None:
        self.posts: Counter[str] = Counter()
        self.shown: dict[str, ReviewCard] = {}
        self.closed = False

    async def send(self, sending: Sending) -> str:
        outgoing = sending.outgoing
        if self.closed:
            raise Refused("the channel is archived")
        await asyncio.sleep(0.01)
        if not outgoing.replaces:
            self.posts[outgoing.key] += 1
        message = outgoing.replaces or outgoing.key
        assert isinstance(outgoing.content, ReviewCard)
        self.shown[message] = outgoing.content
        return message


async def work(means: Means, channel: Channel, now: datetime) -> None:
    """What a replica does: a few rounds, and deliver what is due."""
    for _ in range(ROUNDS):
        await tell_reviewers(means, now, {"slack"})
        await deliver_all(means.stores.outbox, {"slack": channel}, worker=str(id(means)))


async def test_two_replicas_post_every_item_once_a_few_at_a_time(url: str) -> None:
    channel = Channel()
    async with open_sql(url, migrate=False) as one, open_sql(url, migrate=False) as other:
        replicas = [Means(stores=one), Means(stores=other)]
        await one.pilots.save(PILOT)
        reviews = [of_fallback("W", f"m{n}", "Claude is down", AT + timedelta(seconds=n)) for n in range(MANY)]
        await one.journal.commit(Effects(reviews=tuple(reviews)))
        for _ in range(MANY):
            await asyncio.gather(*(work(means, channel, AT) for means in replicas))
            here = [card for card in channel.shown.values() if not card.closed and not card.id.startswith("rest/")]
            assert len(here) <= MOST_OPEN
            if here:
                both = (pressed(here[0].id, f"{replica}") for replica in range(2))
                await asyncio.gather(*(press(means, by, AT) for means, by in zip(replicas, both, strict=True)))
        assert await one.journal.reviews("W") == ()
        await work(replicas[0], channel, AT)
        kept = {review.id: await one.journal.review("W", review.id) for review in reviews}
    single = [card for card in channel.shown.values() if not card.id.startswith("rest/")]
    assert sorted(one.id for one in single) == sorted(one.id for one in reviews)
    assert set(channel.posts.values()) == {1}
    closed_by = {one: review.closed_by for one, review in kept.items() if review}
    assert {one.id: one.closed for one in single} == {
        one: f"Done by {by}, Mon 2 Nov, 09:00 (UTC)" for one, by in closed_by.items()
    }


def pressed(card: str, by: str) -> Pressed:
    return Pressed(
        id=f"{card}/{by}", member=Member("W", f"U{by}"), platform="none", place=Place("W", "C9"), does="done", card=card
    )


async def test_two_replicas_that_try_a_refused_channel_again_post_once(url: str) -> None:
    channel = Channel()
    channel.closed = True
    async with open_sql(url, migrate=False) as one, open_sql(url, migrate=False) as other:
        replicas = [Means(stores=one), Means(stores=other)]
        await one.pilots.save(PILOT)
        reviews = tuple(of_fallback("W", f"m{n}", "Claude is down", AT) for n in range(3))
        await one.journal.commit(Effects(reviews=reviews))
        await asyncio.gather(*(work(means, channel, AT) for means in replicas))
        assert (await one.outbox.depths())["failed"] == len(reviews)
        channel.closed = False
        for minutes in range(3):
            after = KNOCK + timedelta(minutes=minutes)
            await asyncio.gather(*(work(means, channel, AT + after) for means in replicas))
        assert (await one.outbox.depths())["failed"] == 0
    assert sorted(one.id for one in channel.shown.values()) == sorted(one.id for one in reviews)
    assert set(channel.posts.values()) == {1}
