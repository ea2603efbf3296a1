"""`daytwo demo`: replay a pilot from a Slack export over a folder of documents, and show what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.documents import take_in
from bot.cli.report import write
from bot.cli.running import progress, run, told

if TYPE_CHECKING:
    from adapters.report.story import Story
    from bot.digest.report_model import Report
    from bot.flows.means import Means
    from bot.flows.recording import Recording
    from bot.flows.replay import ReplayedDay
    from bot.pilot.model import Pilot
    from bot.settings import Settings
    from bot.turn import Member

ROOT = Path(__file__).parents[2]
SLACK_PAGE = "slack.html"
FAST = 1e6  # days pass in seconds, and Slack's limits of calls with them
BUNDLED_EXPORT, BUNDLED_DOCS = ROOT / "examples" / "pilot", ROOT / "docs"

Export = Annotated[Path, typer.Option(help="A Slack workspace export: folder or zip.")]
Docs = Annotated[Path, typer.Option(help="The folder of documents to answer from.")]
Bot = Annotated[str, typer.Option(help="The bot's user id in the export; by default its one bot user.")]
Champion = Annotated[str, typer.Option(help="Who gets the digest, by id or name; by default whoever is called so.")]
Consented = Annotated[str, typer.Option(help="Ids or names, by commas, of those who agreed; by default all who write.")]
Json = Annotated[Path | None, typer.Option("--json", help="Also write the whole replay as one JSON document.")]
Slack = Annotated[bool, typer.Option("--slack", help="Do it on Slack: a stand-in of it, on this machine.")]
Teams = Annotated[bool, typer.Option("--teams", help="Do it on Teams: a stand-in of it, on this machine.")]
Out = Annotated[Path, typer.Option(help="Where the HTML report and the database go.")]


def demo(
    *,
    export: Export = BUNDLED_EXPORT,
    docs: Docs = BUNDLED_DOCS,
    bot: Bot = "",
    champion: Champion = "",
    consented: Consented = "",
    json_file: Json = None,
    slack: Slack = False,
    teams: Teams = False,
    out: Out = Path("demo-out"),
) -> None:
    """Replay a pilot day by day, with no token, no network and no server, and show what came of it.

    Without options it replays the bundled pilot. Writes report.html, daytwo.db and the go / no-go report (verdict.html,
    .md and .pdf) into --out. A pilot.toml in the export says what was agreed before the start. With --slack every
    message is a signed event of a stand-in of Slack, and every answer is read from what was posted there; with --teams
    the same on a stand-in of Teams.
    """
    from adapters.report.html import to_page
    from adapters.report.json_report import to_json
    from adapters.report.on_terminal import make_console, show

    if slack and teams:
        raise typer.BadParameter("a pilot is replayed on one platform at a time; choose --slack or --teams.")
    recording, pilot = run(read(export, bot, champion))
    with told():
        chosen = find_people(recording, consented)
        out.mkdir(parents=True, exist_ok=True)
        if json_file:
            json_file.touch()  # that it cannot be written is found before minutes are spent
    story, verdict = run(tell(recording, pilot, docs, chosen, out, on="slack" if slack else "teams" if teams else ""))
    page = out / "report.html"
    with told():
        page.write_text(to_page(story), encoding="utf-8")
        if json_file:
            json_file.write_text(to_json(story), encoding="utf-8")
        written = write(verdict, out) if verdict else []
    console = make_console()
    show(console, story)
    console.print(f"\nThe same as a page: [bold]{page}[/]")
    if slack:
        console.print(f"What stands in Slack after it: [bold]{out / SLACK_PAGE}[/]")
    if written:
        console.print(f"Go or no-go: [bold]{written[0]}[/], also as .md and .pdf")


def find_people(recording: Recording, consented: str) -> frozenset[str] | None:
    """Who is said to have agreed, by commas; None where nobody is named. Raises Refused for somebody unknown: a typing
    error would else replay a pilot without them."""
    from bot.errors import Refused

    if not consented:
        return None
    chosen = frozenset(one.strip() for one in consented.split(",") if one.strip())
    known = {name for one in recording.people.values() for name in (one.member.id, one.name)}
    if unknown := sorted(chosen - known):
        raise Refused(f"Nobody in users.json is called {', '.join(unknown)}; name people by id or display name.")
    return chosen


async def read(export: Path, bot: str, champion: str) -> tuple[Recording, Pilot]:
    """What is replayed: the recording, and the pilot it is of with what was agreed."""
    from adapters.slack.export import read_export

    recording = read_export(export, bot)
    return recording, read_agreed(make_pilot(recording, champion), export / "pilot.toml")


async def tell(
    recording: Recording, pilot: Pilot, docs: Path, consented: frozenset[str] | None, out: Path, *, on: str = ""
) -> tuple[Story, Report | None]:
    """Ingest, replay (`on` a platform, or straight), judge."""
    from adapters.documents import Source
    from adapters.report.story import Story
    from bot.flows.replay import agree, introduce
    from bot.settings import Settings
    from bot.wiring import open_means

    settings = Settings(
        database_url=fresh_database(out), engine="offline", owner="the pilot's champion", slack_speed=FAST
    )
    async with open_means(settings) as means:
        problems = await take_in(means, recording.workspace, (Source(docs),))
        await agree(means, recording, consented)
        await introduce(means, recording)
        match on:
            case "slack":
                days = await replay_on_slack(means, settings, recording, pilot, out)
            case "teams":
                days = await replay_on_teams(means, settings, recording, pilot)
            case _:
                days = await replay_straight(means, recording, pilot)
        passages = await means.stores.knowledge.passages(recording.workspace)
        verdict = await judge(means, recording)
    story = Story(
        pilot=pilot,
        recording=recording,
        days=days,
        documents=len({one.document for one in passages}),
        passages=len(passages),
        problems=(*recording.problems, *problems),
    )
    return story, verdict


async def replay_straight(means: Means, recording: Recording, pilot: Pilot) -> tuple[ReplayedDay, ...]:
    """Straight into the flows that serve every platform."""
    from bot.flows.replay import replay

    with progress("replaying the pilot", len(recording.postings)) as step:
        return await replay(means, recording, pilot, step)


async def replay_on_teams(
    means: Means, settings: Settings, recording: Recording, pilot: Pilot
) -> tuple[ReplayedDay, ...]:
    """Through a stand-in of Teams. Raises Refused where it would not have worked on Teams."""
    from bot.cli.demo_teams import through_teams
    from bot.errors import Refused
    from bot.flows.replay import replay

    async with through_teams(means, settings, recording, pilot.champions) as way:
        with progress("replaying the pilot on Teams", len(recording.postings)) as step:
            days = await replay(means, recording, replace(pilot, platform=way.part.messenger.platform), step, way)
        if way.problems:
            raise Refused(" ".join(way.problems))
        return days


async def replay_on_slack(
    means: Means, settings: Settings, recording: Recording, pilot: Pilot, out: Path
) -> tuple[ReplayedDay, ...]:
    """Through a stand-in of Slack, which is left to look at. Raises Refused where it would not have worked on Slack."""
    from bot.cli.demo_slack import through_slack
    from bot.errors import Refused
    from bot.flows.replay import replay

    async with through_slack(means, settings, recording) as way:
        with progress("replaying the pilot on Slack", len(recording.postings)) as step:
            days = await replay(means, recording, replace(pilot, platform=way.part.messenger.platform), step, way)
        keep_page(out, way.show(pilot.name))
        if way.problems:
            raise Refused(" ".join(way.problems))
        return days


def keep_page(out: Path, page: str) -> None:
    """Leave Slack as it stands, to look at."""
    out.mkdir(parents=True, exist_ok=True)
    (out / SLACK_PAGE).write_text(page, encoding="utf-8")


async def judge(means: Means, recording: Recording) -> Report | None:
    """The go / no-go report as of the recording's last day; None where nobody who may be counted asked anything."""
    from bot.errors import Refused
    from bot.flows.report import make_report
    from bot.pilot.calendar import telling_time

    (pilot,) = await means.stores.pilots.all(recording.workspace)
    names = {one: recording.name(one) for one in pilot.evaluators}
    over = replace(pilot, ends=recording.days[-1])
    try:
        return await make_report(means, over, telling_time(over, recording.days[-1]), people=100, names=names)
    except Refused:
        return None


