"""The go / no-go report: review the pilot → see how the service stands → measure use → scale cost → compose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from bot.digest.report import compose_report
from bot.digest.report_model import Report, Standing
from bot.errors import Refused
from bot.flows.means import Means
from bot.flows.prove import prove
from bot.flows.review import Reviewed, review
from bot.flows.send_digest import Names, Prove, Sources
from bot.pilot.adoption import measure_adoption
from bot.pilot.calendar import begin_of, local_date
from bot.pilot.model import Pilot, Replayed
from bot.pilot.production import project
from bot.pilot.retrieval import STALE
from bot.pilot.service import Service
from bot.pilot.share import Share
from bot.trust.model import AuditKind
from bot.turn import Member

MOST_REPLAYED: Final = 400  # questions answered twice for the proof: some seconds, and more shows no more


async def make_report(means: Means, pilot: Pilot, now: datetime, *, people: int, names: Names | None = None) -> Report:
    """The report of a pilot as of now, or as of its last day once that is over; cost is scaled to so many people.

    Raises Refused before its first day, and while nobody has asked anything.
    """
    if local_date(pilot, now) < pilot.starts:
        raise Refused(f"The pilot “{pilot.name}” begins on {pilot.starts}; there is nothing to judge before that.")
    sources = Sources(names=names or {}, directory=means.directory, prove=prove_some(means, MOST_REPLAYED))
    reviewed = await review(means.stores, pilot, now, sources)
    if not reviewed.exchanges:
        raise Refused(
            f"Nobody who may be counted has asked anything in the pilot “{pilot.name}” since {pilot.starts}, so there "
            "is nothing to judge yet."
        )
    adoption = measure_adoption(pilot, reviewed.exchanges, people=reviewed.people, on=reviewed.day.on)
    standing = Standing(
        day=reviewed.day,
        outcomes=reviewed.outcomes,
        verdict=reviewed.verdict,
        adoption=adoption,
        production=project(people, adoption, reviewed.outcomes),
        service=await inspect(means, pilot, reviewed),
    )
    return compose_report(standing)


def prove_some(means: Means, most: int) -> Prove:
    """A replay that ends once it has answered about so many questions again, whoever asked them."""
    replayed: list[int] = []

    async def prove_member(member: Member, since: datetime, until: datetime, *, day_one: datetime) -> Replayed | None:
        if sum(replayed) >= most:
            return None
        proven = await prove(means, member, since, until, day_one=day_one)
        replayed.append(proven.n if proven else 0)
        return proven

    return prove_member


async def inspect(means: Means, pilot: Pilot, reviewed: Reviewed) -> Service:
    """Count what the service behind the pilot holds and leaves open."""
    stores, on = means.stores, reviewed.day.on
    passages = await stores.knowledge.passages(pilot.workspace)
    digests = await stores.pilots.digests(pilot.key)
    done = await stores.pilots.done_steps(pilot.key)
    told = sorted({one.on for one in digests})
    steps = {step.id for digest in digests if digest.on < told[-1] for step in digest.attention}
    consents = [await stores.consents.load(one) for one in sorted(reviewed.people)]
    ends = begin_of(pilot, on + timedelta(days=1))
    audit = await stores.journal.audit(pilot.workspace, begin_of(pilot, pilot.starts), ends)
    waiting, leaving = await stores.inbox.depths(), await stores.outbox.depths()
    return Service(
        documents=len({one.document for one in passages}),
        passages=len(passages),
        unread=len(await stores.knowledge.failures(pilot.workspace)),
        stale=count_stale(await stores.knowledge.changed(pilot.workspace), on),
        given_up=waiting.get("dead", 0) + leaving.get("failed", 0) + leaving.get("unknown", 0),
        to_review=len(await stores.journal.reviews(pilot.workspace)),
        told=len(told),
        told_on=told[-1] if told else None,
        steps=Share(len(steps & done), len(steps)),
        asked_consent=Share(sum(one.at is not None for one in consents), len(consents)),
        agreed=Share(sum(one.modelling for one in consents), len(consents)),
        erasures=sum(one.kind is AuditKind.ERASED for one in audit),
        person_limit=means.budget_person_day,
        pilot_limit=means.budget_pilot_day,
        engine=reviewed.exchanges[-1].reply.engine,
    )


def count_stale(changed: Mapping[str, datetime], on: date) -> Share:
    """The documents unchanged for half a year, of those whose age is known."""
    return Share(sum(on - at.date() > STALE for at in changed.values()), len(changed))
