"""What the tests of answering share: a small handbook, searched as in earnest, and beliefs made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.enrichment.model import EnrichedQuery
from bot.knowledge.glossary import find_terms
from bot.knowledge.index import Index
from bot.knowledge.model import Document, Ranked, Term
from bot.knowledge.split import split
from bot.self_model.model import Belief, Observation, Source
from bot.turn import EVERYONE

NOW = datetime(2026, 10, 7, tzinfo=UTC)
HANDBOOK = """\
# Handbook

## Retention of messages

Messages are kept for 365 days and then deleted. The limit can be lowered to one day with `RETENTION_DAYS`. Deleting is
a nightly job, so a message can live up to 24 hours longer. A shorter retention lowers the risk in an audit and costs
nothing. Receipts of a deletion are kept, because they prove to an auditor that it was done.

| what | kept for |
| --- | --- |
| messages | 365 days |
| receipts | 10 years |

## For an engineer: change the retention

Set one variable and restart.

1. Open the `.env` file.
2. Write `RETENTION_DAYS=30`.
3. Restart the process.

```sh
echo RETENTION_DAYS=30 >> .env
systemctl restart bot
```

## Retention in plain words

Think of a drawer that is emptied once a year. Your messages lie in it until then. You can ask for the drawer to be
emptied sooner. For example, a team may choose thirty days.

## Trade-offs of the outbox

The outbox writes each message to the database before it is sent, so a crash loses nothing. The trade-off is one more
write for each message, about 0.2 ms on SQLite. Instead of a broker there is one table, because a second system would
have to be operated and backed up. Throughput is limited to about 3,000 messages a second on one node.

## Cost of running it

Running it costs about 40 dollars a month for a team of twenty. The largest risk to the budget is the language model,
so a daily limit of 50 dollars is set by default. Nobody can spend more than that limit.

## Words

- **outbox**: the table that keeps each message to be sent until it is delivered.
- **retention**: how long something is kept before it is deleted.
- **receipt**: the proof that something was deleted.
"""


@pytest.fixture(scope="session")
def index() -> Index:
    """The handbook, searchable."""
    return Index(split(Document(path="handbook.md", title="Handbook", text=HANDBOOK, digest="1")))


@pytest.fixture(scope="session")
def glossary(index: Index) -> tuple[Term, ...]:
    return find_terms(index.passages)


@pytest.fixture(scope="session")
def search(index: Index) -> Callable[[str], tuple[Ranked, ...]]:
    """The handbook's passages for a question, best first."""
    return lambda text: index.search(EnrichedQuery(text=text), frozenset({EVERYONE}), 10)


@pytest.fixture(scope="session")
def believe() -> Callable[..., Belief]:
    """A belief on one quote: believe("role", "CTO", "I'm the CTO", confidence=0.9)."""

    def make(address: str, value: str, quote: str = "", *, confidence: float = 0.8, private: bool = False) -> Belief:
        seen = Observation(
            address=address,
            value=value,
            weight=1.0,
            source=Source.STATED,
            quote=quote or value,
            message="m",
            at=NOW,
            private=private,
        )
        return Belief(
            address=address,
            value=value,
            confidence=confidence,
            mass=2.0,
            evidence=(seen,),
            valid_from=NOW,
            recorded_at=NOW,
        )

    return make
