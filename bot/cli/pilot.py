"""`daytwo pilot`: set a pilot up from a file, and say what it still lacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.running import now, run

if TYPE_CHECKING:
    from bot.pilot.model import Pilot

File = Annotated[
    Path | None, typer.Argument(help="A TOML file that describes the pilot; without one, list what is set.")
]


def pilot(file: File = None) -> None:
    """Set a pilot up from a file, or list the pilots that are set up; either way, say what each still lacks."""
    run(show(file))


async def show(file: Path | None) -> None:
    """Save the pilot of the file, if one is given; then print every pilot."""
    from adapters.pilot_file import read_pilot
    from bot.pilot.groups import keep_known
    from bot.settings import read_settings
    from bot.wiring import open_means

    given = read_pilot(file) if file else None
    async with open_means(read_settings()) as means:
        if given:
            held = {one.key: one for one in await means.stores.pilots.all(given.workspace)}
            known = held.get(given.key, given)  # who left in the chat stays out, who was in a group stays told of
            given = replace(given, left=known.left, groups=keep_known(given.groups, known))
            await means.stores.pilots.save(given)
        pilots = await means.stores.pilots.all()
    if not pilots:
        typer.echo("No pilot is set up. Describe one in a TOML file (see docs/pilot-and-digest.md) and give it here.")
    for one in pilots:
        typer.echo(describe(one))


def describe(pilot: Pilot) -> str:
    """A pilot in a few lines: who is told when, and what is missing, with who should supply it."""
    from bot.pilot.guide import tell_roster
    from bot.pilot.readiness import missing

    told = ", ".join(one.id for one in pilot.champions)
    lines = [
        f"{pilot.name} ({pilot.id}), from {pilot.starts}{f' to {pilot.ends}' if pilot.ends else ''}",
        f"  digest: {told} on {pilot.platform}, at {pilot.digest_hour}:00 {pilot.time_zone}",
        f"  {tell_roster(pilot, now().date())}",
    ]
    gaps = missing(pilot)
    lines += [f"  missing: {gap.what} ({gap.why}); ask {gap.who}" for gap in gaps]
    return "\n".join(lines if gaps else [*lines, "  ready: nothing is missing"])
