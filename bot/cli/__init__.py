"""The command line: one module a command. Heavy imports wait until their command runs."""

from __future__ import annotations

import typer

from bot.cli.batch import batch
from bot.cli.chat import chat
from bot.cli.database import backup, erase, migrate, move, queue, restore
from bot.cli.demo import demo
from bot.cli.documents import documents
from bot.cli.init import init
from bot.cli.monitor import monitor
from bot.cli.pilot import pilot
from bot.cli.report import report
from bot.cli.serve import serve
from bot.cli.settings import settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Daytwo: the assistant that gets better for each person after the demo.",
    pretty_exceptions_show_locals=False,
)
for command in (
    demo,
    chat,
    serve,
    pilot,
    report,
    documents,
    monitor,
    init,
    settings,
    batch,
    migrate,
    backup,
    restore,
    move,
    erase,
    queue,
):
    app.command()(command)


@app.callback()
def daytwo() -> None:
    """Daytwo: the assistant that gets better for each person after the demo."""
