"""What should be looked at, posted in the channel that a pilot's reviewers read: each item once, a few at a time.

The outbox is all that is remembered: an item has a card there under its key, or it has not. So any replica may post at
any moment, and what could not be delivered is posted when its channel can be reached again. No more than a few cards
are open in a channel at a time; what else there is waits behind them and is told as one number, so that a bad day
floods nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.flows.means import Means
from bot.flows.send_digest import may_be_named
from bot.pilot.calendar import local_date
from bot.pilot.model import Pilot, PilotKey
from bot.pilot.roster import is_evaluator
from bot.ports import Delivery, Effects, Outgoing, Stores
from bot.reviews.card import ReviewCard
from bot.reviews.items import Seen, compose_card, compose_rest, find_seen
from bot.reviews.kinds import urgency
from bot.trust.model import Review
from bot.turn import EVERYONE, Exchange, Place, channel_label

MOST_OPEN: Final = 5  # cards open in a channel at a time: as many as somebody works off at one go
KNOCK: Final = timedelta(minutes=10)  # between two attempts at a channel that cannot be reached
UNREACHED: Final = frozenset({"waiting", "failed"})

log = logging.getLogger(__name__)


def key_of(review: Review) -> str:
    """The outbox's key of a review's card; one that is opened again gets a new card."""
    return f"review/{review.workspace}/{review.at.timestamp():.6f}/{review.id}"


async def tell_reviewers(means: Means, now: datetime, platforms: Collection[str]) -> int:
    """Post what is open in the channels of all pilots on these platforms; how many cards were put in line."""
    pilots = [one for one in await means.stores.pilots.all() if one.reviewers and one.platform in platforms]
    told = 0
    for workspace in sorted({one.workspace for one in pilots}):
        there = [one for one in pilots if one.workspace == workspace]
        shared = await share_out(means.stores, there, now)
        for pilot in there:
            told += await tell_channel(means, pilot, shared[pilot.key], now)
    return told


async def share_out(stores: Stores, pilots: Sequence[Pilot], now: datetime) -> Mapping[PilotKey, Sequence[Review]]:
    """What is open in a workspace, by pilot: what is about an evaluator's exchange with their pilot, the rest with the
    first of them."""
    shared: dict[PilotKey, list[Review]] = {one.key: [] for one in pilots}
    for review in await stores.journal.reviews(pilots[0].workspace):
        mine = await find_pilot(stores, pilots, review, now)
        shared[(mine or pilots[0]).key].append(review)
    return shared


async def find_pilot(stores: Stores, pilots: Sequence[Pilot], review: Review, now: datetime) -> Pilot | None:
    """The pilot whose evaluator a review is about, where there are several."""
    if len(pilots) == 1:
        return pilots[0]
    exchange = await stores.journal.exchange(review.workspace, review.exchange) if review.exchange else None
    if exchange is None:
        return None
    channel = exchange.turn.place.channel
    mine = (one for one in pilots if is_evaluator(one, exchange.asker, local_date(one, now), channel))
    return next(mine, None)


async def tell_channel(means: Means, pilot: Pilot, reviews: Sequence[Review], now: datetime) -> int:
    """Fill a channel up to so many open cards, and say what waits behind them; how many cards were put in line."""
    stores, rest = means.stores, f"reviews/{pilot.workspace}/{pilot.reviewers}/{local_date(pilot, now)}"
    sent = await stores.outbox.deliveries([*map(key_of, reviews), rest])
    sent = await knock(means, pilot, sent, now)
    new = sorted((one for one in reviews if key_of(one) not in sent), key=urgency)
    here = [one for one in reviews if (there := sent.get(key_of(one))) and there.place.channel == pilot.reviewers]
    room = max(0, MOST_OPEN - len(here))
    cards = [post(pilot, key_of(one), await make_card(stores, one, pilot)) for one in new[:room]]
    told = await tell_rest(stores, pilot, rest, compose_rest(pilot, new[room:]), sent.get(rest))
    if cards or told:
        await stores.journal.commit(Effects(outgoing=(*cards, *told)))
    return len(cards)


async def knock(means: Means, pilot: Pilot, sent: Mapping[str, Delivery], now: datetime) -> Mapping[str, Delivery]:
    """How far the cards are, without those that are to be put in line anew: what is not delivered and belongs into
    another channel by now, and, once in a while, what its channel refused."""
    refused = {key: one.error for key, one in sent.items() if one.state == "failed"}
    if not refused:
        means.knocked.pop(pilot.key, None)
    moved = {key for key, one in sent.items() if one.state in UNREACHED and one.place.channel != pilot.reviewers}
    if refused and pilot.key not in means.knocked:
        why = next(iter(refused.values()))
        log.error("What should be reviewed in the pilot %s cannot be posted in %s: %s", pilot.id, pilot.reviewers, why)
        means.knocked[pilot.key] = now
    due = refused.keys() if refused and now - means.knocked[pilot.key] >= KNOCK else frozenset()
    if due:
        means.knocked[pilot.key] = now
    taken = {key for key in (*moved, *due) if await means.stores.outbox.take_back(key)}
    return {key: one for key, one in sent.items() if key not in taken}


async def tell_rest(
    stores: Stores, pilot: Pilot, key: str, card: ReviewCard, sent: Delivery | None
) -> tuple[Outgoing, ...]:
    """The day's card on what waits, where anything does; and once it is there, the same with the number of now."""
    if sent is None:
        return (post(pilot, key, card),) if card.waiting else ()
    anew = f"{key}/{card.waiting}/{card.id}"
    known = not sent.message or await stores.outbox.deliveries([anew])
    return () if known else (put_in_place(sent, anew, card),)


def post(pilot: Pilot, key: str, card: ReviewCard) -> Outgoing:
    """A card for the reviewers' channel."""
    place = Place(pilot.workspace, pilot.reviewers)
    return Outgoing(key=key, platform=pilot.platform, place=place, content=card)


def put_in_place(there: Delivery, key: str, card: ReviewCard) -> Outgoing:
    """A card in place of one that is there."""
    return Outgoing(key=key, platform=there.platform, place=there.place, content=card, replaces=there.message)


async def make_card(
    stores: Stores, review: Review, pilot: Pilot | None, exchange: Exchange | None = None
) -> ReviewCard:
    """A review as its reviewers may see it. `exchange`: as it reads by now, where that is not written yet."""
    if exchange is None and review.exchange:
        exchange = await stores.journal.exchange(review.workspace, review.exchange)
    seen = await find_out(stores, pilot, exchange) if exchange else Seen()
    return compose_card(review, pilot, exchange, seen)


async def find_out(stores: Stores, pilot: Pilot | None, exchange: Exchange) -> Seen:
    """What a pilot's reviewers may see of an exchange."""
    named = may_be_named(await stores.consents.load(exchange.asker))
    grants = {EVERYONE, channel_label(pilot.reviewers)} if pilot else {EVERYONE}
    cited = {one.document for one in exchange.reply.citations}
    readers = await stores.knowledge.readers(exchange.turn.place.workspace, cited)
    readable = all(not grants.isdisjoint(readers.get(one, ())) for one in cited)
    return find_seen(pilot, exchange, named=named, readable=readable)
