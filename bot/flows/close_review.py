"""A reviewer's click on a card, or the operator's word: something is closed, listed, or shown whole."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import Refused, Unavailable
from bot.flows.means import Means
from bot.flows.tell_reviewers import find_out, key_of, put_in_place
from bot.pilot.model import Pilot
from bot.pilot.say import count
from bot.ports import Effects, Lease, Notice, Outgoing
from bot.reviews.items import REST, compose_closed, list_titles, tell_closed, tell_whole
from bot.reviews.kinds import kind_of, urgency
from bot.trust.model import AuditEntry, AuditKind, Outcome, Review
from bot.turn import Member, Place

OUTSIDE: Final = "Only people of this workspace can close what is to be reviewed here."
ELSEWHERE: Final = "This is not where reviewers read, so nothing was changed."
GONE: Final = "That is not to be reviewed any more."
NOTHING_MORE: Final = "Nothing more waits."
OPERATOR: Final = "whoever runs the bot"
MOST_LISTED: Final = 20
OUTCOMES: Final = {"done": Outcome.DONE, "dismiss": Outcome.DISMISSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button of a card: what it does (done, dismiss, show) with which card, who pressed it and where; `outside`: a
    guest or someone of another organization."""

    id: str
    member: Member
    platform: str
    place: Place
    does: str
    card: str
    outside: bool = False


async def press(means: Means, pressed: Pressed, now: datetime, lease: Lease | None = None) -> Notice | None:
    """Do what a button says. What is returned is told to who pressed it alone; None where the card shows it."""
    told, effects = await carry_out(means, pressed, now)
    notice = Outgoing(
        key=f"review/told/{pressed.id}",
        platform=pressed.platform,
        place=pressed.place,
        content=told or Notice(""),
        only_to=pressed.member,
        alone=True,
    )
    outgoing = (*effects.outgoing, notice) if told else effects.outgoing
    audit = effects.audit
    await means.stores.journal.commit(Effects(closed=effects.closed, outgoing=outgoing, audit=audit, done=lease))
    return told


async def carry_out(means: Means, pressed: Pressed, now: datetime) -> tuple[Notice | None, Effects]:
    """What is said to who pressed a button, and what it changes."""
    workspace = pressed.member.workspace
    if pressed.outside:
        return Notice(OUTSIDE), Effects()
    pilot = await find_pilot(means, pressed.place)
    if pressed.card.startswith(REST):
        return await work_off_rest(means, pressed, pilot, now)
    review = await means.stores.journal.review(workspace, pressed.card)
    if review is None:
        return Notice(GONE), Effects()
    there = (await means.stores.outbox.deliveries([key_of(review)])).get(key_of(review))
    if pilot is None and (there is None or there.place.channel != pressed.place.channel):
        return Notice(ELSEWHERE), Effects()
    if review.resolved:
        by = await find_name(means, Member(workspace, review.closed_by))
        return Notice(f"This is closed already. {tell_closed(review, pilot, by)}."), Effects()
    if pressed.does == "show":
        return await show(means, review, pilot), Effects()
    outcome = OUTCOMES.get(pressed.does)
    return (None, await close(means, [review], pressed.member, outcome, now)) if outcome else (Notice(GONE), Effects())


async def close(means: Means, reviews: Sequence[Review], by: Member, outcome: Outcome, now: datetime) -> Effects:
    """What closing these changes: them, and the cards that show them. A card that is not there yet is taken back."""
    sent = await means.stores.outbox.deliveries([key_of(one) for one in reviews])
    name, outgoing = await find_name(means, by), list[Outgoing]()
    closed = [one.close(outcome, by.id, now) for one in reviews]
    for one in closed:
        there = sent.get(key_of(one))
        if there and not await means.stores.outbox.take_back(key_of(one)) and there.message:
            pilot = await find_pilot(means, there.place)
            outgoing.append(put_in_place(there, f"{key_of(one)}/closed", compose_closed(one, pilot, name)))
    audit = (
        AuditEntry(
            workspace=one.workspace,
            kind=AuditKind.REVIEWED,
            actor=by.id or "operator",
            subject=one.id,
            at=now,
            detail={"outcome": outcome, "kind": one.kind},
        )
        for one in closed
    )
    return Effects(closed=tuple(closed), outgoing=tuple(outgoing), audit=tuple(audit))


async def close_as_operator(means: Means, workspace: str, ids: Sequence[str], outcome: Outcome, now: datetime) -> str:
    """Close some by their ids, or all of a kind by its name, from the command line; what came of it, in a sentence."""
    held = await means.stores.journal.reviews(workspace)
    meant = [one for one in held if one.id in ids or one.kind in ids]
    await means.stores.journal.commit(await close(means, meant, Member(workspace, ""), outcome, now))
    return f"{count(len(meant), 'item')} closed as {outcome}."


async def work_off_rest(means: Means, pressed: Pressed, pilot: Pilot | None, now: datetime) -> tuple[Notice, Effects]:
    """List what waits behind the cards, or dismiss all of it that the pressed card counted."""
    if pilot is None:
        return Notice(ELSEWHERE), Effects()
    held = await means.stores.journal.reviews(pilot.workspace)
    sent = await means.stores.outbox.deliveries([key_of(one) for one in held])
    until = read_until(pressed.card)
    waiting = sorted((one for one in held if key_of(one) not in sent and until and one.at <= until), key=urgency)
    if not waiting:
        return Notice(NOTHING_MORE), Effects()
    if pressed.does != "dismiss":
        return Notice(list_titles(waiting, pilot, MOST_LISTED)), Effects()
    told = f"Dismissed: {count(len(waiting), 'item')}. What came up later stays."
    return Notice(told), await close(means, waiting, pressed.member, Outcome.DISMISSED, now)


async def show(means: Means, review: Review, pilot: Pilot | None) -> Notice:
    """The whole answer, as far as reviewers may see it."""
    stores = means.stores
    exchange = await stores.journal.exchange(review.workspace, review.exchange) if review.exchange else None
    if exchange is None:
        return Notice(kind_of(review).title)
    seen = await find_out(stores, pilot, exchange)
    return Notice(tell_whole(exchange) if seen.words and seen.answer else seen.note)


async def find_pilot(means: Means, place: Place) -> Pilot | None:
    """The pilot whose reviewers read there."""
    pilots = await means.stores.pilots.all(place.workspace)
    return next((one for one in pilots if one.reviewers and one.reviewers == place.channel), None)


async def find_name(means: Means, member: Member) -> str:
    """What someone is called; their id where the directory cannot say just now."""
    if not member.id:
        return OPERATOR
    if means.directory:
        with suppress(Unavailable, Refused):
            entry = await means.directory.look_up(member)
            return entry.name if entry and entry.name else member.id
    return member.id


def read_until(card: str) -> datetime | None:
    """The moment that a card on what waits counted up to."""
    try:
        return datetime.fromisoformat(card.removeprefix(REST))
    except ValueError:
        return None
