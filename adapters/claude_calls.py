"""What every call to Claude shares: a time limit, a circuit breaker, and errors in the core's own words.

The SDK repeats a call that failed before its answer began (with jitter, twice); what breaks off in the middle is not
repeated, since the person waits: the offline engine answers instead.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import anthropic
import httpx2

from bot.errors import DaytwoError, Garbled, Unavailable

FAILURES_TO_OPEN = 3
OPEN_SECONDS = 30.0
NAME = "claude"
CLOUDS = frozenset({"boto3", "botocore", "google"})  # whose errors come through the SDK as they are


class Breaker:
    """Stops calling what keeps failing: after FAILURES_TO_OPEN failures in a row nobody calls for OPEN_SECONDS, then
    one call tries whether it is back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._closed_from = 0.0

    def admit(self) -> None:
        """Raises Unavailable while the circuit is open; the call that is let through to try holds the others off."""
        if self._failures < FAILURES_TO_OPEN:
            return
        if self._clock() < self._closed_from:
            raise Unavailable("Claude failed several times in a row, so it is left alone for a moment.")
        self._closed_from = self._clock() + OPEN_SECONDS

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self) -> None:
        self._failures += 1
        self._closed_from = self._clock() + OPEN_SECONDS


@asynccontextmanager
async def calling(breaker: Breaker, seconds: float) -> AsyncIterator[None]:
    """One call: admitted by the breaker, limited in time as a whole (retries too), its failure said in our words."""
    breaker.admit()
    try:
        async with asyncio.timeout(seconds):
            yield
    except Garbled:
        breaker.succeeded()  # it answered, if nonsense: it is there
        raise
    except Unavailable:
        breaker.failed()
        raise
    except (TimeoutError, anthropic.AnthropicError, httpx2.HTTPError, ValueError) as error:
        translated = translate(error, seconds)
        if isinstance(translated, Unavailable):
            breaker.failed()
        raise translated from error
    except Exception as error:
        if not is_of_cloud(error):
            raise
        breaker.failed()
        raise Unavailable("Claude's cloud gives no access: check its credentials and DAYTWO_CLAUDE_REGION.") from error
    breaker.succeeded()


def is_of_cloud(error: Exception) -> bool:
    """Whether a cloud's own library raised it, or the SDK because that library found no credentials."""
    return type(error).__module__.partition(".")[0] in CLOUDS or isinstance(error, (RuntimeError, ImportError))


def translate(error: Exception, seconds: float) -> DaytwoError:
    """An SDK's error as one of ours; its text never reaches a person."""
    match error:
        case TimeoutError() | anthropic.APITimeoutError() | httpx2.TimeoutException():
            return Unavailable(f"Claude took longer than {seconds:g} s.")
        case anthropic.RateLimitError():
            return Unavailable("Claude is asked too often just now (429).")
        case anthropic.AuthenticationError() | anthropic.PermissionDeniedError():
            return Unavailable("Claude refuses the key: check DAYTWO_ANTHROPIC_API_KEY, or the cloud account's rights.")
        case anthropic.NotFoundError():
            return Unavailable("Claude knows no such model: check DAYTWO_ANSWER_MODEL and DAYTWO_OBSERVE_MODEL.")
        case anthropic.APIStatusError() if error.status_code >= 500:
            return Unavailable(f"Claude is overloaded or failing ({error.status_code}).")
        case anthropic.APIStatusError() if error.status_code == 200:
            return Unavailable("Claude broke off in the middle of its answer.")
        case anthropic.APIStatusError():
            return Garbled(f"Claude did not accept the request ({error.status_code}).")
        case anthropic.APIConnectionError() | httpx2.HTTPError():
            return Unavailable("Claude cannot be reached.")
        case _:
            return Garbled("Claude answered in a shape that cannot be read.")
