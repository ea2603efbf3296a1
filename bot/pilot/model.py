"""The values of a pilot: the pilot itself, feedback, estimates, alerts, and a day measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.pilot.share import Share
from bot.turn import Member


class FeedbackKind(StrEnum):
    """What someone found wrong with a reply; NONE where nothing was."""

    NONE = "none"
    TOO_BASIC = "too_basic"
    TOO_DEEP = "too_deep"
    NOT_SPECIFIC = "not_specific"
    WRONG = "wrong"
    IGNORED_QUESTION = "ignored_question"
    REPEATED = "repeated"
    SLOW = "slow"
    OTHER = "other"


class FeedbackSource(StrEnum):
    """How a word on a reply came in. Explicit votes outweigh implicit signs."""

    THUMBS = "thumbs"
    REACTION = "reaction"
    BUTTON = "button"
    CORRECTION = "correction"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Someone's word on a reply. `satisfaction` is 1-5; `weight` (0-1) is how much it tells; the latest per
    (exchange, member, source) counts. `id` makes recording it twice harmless."""

    id: str
    exchange: str
    member: Member
    at: datetime
    source: FeedbackSource
    kind: FeedbackKind
    satisfaction: float
    weight: float = 1.0
    private: bool = False


class Trend(StrEnum):
    """Which way satisfaction went since day 1, where the data can say."""

    TOO_FEW = "too few to say"
    IMPROVING = "improving"
    STEADY = "steady"
    WORSENING = "worsening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Satisfaction (1-5) of an evaluator on a day: the estimate, its 90 % interval, and the `n` rated answers it rests
    on. `first` is what was estimated on the first day heard; `probability` that what `trend` says is so."""

    estimate: float
    low: float
    high: float
    n: int
    trend: Trend = Trend.TOO_FEW
    first: float | None = None
    probability: float | None = None
    shifted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something the champion should know of an evaluator: what, on what evidence (counts, never words from direct
    messages), which belief was missing (an address or ""), and the next step to take."""

    person: Member
    kind: str
    text: str
    evidence: tuple[str, ...] = ()
    missing: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A success criterion: what is measured, from which baseline to which target, and who answers for it."""

    metric: str
    target: float
    baseline: float | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True, order=True)
class PilotKey:
    """Which pilot; its id means nothing without its workspace."""

    workspace: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How a champion wants to be told: each day or once a week, and not before the local date `snoozed_until`."""

    weekly: bool = False
    snoozed_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Evaluators who begin together, on the local date `opens`: people, and whoever asks in one of the `channels` (by
    the platform's ids)."""

    opens: date
    people: tuple[Member, ...] = ()
    channels: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Someone in a group: from a local date until another one, None while they are in it."""

    person: Member
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserGroup:
    """A group of the platform's people, such as a user group of Slack's, whose members are evaluators from the local
    date `opens`. `id` is the platform's, or what was written until it has been read; `name` what people call it, ""
    until then; `read_on` the local date on which it was last looked for. One that is `closed` is followed no longer."""

    id: str
    opens: date
    name: str = ""
    read_on: date | None = None
    stays: tuple[Stay, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """A bounded trial. `plan` is the production plan (data sources, integrations, change management, operations,
    budget, sponsor -> what was written). `holdback` is the share (0-1) of turns answered without the self-model.
    `platform` names who delivers its digests. `evaluators` are in from the start, later `rings` from the day each
    opens, members of `groups` while they are in one, people in `left` until the local date named there. `reviewers`:
    the channel in which what should be looked at is posted, "" for none."""

    id: str
    workspace: str
    name: str
    champions: tuple[Member, ...]
    evaluators: tuple[Member, ...] = ()
    owner: str = ""
    hypothesis: str = ""
    criteria: tuple[Criterion, ...] = ()
    starts: date
    ends: date | None = None
    review_on: date | None = None
    time_zone: str = "UTC"
    digest_hour: int = 8
    holdback: float = 0.0
    aggregate_only: bool = False
    plan: Mapping[str, str] = field(default_factory=dict)
    platform: str = "terminal"
    rings: tuple[Ring, ...] = ()
    left: tuple[tuple[Member, date], ...] = ()
    groups: tuple[UserGroup, ...] = ()
    reviewers: str = ""

    @property
    def key(self) -> PilotKey:
        return PilotKey(self.workspace, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A person's questions of a day answered with the self-model as of day 1 and as of that day, compared on
    measures that need no judge: each a pair (day 1, that day), 0-1, over `n` questions."""

    n: int
    context_used: tuple[float, float]
    depth_match: tuple[float, float]
    resolved: tuple[float, float]
    cited: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """What the self-model is worth: mean satisfaction with answers given with it minus those held back, with its 90 %
    interval and the number of rated answers on each side."""

    difference: float
    low: float
    high: float
    with_model: int
    held_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """`found` of the questions that were not asked back; `on_point` of the answers that something was said of;
    `lag`: days since the cited documents were last changed when they were cited, the median (None where no age is
    known); `stale`: documents cited that had been unchanged for half a year, of those whose age is known."""

    found: Share
    on_point: Share
    lag: float | None
    stale: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDay:
    """One evaluator's day in figures: counts by decision, estimate, themes (complaint -> count), what was learned.
    `trajectory` is the estimate as told each day, `band` its 90 % interval on the same days; `learned` counts new
    beliefs by kind; `before_shift` what happened on the day satisfaction shifted and the day before, in counts:
    "corrections", "learned", "documents"."""

    person: Member
    name: str
    questions: int
    decisions: Mapping[str, int]
    satisfaction: Estimate
    themes: Mapping[str, int] = field(default_factory=dict)
    beliefs_held: int = 0
    beliefs_new: int = 0
    beliefs_corrected: int = 0
    replayed: Replayed | None = None
    trajectory: tuple[tuple[date, float], ...] = ()
    band: tuple[tuple[float, float], ...] = ()
    learned: Mapping[str, int] = field(default_factory=dict)
    before_shift: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotDay:
    """A day of a pilot, measured: what a digest is made from. `day` counts from 1.

    `people` are those who may be named; `group` sums up `group_size` people who may not, where there are enough of
    them. Totals count only people who are in one or the other; `unshown` are in neither. `pooled` is the change over
    all who were heard; `told_since` how many complaints were followed by a change that their writers were told of.
    `cost_shown`: no day is covered of which the cost would say what a few people did. `retrieval`: of the days covered.
    """

    pilot: Pilot
    on: date
    day: int
    people: tuple[PersonDay, ...]
    alerts: tuple[Alert, ...] = ()
    questions: int = 0
    cost: float = 0.0
    model_calls: int = 0
    fallbacks: int = 0
    covers_from: date | None = None
    pooled: Estimate | None = None
    lift: Lift | None = None
    group: PersonDay | None = None
    group_size: int = 0
    unshown: int = 0
    replayed: Replayed | None = None
    told_since: int = 0
    cost_shown: bool = True
    retrieval: Retrieval | None = None
