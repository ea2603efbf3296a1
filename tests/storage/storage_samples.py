"""Values of every kind, filled in every field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.digest.model import Digest, DigestLine, Step
from bot.operations.model import Cost
from bot.pilot.model import Criterion, Feedback, FeedbackKind, FeedbackSource, Pilot
from bot.ports import Content, Outgoing
from bot.self_model.model import Belief, Observation, SelfModel, Source, Status, Tombstone
from bot.trust.model import AuditEntry, AuditKind, Consent, Receipt, Review
from bot.turn import (
    Assumption,
    Audience,
    Citation,
    Decision,
    Depth,
    Exchange,
    Lens,
    Member,
    Message,
    Place,
    Reply,
    Said,
    Turn,
)

AT = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
DAY = AT.date()
ANA = Member("W1", "U-ana")
BEN = Member("W1", "U-ben")
CHANNEL = Place("W1", "C1", "1700.1")


def later(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def make_reply(text: str = "Kafka holds it for 7 days [1].") -> Reply:
    return Reply(
        decision=Decision.HEDGE,
        text=text,
        confidence=0.625,
        depth=Depth.EXPERT,
        lens=Lens.ARCHITECT,
        citations=(Citation(number=1, passage="limits.md#2", document="limits.md", title="Limits", excerpt="7 days"),),
        assumptions=(Assumption("my project", "the billing migration", "project"),),
        choices=("billing", "search"),
        beliefs_used=("project",),
        why=("you named Kafka",),
        engine="model",
        fallback="slow",
        prompt_version="3",
    )


def make_exchange(id: str = "C1:1", *, asker: Member = ANA, at: datetime = AT, place: Place = CHANNEL) -> Exchange:
    message = Message(
        id=id,
        author=asker,
        text="How long does it keep *my* secret words?",
        at=at,
        permalink="https://chat.example/1",
        private=True,
        context=(Said("ben", "secret words too"),),
    )
    turn = Turn(
        message=message,
        place=place,
        audience=Audience(alone=False, grants=frozenset({"everyone", "team"})),
        history=(Said("agent", "secret words again"),),
    )
    reply = make_reply("The secret words stay 7 days [1].")
    return Exchange(id=id, turn=turn, enriched="secret words enriched", reply=reply, at=at, held_back=True)


def make_feedback(id: str = "f1", *, at: datetime = AT, satisfaction: float = 2.5) -> Feedback:
    return Feedback(
        id=id,
        exchange="C1:1",
        member=ANA,
        at=at,
        source=FeedbackSource.BUTTON,
        kind=FeedbackKind.TOO_BASIC,
        satisfaction=satisfaction,
        weight=0.5,
        private=True,
    )


def make_cost(id: str = "c1", *, at: datetime = AT) -> Cost:
    return Cost(
        id=id,
        member=ANA,
        purpose="answer",
        model="strong",
        input_tokens=1200,
        cached_tokens=800,
        cache_writes=10,
        output_tokens=300,
        dollars=0.0123,
        at=at,
    )


def make_entry(at: datetime = AT) -> AuditEntry:
    detail: dict[str, str | int | float] = {"exchange": "C1:1", "passages": 3, "confidence": 0.5}
    return AuditEntry(workspace="W1", kind=AuditKind.ANSWERED, actor="daytwo", subject="U-ana", at=at, detail=detail)


def make_review(id: str = "r1", *, at: datetime = AT, resolved: bool = False) -> Review:
    return Review(id=id, workspace="W1", kind="fallback", sample="…", at=at, resolved=resolved)


def make_digest(on: date = DAY) -> Digest:
    line = DigestLine(
        person=ANA,
        name="CTO",
        today=4.1,
        first=None,
        low=3.0,
        high=4.9,
        n=5,
        trend="improving",
        sure="likely",
        trajectory=((on, 4.1),),
    )
    return Digest(
        pilot="p1",
        workspace="W1",
        name="Pilot",
        on=on,
        day=1,
        headline="A start",
        lines=(line,),
        learned=("2 beliefs",),
        attention=(Step(id="s1", text="Ask her", reason="quiet", person=BEN),),
        proof=("n = 5",),
        figures=(("cost", "$1"),),
        footnote="-",
    )


def make_outgoing(key: str, place: Place = CHANNEL, content: Content | None = None) -> Outgoing:
    return Outgoing(
        key=key,
        platform="slack",
        place=place,
        content=content or make_reply(),
        only_to=ANA,
        alone=True,
        exchange="C1:1",
        replaces="1700.9",
    )


def make_pilot(id: str = "p1", workspace: str = "W1") -> Pilot:
    return Pilot(
        id=id,
        workspace=workspace,
        name="Pilot",
        champions=(BEN,),
        evaluators=(ANA,),
        owner="operations",
        hypothesis="faster answers",
        criteria=(Criterion(metric="satisfaction", target=4.0, baseline=None, owner="champion"),),
        starts=date(2026, 3, 1),
        ends=date(2026, 4, 1),
        time_zone="Europe/Berlin",
        holdback=0.1,
        plan={"budget": "granted"},
    )


def make_observation(n: int = 0, address: str = "expertise:kafka", value: str = "advanced") -> Observation:
    return Observation(
        address=address,
        value=value,
        weight=-0.75,
        source=Source.CORRECTION,
        quote=f"words number {n}",
        message=f"C1:{n}",
        at=later(n),
        permalink=f"https://chat.example/{n}",
        private=True,
        ends=True,
    )


def make_belief(address: str = "role", value: str = "CTO", *, confidence: float = 0.75, first: int = 0) -> Belief:
    evidence = (make_observation(first, address, value), make_observation(first + 1, address, value))
    return Belief(
        address=address,
        value=value,
        confidence=confidence,
        mass=1.5,
        evidence=evidence,
        valid_from=later(first),
        recorded_at=later(first + 1),
    )


def make_model(member: Member = ANA, **changes: object) -> SelfModel:
    past = Belief(
        address="project",
        value="search",
        confidence=0.2,
        mass=1.0,
        evidence=(make_observation(9, "project", "search"),),
        valid_from=later(1),
        valid_to=later(5),
        superseded_by="billing",
        recorded_at=later(6),
    )
    model = {
        "beliefs": (make_belief("role", "CTO"), make_belief("tool:streaming", "Kafka", first=4)),
        "past": (past,),
        "tombstones": (Tombstone(address="goal", value="", at=AT),),
        "status": Status.LEARNING,
    }
    return SelfModel(member=member, **(model | changes))  # type: ignore[arg-type]


def make_consent(member: Member = ANA) -> Consent:
    return Consent(member=member, modelling=True, paused=True, private_in_public=True, named_to_champion=False, at=AT)


def make_receipt(scope: str = "everything", member: Member = ANA) -> Receipt:
    return Receipt(id="receipt-1", member=member, at=AT, scope=scope, removed={"beliefs": 2, "observations": 4})
