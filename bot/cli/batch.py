"""`daytwo batch`: audit the bot on your own questions, or measure it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import Misconfigured, Refused

TaskName = Annotated[str, typer.Argument(help="understand, retrieve, decide, observe, recall, feedback, level, …")]
Passages = Annotated[Path | None, typer.Option(help="The knowledge base: JSON lines of id, title, text.")]
Embeddings = Annotated[
    Path | None,
    typer.Option(help="A folder with a model2vec model, to search by meaning too.", envvar="DAYTWO_EMBEDDINGS"),
]
Jobs = Annotated[int, typer.Option(min=1, help="How many processes work side by side.")]


def batch(task: TaskName, passages: Passages = None, jobs: Jobs = 1, embeddings: Embeddings = None) -> None:
    """Run one of the bot's functions over JSON lines, from standard input to standard output.

    Needs no token, no network and no database. Exits with 1 where any line was in error, with 2 where it could not run.
    """
    from adapters.batch.run import run, write_outputs
    from adapters.embedder import load_embedder

    try:
        embedder = load_embedder(embeddings)
        errors = write_outputs(run(task, read_lines(), passages, jobs, embedder=embedder), sys.stdout.write)
        sys.stdout.flush()
    except (Refused, Misconfigured) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(2) from refusal
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left: nothing more to say
        raise typer.Exit(2) from None
    if errors:
        raise typer.Exit(1)


def read_lines() -> Iterator[str]:
    """Standard input's lines, with a progress bar on standard error when that is a terminal."""
    rows = (row.decode("utf-8", errors="replace").rstrip("\n") for row in sys.stdin.buffer)
    if not sys.stderr.isatty():
        yield from rows
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(list(rows), description="batch", console=Console(stderr=True))
