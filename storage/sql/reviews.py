"""What a person should look at, in a database: opened, closed, read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.trust.model import Review
from storage.sql.statements import put_where
from storage.tables import ReviewRow, table_of

REVIEWS = table_of(ReviewRow)


async def open_reviews(connection: AsyncConnection, reviews: Sequence[Review]) -> None:
    """Keep what is new, and open again what was closed; what is open already stays as it is."""
    await put_where(connection, REVIEWS, [_from_review(one) for one in reviews], REVIEWS.c.resolved.is_(True))


async def close_reviews(connection: AsyncConnection, reviews: Sequence[Review]) -> None:
    """Keep how each was closed, unless it was closed before."""
    for one in reviews:
        still_open = (REVIEWS.c.workspace == one.workspace, REVIEWS.c.id == one.id, REVIEWS.c.resolved.is_(False))
        told = {"resolved": True, "outcome": one.outcome, "closed_by": one.closed_by, "closed_at": one.closed_at}
        await connection.execute(update(REVIEWS).where(*still_open).values(**told))


async def read_open(connection: AsyncConnection, workspace: str) -> tuple[Review, ...]:
    """Those of a workspace that nobody closed, oldest first."""
    query = select(REVIEWS).where(REVIEWS.c.workspace == workspace, REVIEWS.c.resolved.is_(False))
    rows = await connection.execute(query.order_by(REVIEWS.c.at, REVIEWS.c.id))
    return tuple(map(_to_review, rows))


async def read_review(connection: AsyncConnection, workspace: str, id: str) -> Review | None:
    """One, open or closed."""
    query = select(REVIEWS).where(REVIEWS.c.workspace == workspace, REVIEWS.c.id == id)
    row = (await connection.execute(query)).one_or_none()
    return _to_review(row) if row else None


def _from_review(review: Review) -> dict[str, Any]:
    return {
        "workspace": review.workspace,
        "id": review.id,
        "kind": review.kind,
        "sample": review.sample,
        "at": review.at,
        "resolved": review.resolved,
        "exchange": review.exchange,
        "outcome": review.outcome,
        "closed_by": review.closed_by,
        "closed_at": review.closed_at,
    }


def _to_review(row: Any) -> Review:
    return Review(
        workspace=row.workspace,
        id=row.id,
        kind=row.kind,
        sample=row.sample,
        at=row.at,
        resolved=row.resolved,
        exchange=row.exchange,
        outcome=row.outcome,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
    )
