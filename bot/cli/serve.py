"""`daytwo serve`: connect to the platforms that are set up, and answer there."""

from __future__ import annotations

import asyncio
import logging
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.running import now, run

if TYPE_CHECKING:
    from bot.flows.means import Means

Docs = Annotated[Path | None, typer.Option(help="The folder of documents; by default DAYTWO_DOCS.")]


def serve(docs: Docs = None) -> None:
    """Answer in Slack and Teams (and send the digests) until stopped. The documents are taken in first."""
    run(start(docs), log=logging.INFO)


async def start(docs: Path | None) -> None:
    """Take in the documents, then serve; a first Ctrl-C finishes what is in hand, a second ends it at once."""
    from bot.cli.documents import find_sources, take_in
    from bot.settings import read_settings
    from bot.wiring import serve as serve_until

    settings = read_settings()
    sources = find_sources(settings, docs)
    told: set[str] = set()
    stop, answering = asyncio.Event(), asyncio.Event()
    loop, work = asyncio.get_running_loop(), asyncio.current_task()

    def end(name: signal.Signals) -> None:
        loop.remove_signal_handler(name)  # a second one ends it at once
        stop.set()
        if work and not answering.is_set():
            work.cancel()  # nothing is in hand yet: the documents are read, or a platform is waited for

    def ready(words: str) -> None:
        answering.set()
        typer.echo(words)

    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, end, name)

    async def prepare(means: Means, workspace: str) -> None:
        for problem in await take_in(means, workspace, sources):
            if problem not in told:
                typer.echo(problem, err=True)
            told.add(problem)

    await serve_until(settings, stop, now, ready, prepare)
