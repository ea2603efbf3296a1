"""A pilot that has ended, with the digest of one of its days, kept beside the running server."""

from __future__ import annotations

from datetime import date

from slack_server import Slack

from bot.digest.model import Digest, Step
from bot.pilot.model import Pilot
from bot.turn import Member
from storage.sql import open_sql


async def keep_pilot(slack: Slack, pilot: str, champion: str) -> None:
    """Keep a pilot of this id and champion, and its digest: “Better for two.”, with something to ask a person."""
    step = Step(id="s1", text="Ask Ben <what> was missing.", reason="Two answers were too basic.")
    async with open_sql(slack.database) as stores:
        await stores.pilots.save(
            Pilot(
                id=pilot,
                workspace="T1",
                name="Relay",
                champions=(Member("T1", champion),),
                starts=date(2020, 1, 1),
                ends=date(2020, 1, 3),
                platform="terminal",
            )
        )
        await stores.pilots.keep_digest(
            Digest(
                pilot=pilot,
                workspace="T1",
                name="Relay",
                on=date(2020, 1, 2),
                day=2,
                headline="Better for two.",
                attention=(step,),
            )
        )
