"""What people do on a platform (write, react, click, rate), and what comes of it: the same for every platform.

A platform's adapter translates what it receives into one of these values; the flows do the work.
"""

from __future__ import annotations

from dataclasses import replace

from adapters.did import Agreed, Clicked, Deleted, Did, Edited, Heard, Rated, Reacted, Reworded, SetUp
from adapters.filled import as_choice, as_pressed, put_meant, set_up
from bot.digest.steering import Steer, Steering
from bot.errors import Unavailable
from bot.flows.agree import agree
from bot.flows.amend import amend, retract
from bot.flows.close_review import press
from bot.flows.control import NOTICE
from bot.flows.converse import converse, overhear
from bot.flows.means import Means
from bot.flows.rate import rate_reaction, record_vote
from bot.flows.respond import SAME_TALK, exchange_of
from bot.flows.steer_digest import steer_digest
from bot.flows.tell_pilot import tell_pilot
from bot.flows.why import tell_why
from bot.pilot.feedback import Judged, from_reaction, judge
from bot.pilot.model import FeedbackKind, FeedbackSource
from bot.ports import Clock, Effects, Lease, Notice, Outgoing
from bot.turn import EVERYONE, Exchange, Message, Place, Said, Turn, audience_at

VOTES = {"up": "thumbsup", "down": "thumbsdown"}
SETTLED = 4  # the attempt, 72 seconds after the first, by which a sending has ended whose worker died


async def handle(means: Means, platform: str, did: Did | None, lease: Lease, clock: Clock) -> None:
    """Answer, learn, or note a word on a reply. Ends with the lease marked done."""
    match did:
        case Heard():
            await hear(means, platform, did, lease, clock)
            return
        case Edited():
            await rehear(means, platform, did.heard, lease, clock)
            return
        case Deleted():
            await retract(means, platform, did.member, did.message, clock(), lease)
            return
        case Clicked():
            await click(means, platform, did, lease, clock)
            return
        case Agreed():
            await agree(means.stores, as_choice(platform, did), clock(), lease)
            return
        case Reworded():
            await reword(means, platform, did, lease, clock)
            return
        case SetUp():
            await set_up(means, platform, did, lease, clock)
            return
        case Reacted():
            await react(means, did, lease, clock)
        case Rated():
            await rate(means, did, lease, clock)
    await means.stores.inbox.finish(lease)


async def hear(means: Means, platform: str, heard: Heard, lease: Lease, clock: Clock) -> None:
    """A message: answered where it is to the bot (named, direct, or in a thread it answers in), then learned from, by a
    lease of its own."""
    if lease.answered or not await is_addressed(means, heard):
        await overhear(means, heard.message, clock(), lease)
    elif await means.stores.journal.exchange(heard.place.workspace, heard.message.id):
        await means.stores.inbox.finish(lease)  # told late: its edit came first, and was answered
    else:
        await converse(means, as_turn(platform, heard), clock(), replace(lease, teaches=heard.own))


async def is_addressed(means: Means, heard: Heard) -> bool:
    """Whether a message is to the bot: it is named, alone with its writer, or answers in that thread already."""
    return heard.mentioned or bool(await means.stores.journal.last_in(heard.place, 1))


async def rehear(means: Means, platform: str, heard: Heard, lease: Lease, clock: Clock) -> None:
    """An edited message: answered anew where it was answered, and for the first time where the edit made it one to the
    bot; a command is not carried out twice. Learned from as it reads now, by a lease of its own."""
    teaching, turn = replace(lease, teaches=True), as_turn(platform, heard)
    if not lease.answered and await amend(means, turn, clock(), teaching):
        return
    carried_out = await means.stores.outbox.message(f"{NOTICE}{heard.message.id}")
    if heard.mentioned and not carried_out and not lease.answered:
        await converse(means, turn, clock(), teaching)
    else:
        await overhear(means, heard.message, clock(), lease)


def as_turn(platform: str, heard: Heard) -> Turn:
    """A message as the turn it is where it is to the bot."""
    return Turn(
        message=heard.message,
        place=heard.place,
        audience=heard.audience,
        mentioned=heard.mentioned,
        platform=platform,
        attached=heard.attached,
    )


async def react(means: Means, reacted: Reacted, lease: Lease, clock: Clock) -> None:
    """An emoji on one of the bot's replies. Raises Unavailable as `find_exchange`."""
    if exchange := await find_exchange(means, reacted.place, reacted.message, lease):
        await rate_reaction(means.stores.journal, exchange, reacted.member, reacted.name, clock())


async def find_exchange(means: Means, place: Place, message: str, lease: Lease) -> Exchange | None:
    """The exchange whose reply is that message of the platform's. Raises Unavailable where it may be one that is just
    being sent: a word on it can come before the platform's answer says which message it is."""
    try:
        key = await means.stores.outbox.key_of(place, message)
    except Unavailable:
        if lease.attempt < SETTLED:
            raise
        return None  # something else is being sent there by now, and this is nobody's
    about = exchange_of(key)
    return await means.stores.journal.exchange(place.workspace, about) if about else None