def read_agreed(pilot: Pilot, file: Path) -> Pilot:
    """The pilot with what was agreed before its start, where the export brings a file that says so."""
    from adapters.pilot_file import read_pilot

    if not file.is_file():
        return pilot
    agreed = read_pilot(file)
    return replace(
        pilot,
        name=agreed.name,
        hypothesis=agreed.hypothesis,
        owner=agreed.owner,
        criteria=agreed.criteria,
        review_on=agreed.review_on,
        plan=agreed.plan,
    )


def make_pilot(recording: Recording, champion: str) -> Pilot:
    """The pilot that the recording is of; its evaluators are found as they come."""
    from bot.errors import Refused
    from bot.pilot.model import Pilot

    if not recording.days:
        told = " ".join(recording.problems[:3])
        raise Refused(f"The export holds no message that can be read. {told}")
    return Pilot(
        id="replay",
        workspace=recording.workspace,
        name="Three days of a pilot" if len(recording.days) == 3 else f"{len(recording.days)} days of a pilot",
        champions=find_champions(recording, champion),
        starts=recording.days[0],
        hypothesis="Answers that fit each person are still used, and rated higher, after the demo.",
    )


def find_champions(recording: Recording, named: str) -> tuple[Member, ...]:
    """Who was named, by id or name; else whoever's name or title says champion; else nobody who wrote, so that the day
    is told all the same."""
    from bot.errors import Refused
    from bot.turn import Member

    entries = recording.people.values()
    if named:
        found = [one.member for one in entries if named in (one.member.id, one.name)]
        if not found:
            raise Refused(f"Nobody in users.json is called {named}; name the champion by id or display name.")
        return tuple(found)
    found = [one.member for one in entries if "champion" in f"{one.name} {one.title}".lower()]
    return tuple(found) or (Member(recording.workspace, "champion"),)


def fresh_database(out: Path) -> str:
    """The address of an empty SQLite file: a replay starts from nothing, so that it gives the same twice."""
    out.mkdir(parents=True, exist_ok=True)
    for leftover in out.glob("daytwo.db*"):
        leftover.unlink()
    return f"sqlite+aiosqlite:///{(out / 'daytwo.db').resolve()}"
