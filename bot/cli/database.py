"""`daytwo migrate`, `backup`, `restore`, `move`, `erase`, `queue`: what an operator does with the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import run

To = Annotated[str, typer.Option("--to", help="The empty database to fill, such as postgresql+asyncpg://host/name.")]
File = Annotated[Path, typer.Argument(help="A SQLite file.")]
Workspace = Annotated[str, typer.Argument(help="Its id: a Slack team's, a Teams tenant's, or DAYTWO_WORKSPACE.")]
Person = Annotated[
    str, typer.Option("--member", help="Only this person of it, by their id: all they told, as if they had said so.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]
Retry = Annotated[bool, typer.Option("--retry", help="Put what was given up back in line.")]
RetryUnknown = Annotated[
    bool,
    typer.Option("--retry-unknown", help="Put back also what may have been delivered, and may then come twice."),
]

OLDEST = "oldest due, seconds"  # as the queues' figures name how long the oldest has waited


def migrate() -> None:
    """Bring the tables of DAYTWO_DATABASE_URL up to date. One process does it, others wait."""
    run(bring_up_to_date())


def backup(file: File) -> None:
    """Write everything in the database to a new SQLite file, compared row by row; the bot may go on working."""
    from storage.transfer import back_up

    typer.echo(f"{count(run(back_up(address(), file)))} written to {file}.")


def restore(file: File) -> None:
    """Fill the empty database of DAYTWO_DATABASE_URL from a backup, compared row by row."""
    from storage.transfer import restore as fill

    typer.echo(f"{count(run(fill(file, address())))} restored from {file}.")


def move(to: To) -> None:
    """Copy everything to another, empty database, compared row by row. Stop the bot first, then set the new address."""
    from storage.transfer import move as copy

    typer.echo(
        f"{count(run(copy(address(), to)))} moved. Set DAYTWO_DATABASE_URL to the new address and start the bot."
    )


def erase(workspace: Workspace, member: Person = "", yes: Yes = False) -> None:
    """Delete all that is kept of a workspace for good: self-models, conversations, pilots, documents, tokens. With
    --member, what “forget everything” deletes of one person: for those who have left and cannot say it."""
    if member:
        run(erase_person(workspace, member, yes=yes))
        return
    from storage.leave import erase_workspace

    if not yes:
        typer.confirm(f"Delete everything that is kept of {workspace}, for good?", abort=True)
    rows = run(erase_workspace(address(), workspace))
    for table, number in sorted(rows.items()):
        typer.echo(f"{table}: {number}")
    typer.echo(f"{count(rows)} deleted." if rows else f"Nothing is kept of a workspace {workspace!r}.")


def queue(retry: Retry = False, retry_unknown: RetryUnknown = False) -> None:
    """How much waits to be answered and delivered, and what was given up; --retry puts that back in line."""
    run(show_queue(retry or retry_unknown, unknown=retry_unknown))


async def erase_person(workspace: str, member: str, *, yes: bool) -> None:
    """Forget one person as they could by a word, with the same receipt and audit entry."""
    from bot.flows.forget import forget_all
    from bot.ports import Effects
    from bot.settings import read_settings
    from bot.trust.audit import erased
    from bot.turn import Member
    from bot.wiring import open_means

    if not yes:
        typer.confirm(f"Delete everything that {member} told the bot in {workspace}, for good?", abort=True)
    now = datetime.now(UTC)
    async with open_means(read_settings()) as means:
        receipt = await forget_all(means.stores, Member(workspace, member), id=f"operator/{now:%Y%m%dT%H%M%S}", at=now)
        await means.stores.journal.commit(Effects(audit=(erased(receipt),)))
    for name, number in sorted(receipt.removed.items()):
        typer.echo(f"{name}: {number}")
    typer.echo(f"Receipt: {receipt.id}" if receipt.removed else f"Nothing is kept of {member!r} in {workspace!r}.")


async def bring_up_to_date() -> None:
    """Open the stores, which migrates, and close them."""
    from bot.settings import read_settings
    from bot.wiring import open_means

    async with open_means(read_settings()):
        typer.echo("The tables are up to date.")


async def show_queue(retry: bool, *, unknown: bool) -> None:
    """Depths first, then each given-up item with its reason."""
    from bot.flows.work import find_depths
    from bot.settings import read_settings
    from bot.wiring import open_means
    from storage.queue import list_given_up, try_again

    settings = read_settings()
    async with open_means(settings) as means:
        depths = await find_depths(means.stores)
    for name, states in depths.items():
        typer.echo(f"{name}: {', '.join(tell_state(*one) for one in states.items())}")
    for item in await list_given_up(settings.database_url):
        doubt = ", and it may have been delivered" if item.uncertain else ""
        typer.echo(f"given up after {item.attempts} attempts{doubt}: {item.platform} {item.id}: {item.error}")
    if retry:
        typer.echo(f"{await try_again(settings.database_url, unknown=unknown)} put back in line.")


def tell_state(state: str, number: int) -> str:
    """A figure of a queue in words: "3 waiting", "oldest due for 40 s"."""
    return f"oldest due for {number} s" if state == OLDEST else f"{number} {state}"


def address() -> str:
    """Where the database is, by the settings."""
    from bot.cli.running import told
    from bot.settings import read_settings

    with told():
        return read_settings().database_url


def count(rows: Mapping[str, int]) -> str:
    """How much a copy was of."""
    return f"{sum(rows.values())} rows of {len(rows)} tables"
