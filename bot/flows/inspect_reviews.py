"""How the review of what went wrong stands, for whoever runs the bot: what is open, and what cannot be posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.flows.tell_reviewers import key_of, make_card
from bot.pilot.model import Pilot
from bot.pilot.say import count
from bot.ports import Stores
from bot.reviews.card import ReviewCard
from bot.reviews.kinds import urgency


@dataclass(frozen=True, slots=True)
class Unreached:
    """A pilot whose reviewers' channel cannot be reached: how many items wait for it, and why."""

    pilot: Pilot
    items: int
    why: str

    def tell(self) -> str:
        """What is wrong, and what to do about it."""
        waits = count(self.items, "item to review waits", "items to review wait")
        return (
            f"{self.pilot.name}: {waits}, since {self.pilot.reviewers} cannot be reached ({self.why.rstrip('.')}). "
            "Invite the bot there, or say “pilot reviewers here” in another channel."
        )


async def find_unreached(stores: Stores, workspace: str | None = None) -> tuple[Unreached, ...]:
    """The pilots whose reviewers' channel refused what should be posted there."""
    found = []
    for pilot in await stores.pilots.all(workspace):
        if pilot.reviewers:
            keys = [key_of(one) for one in await stores.journal.reviews(pilot.workspace)]
            sent = (await stores.outbox.deliveries(keys)).values()
            failed = [one for one in sent if one.state == "failed" and one.place.channel == pilot.reviewers]
            found += [Unreached(pilot, len(failed), failed[0].error)] if failed else []
    return tuple(found)


async def count_reviews(stores: Stores) -> Mapping[str, int]:
    """How many are open in the workspaces that have a pilot, and how many of them could not be posted."""
    workspaces = {one.workspace for one in await stores.pilots.all()}
    waiting = [len(await stores.journal.reviews(one)) for one in sorted(workspaces)]
    unreached = sum(one.items for one in await find_unreached(stores))
    return {"open": sum(waiting), "not posted": unreached}


async def list_cards(stores: Stores, workspace: str, most: int) -> tuple[Sequence[ReviewCard], int]:
    """What is open in a workspace as its reviewers see it, the most urgent first; and how many more there are."""
    held = sorted(await stores.journal.reviews(workspace), key=urgency)
    pilots = await stores.pilots.all(workspace)
    pilot = next((one for one in pilots if one.reviewers), pilots[0] if pilots else None)
    return [await make_card(stores, one, pilot) for one in held[:most]], len(held[most:])
