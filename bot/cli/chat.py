"""`daytwo chat`: talk to the bot in a terminal, on the flows that serve Slack and Teams."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.running import now, run

As = Annotated[str, typer.Option("--as", help="Who is talking; each name has a self-model of its own.")]
Docs = Annotated[Path | None, typer.Option(help="The folder of documents; by default DAYTWO_DOCS.")]


def chat(as_name: As = "me", docs: Docs = None) -> None:
    """Talk to the bot. What it learns is kept in DAYTWO_DATABASE_URL; /quit ends the talk."""
    run(talk(as_name, docs))


async def talk(name: str, docs: Path | None) -> None:
    """Take in the documents, then talk until the input ends."""
    from rich.console import Console

    from adapters import terminal
    from bot.cli.documents import find_sources, take_in
    from bot.settings import read_settings
    from bot.turn import Member
    from bot.wiring import open_means

    settings = read_settings()
    console = Console(highlight=False)
    async with open_means(settings) as means:
        for problem in await take_in(means, settings.workspace, find_sources(settings, docs)):
            console.print(f"[yellow]{problem}[/]")
        console.print("[dim]Ask about the documents. “help” lists what else I understand; /quit ends the talk.[/]\n")
        await terminal.chat(means, Member(settings.workspace, name), console, interruptible(console.input), now)


def interruptible(ask: Callable[[str], str]) -> Callable[[str], str]:
    """The prompt, which Ctrl-C ends at once: the event loop would only take note of it, and the prompt wait on."""

    def prompt(words: str) -> str:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            return ask(words)
        finally:
            signal.signal(signal.SIGINT, before)

    return prompt
