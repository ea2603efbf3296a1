"""From the outbox to the platforms: one message at a time, in order within a conversation, never twice."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from bot.errors import DaytwoError, Unavailable, Unknown, Unsure
from bot.ports import Messenger, Outbox

LEASE_SECONDS = 60.0
MOST_ATTEMPTS = 48  # within some six and a half hours: longer than an outage of a platform usually is
LONGEST_WAIT = 600.0  # seconds between two attempts at the most

log = logging.getLogger(__name__)


async def deliver_next(outbox: Outbox, messengers: Mapping[str, Messenger], worker: str) -> bool:
    """Send the next message that is due; False where there is none."""
    sending = await outbox.next(worker, LEASE_SECONDS)
    if sending is None:
        return False
    key = sending.outgoing.key
    messenger = messengers.get(sending.outgoing.platform)
    if messenger is None:
        await outbox.failed(key, f"nothing here delivers to {sending.outgoing.platform}", None)
        return True
    try:
        message = await messenger.send(sending)
    except Unavailable as error:
        final = sending.attempt >= MOST_ATTEMPTS
        wait = None if final else max(wait_after(sending.attempt), error.retry_in or 0.0)
        await outbox.failed(key, str(error), wait, uncertain=isinstance(error, Unsure))
    except Unknown as error:
        log.warning("Whether %s was delivered is not known: %s", key, error)
        await outbox.failed(key, str(error), None, uncertain=True)
    except DaytwoError as error:
        log.warning("%s was not delivered: %s", key, error)
        await outbox.failed(key, str(error), None)
    else:
        await outbox.sent(key, message)
    return True


async def deliver_all(outbox: Outbox, messengers: Mapping[str, Messenger], worker: str = "deliver") -> int:
    """Send everything that is due now; how many were tried."""
    tried = 0
    while await deliver_next(outbox, messengers, worker):
        tried += 1
    return tried


def wait_after(attempt: int) -> float:
    """Seconds until the next attempt: 1, 2, 4 … up to ten minutes."""
    return float(min(LONGEST_WAIT, 2 ** (attempt - 1)))
