"""What whoever runs the bot sees of the review: how much is open, what cannot be posted and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.errors import Refused
from bot.flows.deliver import deliver_all
from bot.flows.inspect_reviews import find_unreached, list_cards
from bot.flows.means import Means
from bot.flows.tell_office import read_office
from bot.flows.tell_reviewers import tell_reviewers
from bot.flows.work import find_depths
from bot.pilot.model import Pilot
from bot.ports import Effects, Sending
from bot.reviews.kinds import of_event, of_wrong
from bot.turn import Member
from storage.memory import open_memory

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


class Archived:
    """A channel in which nobody writes any more."""

    platform = "slack"

    async def send(self, sending: Sending) -> str:
        raise Refused("Slack refused chat.postMessage: the channel is archived (is_archived).")


@pytest.fixture
async def means() -> Means:
    """A pilot with two things to look at."""
    stores = open_memory()
    await stores.pilots.save(PILOT)
    reviews = (of_wrong("W", "m1", AT), of_event("slack", "e", "W", "its workers died", AT))
    await stores.journal.commit(Effects(reviews=reviews))
    return Means(stores=stores, admins=frozenset({"boss"}))


async def test_what_is_open_is_counted_and_listed_most_urgent_first(means: Means) -> None:
    assert (await find_depths(means.stores))["reviews"] == {"open": 2, "not posted": 0}
    cards, more = await list_cards(means.stores, "W", 1)
    assert ([one.id for one in cards], more) == (["event/slack/e"], 1)
    assert await find_unreached(means.stores) == ()
    assert await list_cards(means.stores, "W2", 5) == ([], 0)


async def test_a_channel_that_cannot_be_reached_is_told_with_what_to_do(means: Means) -> None:
    await tell_reviewers(means, AT, {"slack"})
    await deliver_all(means.stores.outbox, {"slack": Archived()})
    assert (await find_depths(means.stores))["reviews"] == {"open": 2, "not posted": 2}
    (unreached,) = await find_unreached(means.stores, "W")
    told = (
        "Relay: 2 items to review wait, since C9 cannot be reached (Slack refused chat.postMessage: the channel is "
        "archived (is_archived)). Invite the bot there, or say “pilot reviewers here” in another channel."
    )
    assert unreached.tell() == told
    office = await read_office(means, Member("W", "boss"), AT)
    assert office
    assert told in office.todo
    await means.stores.pilots.save(replace(PILOT, reviewers="C8"))
    assert await find_unreached(means.stores) == ()
