"""What the commands share: errors as sentences with an exit status, progress bars, async work, the clock."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import typer

from bot.errors import DaytwoError, Misconfigured, Refused, Unavailable

T = TypeVar("T")
REFUSED, FAILED, MISCONFIGURED, INTERRUPTED = 2, 1, 3, 130  # exit statuses


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of ours into its sentence on standard error, and an exit status by its family."""
    try:
        yield
    except DaytwoError as error:
        typer.echo(f"{error}{because(error)}", err=True)
        status = {Refused: REFUSED, Misconfigured: MISCONFIGURED}.get(type(error), FAILED)
        raise typer.Exit(status) from error
    except BrokenPipeError:
        raise  # whoever read the output has left: nothing to say, and nobody to say it to
    except OSError as error:
        typer.echo(f"{error.filename or 'The system'}: {error.strerror or error}.", err=True)
        raise typer.Exit(FAILED) from error
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(INTERRUPTED) from None


def because(error: DaytwoError) -> str:
    """Why something cannot be reached, in the words of what did not answer: for whoever runs the bot to act on; ""
    where the sentence says it all."""
    cause = error.__cause__
    cause = getattr(cause, "orig", None) or cause  # the database driver's own words, without the statement
    if not isinstance(error, Unavailable) or cause is None:
        return ""
    why = (str(cause).strip().splitlines() or [type(cause).__name__])[0].rstrip(".")
    return "" if why in str(error) else f" ({why})"


def run(work: Coroutine[Any, Any, T], *, log: int = logging.WARNING) -> T:
    """Run async work to its end; errors of ours are told. `log`: from which level on our own log is shown; of the
    libraries', only warnings are."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for package in ("bot", "adapters", "storage"):
        logging.getLogger(package).setLevel(log)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it cannot read we tell ourselves, by the file's name
    with told():
        return asyncio.run(work)


@contextmanager
def progress(words: str, total: int | None) -> Iterator[Callable[..., None]]:
    """A progress bar on standard error, where that is a terminal; call what it yields once for each step."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(words, total=total)
        yield lambda *_: bars.advance(task)


def now() -> datetime:
    """The clock, in UTC."""
    return datetime.now(UTC)
