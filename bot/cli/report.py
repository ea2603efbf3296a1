"""`daytwo report`: the go / no-go report of a pilot, for the meeting that decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.running import now, run, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.digest.report_model import Report
    from bot.pilot.model import Pilot

Id = Annotated[str, typer.Option("--pilot", help="The pilot's id; may be left out where there is but one.")]
Out = Annotated[Path, typer.Option(help="The folder that verdict.html, verdict.md and verdict.pdf are written to.")]
People = Annotated[int, typer.Option(min=1, help="How many people in production the cost is scaled to.")]


def report(id: Id = "", out: Out = Path("report-out"), people: People = 100) -> None:
    """Write the go / no-go report of a pilot from DAYTWO_DATABASE_URL, as HTML, Markdown and PDF.

    Criteria against targets, each evaluator's course, proof, use, cost, risks, a checklist and a recommendation.
    """
    made = run(make(id, people))
    typer.echo(f"{made.title}: {made.recommendation}. {made.sentence}")
    with told():
        written = write(made, out)
    for path in written:
        typer.echo(f"  {path}")


async def make(id: str, people: int) -> Report:
    """The report of the pilot that is meant."""
    from bot.flows.report import make_report
    from bot.settings import read_settings
    from bot.wiring import open_directory, open_means

    settings = read_settings()
    async with open_means(settings) as means:
        pilot = choose(await means.stores.pilots.all(), id)
        known = replace(means, directory=await open_directory(means, settings, pilot.platform, now))
        return await make_report(known, pilot, now(), people=people)


def choose(pilots: Sequence[Pilot], id: str) -> Pilot:
    """The pilot of that id, or the only one; raises Refused with what there is."""
    from bot.errors import Refused

    if not pilots:
        raise Refused("No pilot is set up, so there is nothing to report on: see `daytwo pilot --help`.")
    meant = [one for one in pilots if id in ("", one.id, f"{one.workspace}/{one.id}")]
    if len(meant) == 1:
        return meant[0]
    ids = [one.id for one in pilots]
    named = [one.id if ids.count(one.id) == 1 else f"{one.workspace}/{one.id}" for one in pilots]
    held = ", ".join(f"{name} ({one.name})" for name, one in zip(named, pilots, strict=True))
    raise Refused(f"{f'There is no pilot {id!r}' if id else 'There are several pilots'}; choose with --pilot: {held}.")


def write(made: Report, out: Path) -> list[Path]:
    """Write all three forms; returns where they are."""
    from adapters.report.verdict_html import to_html
    from adapters.report.verdict_markdown import to_markdown
    from adapters.report.verdict_pdf import to_pdf

    out.mkdir(parents=True, exist_ok=True)
    forms = {
        "verdict.html": to_html(made).encode(),
        "verdict.md": to_markdown(made).encode(),
        "verdict.pdf": to_pdf(made),
    }
    for name, content in forms.items():
        (out / name).write_bytes(content)
    return [out / name for name in forms]
