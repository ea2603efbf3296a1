"""What changed since someone complained, told to them in their direct conversation: once a complaint, once a day.

Which of several replicas tells is decided as for a digest: by a claim on the person and the local date, and by the
outbox's unique key.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.errors import Refused, Unavailable
from bot.flows.means import Means
from bot.flows.prove import answer
from bot.flows.respond import usable_here
from bot.pilot.calendar import begin_of, local_date
from bot.pilot.feedback import latest
from bot.pilot.model import Feedback, Pilot, PilotKey
from bot.pilot.roster import evaluators_of
from bot.pilot.since import OF_DOCUMENTS, Complained, Renewed, is_open, tell_change
from bot.ports import Directory, Effects, Notice, Outgoing
from bot.self_model.revise import as_of, read
from bot.trust.model import AuditEntry, AuditKind, Consent
from bot.turn import Exchange

DAYS_BACK: Final = 14  # an older complaint is forgotten by whoever made it
KEY: Final = "since/"  # what the outbox's key of such a message begins with
FOOT: Final = "_Only you see this. I write once about an answer you were not content with, when something changed._"


async def tell_since(means: Means, now: datetime, directories: Mapping[str, Directory]) -> int:
    """Tell everyone of every running pilot what changed since they complained; how many were told. Calls nobody twice:
    what was told is in the outbox."""
    told = 0
    for pilot in await means.stores.pilots.all():
        today, directory = local_date(pilot, now), directories.get(pilot.platform)
        if directory and pilot.starts <= today and (pilot.ends is None or today <= pilot.ends):
            told += await tell_pilots_people(means, pilot, now, directory)
    return told


async def tell_pilots_people(means: Means, pilot: Pilot, now: datetime, directory: Directory) -> int:
    """The same for one pilot."""
    since = max(begin_of(pilot, pilot.starts), now - timedelta(days=DAYS_BACK))
    journal = means.stores.journal
    exchanges = [one for one in await journal.exchanges(pilot.workspace, since, now) if one.asked]
    feedback = latest(await journal.feedback(pilot.workspace, since, now))
    told = 0
    for member in evaluators_of(pilot, exchanges, local_date(pilot, now)):
        consent = await means.stores.consents.load(member)
        mine = [one for one in exchanges if one.asker == member]
        said = [one for one in feedback if one.member == member]
        if consent.modelling and any(map(is_open, said)):
            told += await tell_member(means, pilot, consent, mine, said, now=now, directory=directory)
    return told


async def tell_member(
    means: Means,
    pilot: Pilot,
    consent: Consent,
    exchanges: list[Exchange],
    said: list[Feedback],
    *,
    now: datetime,
    directory: Directory,
) -> bool:
    """The first of a person's complaints since which something changed and which they were not told of; whether they
    were told of one."""
    by_id = {one.id: one for one in exchanges}
    for complaint in said:
        exchange = by_id.get(complaint.exchange)
        key = f"{KEY}{complaint.member.workspace}/{complaint.exchange}"
        if exchange is None or not is_open(complaint) or await means.stores.outbox.message(key):
            continue
        case = await gather(means, complaint, exchange, exchanges, said, now=now)
        words = tell_change(case, await renew(means, case, consent))
        if words:
            return await send(means, pilot, complaint, key, words, now=now, directory=directory)
    return False


async def gather(
    means: Means,
    complaint: Feedback,
    exchange: Exchange,
    exchanges: list[Exchange],
    said: list[Feedback],
    *,
    now: datetime,
) -> Complained:
    """A complaint with what came after it."""
    model = await means.stores.self_models.load(complaint.member)
    return Complained(
        complaint=complaint,
        exchange=exchange,
        later=[one for one in exchanges if one.at > complaint.at],
        said=[one for one in said if one.at > complaint.at],
        then=as_of(model, complaint.at),
        now=read(model, now),
    )


async def renew(means: Means, case: Complained, consent: Consent) -> Renewed | None:
    """The question answered again with today's documents; None for a complaint that no document can mend."""
    if case.complaint.kind not in OF_DOCUMENTS:
        return None
    exchange = case.exchange
    beliefs = usable_here(case.now, consent, alone=exchange.turn.audience.alone)
    again = await answer(means, exchange, beliefs)
    cited = {one.passage for one in again.reply.citations}
    passages = [one.passage for one in again.ranked if one.passage.id in cited]
    return Renewed(again.reply, {one.title.partition(" › ")[0]: one.updated for one in passages if one.updated})


async def send(
    means: Means, pilot: Pilot, complaint: Feedback, key: str, words: str, *, now: datetime, directory: Directory
) -> bool:
    """Put it in the outbox for the person alone; whether it was this caller who did."""
    member, stores = complaint.member, means.stores
    try:
        place = await directory.direct_place(member)
    except (Refused, Unavailable):
        return False
    once_a_day = PilotKey(pilot.workspace, f"{pilot.id}/since")
    if not await stores.pilots.claim(once_a_day, member, local_date(pilot, now), now):
        return False
    outgoing = Outgoing(
        key=key,
        platform=pilot.platform,
        place=place,
        content=Notice(f"{words}\n\n{FOOT}"),
        only_to=member,
        alone=True,
    )
    entry = AuditEntry(
        workspace=pilot.workspace,
        kind=AuditKind.TOLD_SINCE,
        actor="daytwo",
        subject=member.id,
        at=now,
        detail={"exchange": complaint.exchange, "kind": complaint.kind.value},
    )
    await stores.journal.commit(Effects(outgoing=(outgoing,), audit=(entry,)))
    return True
