"""What concerns a workspace as a whole: that the app was removed, which organization it is of, who is in its groups."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.payload import Payload, part, word
from adapters.slack.app import handle
from adapters.slack.groups import read_changed_group
from adapters.slack.installations import Installations
from adapters.slack.workspaces import Workspaces
from bot.flows.follow_groups import follow_group
from bot.flows.leave import leave
from bot.flows.means import Means
from bot.ports import Clock, Event, Lease


@dataclass(frozen=True, slots=True)
class Seat:
    """The app in its workspaces; without `installations` it has the one token that the settings name."""

    workspaces: Workspaces
    installations: Installations | None = None


async def handle_there(means: Means, seat: Seat, lease: Lease, clock: Clock) -> None:
    """One kept payload of any workspace; the lease ends as done."""
    body, workspace = lease.event.body, lease.event.workspace
    if seat.installations and (organization := read_organization(body)):
        await seat.installations.belongs(workspace, organization)
    if is_removal(body):
        await let_go(means, seat, lease.event, clock)
        await means.stores.inbox.finish(lease)
        return
    if group := read_changed_group(body):
        await follow_group(means.stores.pilots, seat.workspaces, workspace, group, clock())
        await means.stores.inbox.finish(lease)
        return
    messenger, bot = await seat.workspaces.of(workspace), await seat.workspaces.bot_in(workspace)
    await handle(means, messenger, bot, lease, clock)


async def let_go(means: Means, seat: Seat, event: Event, clock: Clock) -> None:
    """The app was removed, or its token revoked: the token goes at once, what is kept follows (see `flows.leave`)."""
    gone: tuple[str, ...] = (event.workspace,)
    if seat.installations:
        gone = await seat.installations.drop(event.workspace, word(event.body, "enterprise_id"), event.received_at)
    for one in gone:
        seat.workspaces.forget(one)
        await leave(means.stores.vault, one, clock())


def is_removal(body: Payload) -> bool:
    """Whether the app was removed, or the bot's own token revoked; a person's token is none of ours."""
    event = part(body, "event")
    kind = word(event, "type")
    return kind == "app_uninstalled" or (kind == "tokens_revoked" and bool(part(event, "tokens").get("bot")))


def read_organization(body: Payload) -> str:
    """The organization that a payload's workspace belongs to, where the app is installed in all of that; else ""."""
    granted = body.get("authorizations")
    first = granted[0] if isinstance(granted, list) and granted and isinstance(granted[0], dict) else {}
    whole = bool(body.get("is_enterprise_install") or first.get("is_enterprise_install"))
    told = word(body, "enterprise_id") or word(part(body, "enterprise"), "id") or word(first, "enterprise_id")
    return told if whole else ""
