"""The tables, and nothing but the tables.

Every row carries its workspace, and people and conversations are keyed by it. Flat values have a column a field; deep
ones (an exchange, a pilot, a digest) are kept whole as JSON beside the columns they are found by. Times of the world
are UTC datetimes; times that decide who may work on what (`ready_at`, `lease_until`, `free_at`) are seconds since 1970
on the database's own clock, so that no replica's clock matters.
"""

from storage.tables.base import Row, UtcDateTime, table_of
from storage.tables.library import (
    ClaimRow,
    DigestRow,
    DocumentRow,
    FailureRow,
    KnowledgeRow,
    PassageRow,
    PilotRow,
    RhythmRow,
    StepRow,
    TermRow,
)
from storage.tables.people import (
    BeliefRow,
    ConsentRow,
    ConversationRow,
    LinkRow,
    ObservationRow,
    OfferRow,
    ReceiptRow,
    SelfModelRow,
    TombstoneRow,
)
from storage.tables.queues import EventRow, LaneRow, OutgoingRow, PaceRow
from storage.tables.records import AuditRow, CostRow, ExchangeRow, FeedbackRow, ReviewRow
from storage.tables.vault import SecretRow

METADATA = Row.metadata

__all__ = [
    "METADATA",
    "AuditRow",
    "BeliefRow",
    "ClaimRow",
    "ConsentRow",
    "ConversationRow",
    "CostRow",
    "DigestRow",
    "DocumentRow",
    "EventRow",
    "ExchangeRow",
    "FailureRow",
    "FeedbackRow",
    "KnowledgeRow",
    "LaneRow",
    "LinkRow",
    "ObservationRow",
    "OfferRow",
    "OutgoingRow",
    "PaceRow",
    "PassageRow",
    "PilotRow",
    "ReceiptRow",
    "ReviewRow",
    "RhythmRow",
    "Row",
    "SecretRow",
    "SelfModelRow",
    "StepRow",
    "TermRow",
    "TombstoneRow",
    "UtcDateTime",
    "table_of",
]
