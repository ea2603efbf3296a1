"""A Slack workspace export (folder or zip) as a recording: who wrote what, where, when, and what reactions it drew.

Reads users.json, channels.json (groups.json, dms.json, mpims.json where present) and `<conversation>/<date>.json`.
What cannot be read is told in a sentence that names the file; the rest goes on. The bot's own words are not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from adapters.slack.export_files import Files, Record, open_export
from adapters.slack.text import mentions, to_plain
from adapters.slack.translate import read_time
from bot.errors import Refused
from bot.flows.recording import Posting, Reaction, Recording
from bot.self_model.model import DirectoryEntry
from bot.turn import Member, Message, Place, audience_at

WRITTEN = frozenset({"", "thread_broadcast", "file_share", "me_message"})  # subtypes that are a person's own words


@dataclass(slots=True)
class Reading:
    """What has been read so far of an export."""

    workspace: str
    bot: str
    people: dict[str, DirectoryEntry]
    problems: list[str]
    postings: list[Posting] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)  # thread -> the last message in it that the bot was to answer
    seen: set[str] = field(default_factory=set)


def read_export(path: Path, bot: str = "") -> Recording:
    """Read the export at `path`; `bot` is the bot's user id, or "" for the one bot in users.json.

    Raises Refused where there is nothing to read: no such path, no users.json, no bot to be found.
    """
    with open_export(path) as files:
        problems: list[str] = []
        users = [one for one in files.read_list("users.json", problems) if isinstance(one.get("id"), str)]
        if not users:
            why = problems[0] if problems else "it lists no users."
            raise Refused(f"{path} cannot be replayed: {why} A Slack export has a users.json at its top.")
        bot = find_bot(path, users, bot)
        workspace = str(users[0].get("team_id") or "export")
        people = {str(one["id"]): read_person(one, workspace) for one in users}
        reading = Reading(workspace, bot, people, problems)
        conversations = files.conversations(problems)
        for conversation in conversations:
            read_conversation(reading, files, conversation.folder, direct=conversation.direct)
    reading.postings.sort(key=lambda one: (one.message.at, one.message.id))
    return Recording(
        workspace=workspace,
        bot=Member(workspace, bot),
        people=people,
        postings=tuple(reading.postings),
        reactions=tuple(reading.reactions),
        channels={one.folder: one.id for one in conversations if one.id},
        problems=tuple(problems),
    )


def find_bot(path: Path, users: list[Record], named: str) -> str:
    """The user named as the bot, else the one bot user; raises Refused where there is none, or more than one."""
    if named:
        if any(one["id"] == named for one in users):
            return named
        raise Refused(f"{path}: users.json has no user {named}; --bot takes the id of the bot as it stands there.")
    bots = [str(one["id"]) for one in users if one.get("is_bot") and one["id"] != "USLACKBOT"]
    if len(bots) == 1:
        return bots[0]
    found = f"users.json has {len(bots)} bot users ({', '.join(bots)})" if bots else "users.json has no bot user"
    raise Refused(f"{path}: {found}; say which one answers questions with --bot ID.")


def read_person(user: Record, workspace: str) -> DirectoryEntry:
    """A user's directory entry."""
    found = user.get("profile")
    profile: Record = found if isinstance(found, dict) else {}
    name = profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user.get("name") or ""
    return DirectoryEntry(
        member=Member(workspace, str(user["id"])),
        name=str(name),
        title=str(profile.get("title") or ""),
        email=str(profile.get("email") or ""),
        time_zone=str(user.get("tz") or ""),
        is_bot=bool(user.get("is_bot")),
    )


def read_conversation(reading: Reading, files: Files, folder: str, *, direct: bool) -> None:
    """Read one conversation's days, oldest first."""
    for name in files.days(folder):
        day = date.fromisoformat(Path(name).stem)
        records = files.read_list(name, reading.problems)
        for record in sorted(records, key=lambda one: str(one.get("ts", ""))):
            if record.get("type", "message") == "message":
                read_message(reading, record, Spot(name, folder, day, direct))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record stands: its file, its conversation, its day."""

    file: str
    folder: str
    day: date
    direct: bool


def read_message(reading: Reading, record: Record, spot: Spot) -> None:
    """Read one record: a person's message becomes a posting, the bot's own only gives its reactions."""
    stamp = str(record.get("ts", ""))
    at = read_time(stamp)
    if at is None:
        reading.problems.append(f"{spot.file}: a message has no readable ts ({stamp!r}); it was left out.")
        return
    identity = f"{spot.folder}:{stamp}"
    if identity in reading.seen:
        reading.problems.append(f"{spot.file}: the message {stamp} stands there twice; the second was left out.")
        return
    reading.seen.add(identity)
    thread = str(record.get("thread_ts") or stamp)
    if record.get("user") == reading.bot or (record.get("bot_id") and not record.get("user")):
        read_reactions(reading, record, f"{spot.folder}:{thread}", spot.day)
    elif str(record.get("subtype") or "") in WRITTEN:
        read_posting(reading, record, spot, at)


def read_posting(reading: Reading, record: Record, spot: Spot, at: datetime) -> None:
    """A person's own message; one by an unknown user or without words is left out and told."""
    stamp, user, raw = str(record["ts"]), str(record.get("user", "")), record.get("text")
    if user not in reading.people:
        reading.problems.append(f"{spot.file}: the message {stamp} is by {user or 'nobody'}, who is not in users.json.")
        return
    if not isinstance(raw, str) or not raw.strip():
        reading.problems.append(f"{spot.file}: the message {stamp} has no text; it was left out.")
        return
    if reading.people[user].is_bot:
        return
    names = {one.member.id: one.name for one in reading.people.values()}
    thread = str(record.get("thread_ts") or stamp)
    key = f"{spot.folder}:{thread}"
    mentioned = spot.direct or mentions(raw, reading.bot)
    text = to_plain(raw, names, reading.bot)
    author = Member(reading.workspace, user)
    place = Place(reading.workspace, spot.folder, "" if spot.direct else thread)
    message = Message(
        id=f"{spot.folder}:{stamp}",
        author=author,
        text=text,
        at=at,
        permalink=f"https://slack.com/archives/{spot.folder}/p{stamp.replace('.', '')}",
        private=spot.direct,
    )
    addressed = mentioned or key in reading.asked
    if addressed:
        reading.asked[key] = message.id
    reading.postings.append(
        Posting(
            message=message,
            place=place,
            audience=audience_at(place, author, alone=spot.direct),
            mentioned=mentioned,
            addressed=addressed,
            day=spot.day,
            source=record,
        )
    )


def read_reactions(reading: Reading, record: Record, thread: str, day: date) -> None:
    """Who reacted to the bot's reply, as words on the message it answered."""
    asked = reading.asked.get(thread)
    found = record.get("reactions")
    for reaction in found if asked and isinstance(found, list) else ():
        if isinstance(reaction, dict):
            for user in reaction.get("users") or ():
                member = Member(reading.workspace, str(user))
                reading.reactions.append(
                    Reaction(exchange=str(asked), member=member, name=str(reaction.get("name")), day=day)
                )