async def rate(means: Means, rated: Rated, lease: Lease, clock: Clock) -> None:
    """A thumb on a reply; the latest counts. Raises Unavailable as `find_exchange`."""
    journal = means.stores.journal
    if rated.exchange:
        exchange = await journal.exchange(rated.member.workspace, rated.exchange)
    elif rated.message:
        exchange = await find_exchange(means, rated.place, rated.message, lease)
    else:
        exchange = await last_answer(means, rated, clock)
    judged = from_reaction(VOTES["up" if rated.up else "down"])
    if exchange and judged:
        judged = weigh_reason(judged, exchange, rated)
        await record_vote(journal, exchange, rated.member, judged, FeedbackSource.THUMBS, at=clock())


async def last_answer(means: Means, rated: Rated, clock: Clock) -> Exchange | None:
    """The last answer that a person got in that channel within the hour."""
    now = clock()
    mine = await means.stores.journal.exchanges(rated.member.workspace, now - SAME_TALK, now, rated.member)
    here = [one for one in mine if one.turn.place.channel == rated.place.channel and one.reply.citations]
    return here[-1] if here else None


def weigh_reason(judged: Judged, exchange: Exchange, rated: Rated) -> Judged:
    """A thumb down with the reason that was picked, else what the person's words say is wrong; the thumb stays the
    judgement."""
    if rated.up or not (rated.words or rated.reason is not FeedbackKind.NONE):
        return judged
    history = (Said("user", exchange.turn.message.text), Said("agent", exchange.reply.text))
    kind = judge(history, rated.words).kind if rated.reason is FeedbackKind.NONE else rated.reason
    return judged if kind is FeedbackKind.NONE else Judged(judged.dissatisfied, kind, judged.satisfaction)


async def click(means: Means, platform: str, clicked: Clicked, lease: Lease, clock: Clock) -> None:
    """A button: what it says on the person's behalf is a turn; what it does with a card for reviewers shows there;
    anything else is told to that person alone."""
    if clicked.does == "review":
        await press(means, as_pressed(platform, clicked), clock(), lease)
        return
    if clicked.does == "say":
        await converse(means, await make_turn(means, platform, clicked, clock), clock(), lease)
        return
    notice = await find_notice(means, clicked, clock)
    outgoing = Outgoing(
        key=f"{clicked.does}/{clicked.id}",
        platform=platform,
        place=clicked.place,
        content=notice,
        only_to=clicked.member,
        alone=True,
    )
    await means.stores.journal.commit(Effects(outgoing=(outgoing,), done=lease))


async def reword(means: Means, platform: str, reworded: Reworded, lease: Lease, clock: Clock) -> None:
    """Ask one's own question again, with what was meant in place of what was said."""
    exchange = await means.stores.journal.exchange(reworded.member.workspace, reworded.exchange)
    mine = exchange is not None and exchange.asker == reworded.member
    clicked = Clicked(
        id=reworded.id,
        member=reworded.member,
        place=reworded.place,
        does="say" if mine else "why",
        words=put_meant(exchange.turn.message.text, reworded.meant) if exchange and mine else "",
        about=reworded.exchange,
        private=exchange.turn.audience.alone if exchange and mine else False,
    )
    await click(means, platform, clicked, lease, clock)


async def find_notice(means: Means, clicked: Clicked, clock: Clock) -> Notice:
    """What a button tells its person."""
    match clicked.does:
        case "why":
            return await explain(means, clicked)
        case "pilot":
            return await tell_pilot(means.stores, clicked.member)
    return await mark_done(means, clicked, clock)


async def explain(means: Means, clicked: Clicked) -> Notice:
    """Why an answer is as it is, for its asker alone; to anyone else only that it is not theirs to see."""
    return tell_why(await means.stores.journal.exchange(clicked.member.workspace, clicked.about), clicked.member)


async def mark_done(means: Means, clicked: Clicked, clock: Clock) -> Notice:
    """Mark a digest's step as done; only a champion of the pilot may."""
    pilot, _, step = clicked.about.partition(" ")
    return await steer_digest(means.stores, clicked.member, Steering(Steer.DONE, step, pilot=pilot), clock())


async def make_turn(means: Means, platform: str, clicked: Clicked, clock: Clock) -> Turn:
    """A click as the turn it stands for: in the thread of the answer it is about, even where that was shown elsewhere
    to the same person alone; its id is the click's own, so it is an exchange of its own."""
    exchange = await means.stores.journal.exchange(clicked.member.workspace, clicked.about) if clicked.about else None
    here = exchange is not None and (
        exchange.turn.place.channel == clicked.place.channel
        or (clicked.private and exchange.turn.audience.alone and exchange.asker == clicked.member)
    )
    message = Message(
        id=f"{clicked.place.channel}:{clicked.id}",
        author=clicked.member,
        text=clicked.words,
        at=clock(),
        private=clicked.private,
    )
    place = exchange.turn.place if exchange and here else clicked.place
    audience = audience_at(place, clicked.member, alone=clicked.private)
    if exchange and here and (exchange.asker == clicked.member or not exchange.turn.audience.alone):
        audience = exchange.turn.audience  # as narrow as it was: someone from outside may read along
    if clicked.outside:
        audience = replace(audience, grants=audience.grants - {EVERYONE})
    return Turn(message=message, place=place, audience=audience, platform=platform)
