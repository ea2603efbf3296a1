"""`daytwo monitor`: what learning came to, in counts, and what should be looked at, as reviewers see it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.running import now, run

if TYPE_CHECKING:
    from bot.flows.means import Means

MOST_DAYS = 36_500  # a hundred years
Days = Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="How many days back.")]
Workspace = Annotated[str, typer.Option(help="Whose; by default DAYTWO_WORKSPACE.")]
Done = Annotated[list[str] | None, typer.Option(help="Close what is to be looked at, by its id or all of a kind.")]
Dismiss = Annotated[list[str] | None, typer.Option(help="The same, where nothing had to be done.")]
MOST_SHOWN = 20


def monitor(days: Days = 30, workspace: Workspace = "", done: Done = None, dismiss: Dismiss = None) -> None:
    """Say in counts what was learned, dropped, corrected and retired, and list what somebody should look at."""
    run(show(days, workspace, done or [], dismiss or []))


async def show(days: int, workspace: str, done: list[str], dismiss: list[str]) -> None:
    """Close what is named; print one line a figure, without anyone's words, and what is open as reviewers see it."""
    from bot.flows.close_review import close_as_operator
    from bot.flows.learn import read_figures
    from bot.settings import read_settings
    from bot.trust.model import Outcome
    from bot.wiring import open_means

    settings = read_settings()
    until, workspace = now(), workspace or settings.workspace
    async with open_means(settings) as means:
        for ids, outcome in ((done, Outcome.DONE), (dismiss, Outcome.DISMISSED)):
            if ids:
                typer.echo(await close_as_operator(means, workspace, ids, outcome, until))
        figures = await read_figures(means.stores.journal, workspace, until - timedelta(days=days), until)
        if not figures:
            typer.echo(f"Nothing was learned in the last {days} days.")
        for name, number in sorted(figures.items()):
            typer.echo(f"{number:>8}  {name}")
        await show_reviews(means, workspace)


async def show_reviews(means: Means, workspace: str) -> None:
    """What is open, the most urgent first, each with the id that closes it; and which channel cannot be reached."""
    from bot.flows.inspect_reviews import find_unreached, list_cards
    from bot.reviews.card import to_text

    cards, more = await list_cards(means.stores, workspace, MOST_SHOWN)
    typer.echo(f"\nTo be looked at: {len(cards) + more}")
    for card in cards:
        told = to_text(card).replace("\n", "\n  ")
        typer.echo(f"\n{card.id}\n  {told}")
    if more:
        typer.echo(f"\nand {more} more")
    for unreached in await find_unreached(means.stores, workspace):
        typer.echo(f"\n{unreached.tell()}", err=True)
