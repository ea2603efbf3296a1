"""The cards about what was said, changed where its words changed or were erased: they are copies, and follow."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from bot.errors import Unavailable
from bot.flows.send_digest import may_be_named
from bot.flows.tell_reviewers import key_of, make_card, put_in_place
from bot.pilot.model import Pilot
from bot.ports import Delivery, Effects, Outgoing, Stores
from bot.reviews.card import ReviewCard, to_text
from bot.trust.model import Consent, Review
from bot.turn import Exchange


async def redraw_reviews(stores: Stores, exchanges: Iterable[Exchange]) -> None:
    """Let the open cards about these exchanges say what the exchanges say by now: what is there is replaced, what is
    not yet there is taken back, to be posted anew. Raises Unavailable while such a card is just being posted."""
    changed = {(one.turn.place.workspace, one.id): one for one in exchanges}
    outgoing: list[Outgoing] = []
    for workspace in sorted({workspace for workspace, _ in changed}):
        about = [one for one in await stores.journal.reviews(workspace) if (workspace, one.exchange) in changed]
        sent = await stores.outbox.deliveries([key_of(one) for one in about])
        pilots = {one.reviewers: one for one in await stores.pilots.all(workspace)} if sent else {}
        for review in about:
            there = sent.get(key_of(review))
            if there and not await stores.outbox.take_back(key_of(review)):
                pilot = pilots.get(there.place.channel)
                outgoing += await redraw(stores, review, pilot, there, changed[workspace, review.exchange])
    if outgoing:
        await stores.journal.commit(Effects(outgoing=tuple(outgoing)))


async def hide_from_reviewers(stores: Stores, consent: Consent) -> None:
    """Take the words of someone who may not be named, on any of their accounts, off the open cards. Raises Unavailable
    while such a card is just being posted."""
    if may_be_named(consent):
        return
    main = await stores.links.main(consent.member)
    for account in (main, *await stores.links.linked(main)):
        reviews = await stores.journal.reviews(account.workspace)
        found = [await stores.journal.exchange(account.workspace, one.exchange) for one in reviews if one.exchange]
        await redraw_reviews(stores, [one for one in found if one and one.asker == account])


async def redraw(
    stores: Stores, review: Review, pilot: Pilot | None, there: Delivery, exchange: Exchange
) -> tuple[Outgoing, ...]:
    """The card anew, in place of the one that is there. Raises Unavailable where it is just being posted."""
    if there.state == "sending":
        raise Unavailable("A card that shows these words is just being posted.")
    if not there.message:
        return ()
    card = await make_card(stores, review, pilot, exchange)
    return (put_in_place(there, f"{key_of(review)}/{fingerprint(card)}", card),)


def fingerprint(card: ReviewCard) -> str:
    """What tells a card from itself with other words."""
    return sha256(to_text(card).encode()).hexdigest()[:12]
