"""Calling Slack's Web API, and what its refusals mean: for good, for now, or unknown; each in a clear sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import DaytwoError, Refused, Unavailable, Unsure

PASSING = frozenset({"ratelimited", "service_unavailable"})
# Slack's own words on these: some of it may have been done before the error was raised.
UNSURE = frozenset({"internal_error", "fatal_error", "request_timeout"})
# The installation has ended or changed; the work waits, for whoever runs the bot can put it right.
REVOKED = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
# Why nothing can be shown where its person is: the bot is not in that conversation, or nobody writes there any more.
ELSEWHERE = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived"})
READS = frozenset(
    {
        "conversations.history",
        "conversations.replies",
        "files.info",
        "usergroups.list",
        "usergroups.users.list",
        "users.info",
    }
)
MEANS: Mapping[str, str] = {
    "is_archived": "the channel is archived",
    "not_in_channel": "the bot is not in that channel any more; /invite @Daytwo brings it back",
    "channel_not_found": "there is no such conversation, or the bot is not in it",
    "user_disabled": "that person's account is deactivated",
    "user_not_found": "there is no such person in this workspace",
    "user_not_visible": "that person is of another organization",
    "cannot_dm_bot": "that is a bot, which cannot be written to",
    "message_not_found": "the message is gone",
    "expired_trigger_id": "the click was too long ago",
}
REINSTALL = "the app lacks the scope {needed}: install it again from the current manifest (docs/install-slack.md)"
ENDED = "Slack no longer accepts the bot token ({code}): install the app again, and set DAYTWO_SLACK_BOT_TOKEN."


class Ended(Unavailable):
    """The app has no token there any more that Slack accepts."""


class Denied(Refused):
    """Slack refuses that."""

    def __init__(self, method: str, code: str, means: str = "") -> None:
        means = means or MEANS.get(code, "")
        super().__init__(f"Slack refused {method}: {means} ({code})." if means else f"Slack refused {method}: {code}.")
        self.code = code


def make_client(token: str, api_url: str, *, patient: bool = True) -> AsyncWebClient:
    """Slack's client, patient with rate limits alone: a call that got no answer may have been carried out, and to do
    it again is for the outbox, which looks first. `patient` False: not even that, for what is not worth waiting for."""
    handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=2)] if patient else []
    return AsyncWebClient(token=token, base_url=api_url, retry_handlers=list(handlers))


async def call(client: AsyncWebClient, method: str, **arguments: object) -> dict[str, Any]:
    """One call of the Web API; raises Unavailable for what may pass, Refused for what will not."""
    try:
        if method in READS:  # Slack takes their arguments only as parameters
            response = await client.api_call(method, http_verb="GET", params=arguments)
        else:
            response = await client.api_call(method, json=arguments)
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        raise explain(method, error) from error
    return response.data if isinstance(response.data, dict) else {}


def explain(method: str, error: Exception) -> DaytwoError:
    """What a failed call of the Web API means."""
    if not isinstance(error, SlackApiError):
        return Unsure(f"Slack gave no answer to {method}: {error}.")
    code, status = str(error.response.get("error", "")), error.response.status_code
    if code in UNSURE or status >= 500:
        return Unsure(f"Slack failed at {method} ({code or status}).")
    if code in PASSING or status == 429:
        wait = read_wait(error.response.headers)
        return Unavailable(f"Slack cannot take {method} just now ({code or status}).", retry_in=wait)
    if code in REVOKED:
        return Ended(ENDED.format(code=code))
    needed = str(error.response.get("needed") or "that this takes") if code == "missing_scope" else ""
    return Denied(method, code, REINSTALL.format(needed=needed) if code == "missing_scope" else "")


def read_wait(headers: Mapping[str, Any]) -> float | None:
    """The seconds that an answer asks to wait; None where it does not say."""
    told = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    told = told[0] if isinstance(told, list) and told else told
    try:
        return float(str(told))
    except ValueError:
        return None
