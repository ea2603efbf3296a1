"""`daytwo monitor`: what learning came to, in counts: observed, dropped and why, corrected, retired, restored."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from bot.cli.running import now, run

Days = Annotated[int, typer.Option(min=1, help="How many days back.")]
Workspace = Annotated[str, typer.Option(help="Whose; by default DAYTWO_WORKSPACE.")]


def monitor(days: Days = 30, workspace: Workspace = "") -> None:
    """Say in counts what was learned, dropped, corrected and retired: how much junk gets into self-models."""
    run(show(days, workspace))


async def show(days: int, workspace: str) -> None:
    """Print one line a figure; no words of anyone, only counts."""
    from bot.flows.learn import read_figures
    from bot.settings import read_settings
    from bot.wiring import open_means

    settings = read_settings()
    until = now()
    async with open_means(settings) as means:
        figures = await read_figures(
            means.stores.journal, workspace or settings.workspace, until - timedelta(days=days), until
        )
    if not figures:
        typer.echo(f"Nothing was learned in the last {days} days.")
    for name, number in sorted(figures.items()):
        typer.echo(f"{number:>8}  {name}")
