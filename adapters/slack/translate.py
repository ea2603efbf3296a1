"""Slack's payloads -> what was said, reacted or clicked. Pure; whatever is not understood is None, never an error.

Knows nothing of who is asked what: whether a message in a thread is to the bot is for the app to say.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from adapters.did import Deleted, Did, Edited, Heard, Reacted
from adapters.payload import Payload, part, word
from adapters.slack.clicks import read_click, read_shortcut
from adapters.slack.commands import read_command
from adapters.slack.forms import read_form
from adapters.slack.text import mentions, to_plain
from bot.ports import Event
from bot.turn import Member, Message, Place, audience_at

OWN_WORDS = frozenset({"", "thread_broadcast", "file_share", "me_message"})  # subtypes that a person wrote
PLATFORM = "slack"
# What is kept of a slash command: not the address that would let anyone answer it.
OF_COMMAND = frozenset({"command", "text", "team_id", "channel_id", "user_id", "trigger_id"})
OF_FORM = frozenset({"callback_id", "private_metadata", "state"})
LET_GO = frozenset({"response_url", "response_urls", "token"})
KEPT = {"block_actions": "action", "message_action": "shortcut", "view_submission": "form"}
UNKEPT = frozenset({"app_context_changed"})  # what someone is looking at is nobody's business


def identify(body: Payload, received_at: datetime) -> Event | None:
    """The row to keep. A mention comes as `message` and as `app_mention`: both get the same id, so one is kept."""
    event = part(body, "event")
    team = find_workspace(body)
    if word(event, "type") in UNKEPT:
        return None
    if event:
        channel, stamp = word(event, "channel"), word(event, "ts")
        same = f"said/{channel}/{stamp}" if is_written(event) else f"event/{word(body, 'event_id')}"
        about = subject_of(event)
        thread = word(about, "thread_ts") or word(about, "ts") or stamp
        return Event(
            platform=PLATFORM,
            id=same,
            workspace=team,
            conversation=f"{team}/{channel}/{thread}",
            body=body,
            received_at=received_at,
            person=word(about, "user") or word(event, "user"),
        )
    if minute := read_rate_limited(body):
        return Event(
            platform=PLATFORM,
            id=f"limited/{team}/{minute}",
            workspace=team,
            conversation=team,
            body=body,
            received_at=received_at,
        )
    if word(body, "command"):
        spoken_in = f"{team}/{word(body, 'channel_id')}/{word(body, 'user_id')}"
        return Event(
            platform=PLATFORM,
            id=f"command/{word(body, 'trigger_id')}",
            workspace=team,
            conversation=spoken_in,
            body={name: value for name, value in body.items() if name in OF_COMMAND},
            received_at=received_at,
            person=word(body, "user_id"),
        )
    return identify_interaction(body, team, received_at)


def find_workspace(body: Payload) -> str:
    """The workspace that a payload comes from. Where the app is installed in a whole organization a click may name only
    its person's; where one leaves as a whole, the organization stands for it."""
    return (
        word(body, "team_id")
        or word(part(body, "team"), "id")
        or word(part(body, "user"), "team_id")
        or word(body, "enterprise_id")
    )


def identify_interaction(body: Payload, team: str, received_at: datetime) -> Event | None:
    """A click, a shortcut or a form that was sent. What only opens a form is not kept: the form is all that it does."""
    kind, trigger, person = word(body, "type"), word(body, "trigger_id"), word(part(body, "user"), "id")
    if kind not in KEPT or not trigger or (kind == "block_actions" and read_click(body) is None):
        return None
    container = part(body, "container")
    channel = word(part(body, "channel"), "id") or person
    stamp = word(container, "thread_ts") or word(container, "message_ts")
    view = part(body, "view")
    shown = {"view": {name: view[name] for name in OF_FORM if name in view}} if kind == "view_submission" else {}
    return Event(
        platform=PLATFORM,
        id=f"{KEPT[kind]}/{trigger}",
        workspace=team,
        conversation=f"{team}/{channel}/{stamp}",
        body={name: value for name, value in body.items() if name not in LET_GO} | shown,
        received_at=received_at,
        person=person,
    )


def read(body: Payload, bot: str, received_at: datetime) -> Did | None:
    """What a payload says; None for what is not a person's doing, or not understood."""
    if word(body, "command"):
        return read_command(body, received_at)
    event = part(body, "event")
    if is_written(event):
        return read_message(event, word(body, "team_id") or word(event, "team"), bot)
    if word(event, "type") == "message":
        return read_change(event, word(body, "team_id"), bot)
    if word(event, "type") == "reaction_added":
        return read_reaction(event, word(body, "team_id"))
    match word(body, "type"):
        case "block_actions":
            return read_click(body)
        case "message_action":
            return read_shortcut(body, received_at)
        case "view_submission":
            return read_form(body)
    return None


def read_rate_limited(body: Payload) -> int:
    """The minute (seconds since 1970) from which on Slack drops this workspace's events; 0 where it does not say so."""
    minute = body.get("minute_rate_limited")
    return minute if word(body, "type") == "app_rate_limited" and isinstance(minute, int) else 0


def read_opened(body: Payload, tab: str) -> tuple[Member, str] | None:
    """Who opened that tab of the app ("home" or "messages"), and their direct conversation with it; None where that is
    not what happened."""
    event = part(body, "event")
    if word(event, "type") != "app_home_opened" or word(event, "tab") != tab or not word(event, "user"):
        return None
    return Member(word(body, "team_id"), word(event, "user")), word(event, "channel")


def is_written(event: Payload) -> bool:
    """Whether the event is a message in a person's own words."""
    kind = word(event, "type")
    by_person = bool(word(event, "user")) and not word(event, "bot_id")
    return kind in ("message", "app_mention") and word(event, "subtype") in OWN_WORDS and by_person


def subject_of(event: Payload) -> Payload:
    """The message that an event is about: itself, or the one that was edited or deleted."""
    return part(event, "previous_message") or part(event, "message") or event


def read_change(event: Payload, team: str, bot: str) -> Edited | Deleted | None:
    """An edit of a message's words, or its deletion; None for other changes, such as a link that was unfurled."""
    old, new, channel = part(event, "previous_message"), part(event, "message"), word(event, "channel")
    match word(event, "subtype"), word(new, "subtype"):
        case ("message_deleted", _) | ("message_changed", "tombstone"):  # the latter where a thread hangs on it
            if not (is_written({**old, "type": "message"}) and word(old, "ts") and channel):
                return None
            return Deleted(member=Member(team, word(old, "user")), message=f"{channel}:{word(old, 'ts')}")
        case ("message_changed", _):
            at = read_time(word(part(new, "edited"), "ts"))
            if at is None or not is_written({**new, "type": "message"}) or word(old, "text") == word(new, "text"):
                return None
            where = {"channel": channel, "channel_type": word(event, "channel_type")}
            heard = read_message({**new, **where}, team, bot)
            return Edited(heard=replace(heard, message=replace(heard.message, at=at))) if heard else None
    return None


def read_message(event: Payload, team: str, bot: str) -> Heard | None:
    """A message with where it stands and who will read an answer to it."""
    user, channel, stamp, text = (word(event, name) for name in ("user", "channel", "ts", "text"))
    at = read_time(stamp)
    if not (channel and at) or user == bot:
        return None
    direct = word(event, "channel_type") == "im"
    author, place = Member(team, user), Place(team, channel, word(event, "thread_ts") or stamp)
    return Heard(
        message=Message(
            id=f"{channel}:{stamp}",
            author=author,
            text=to_plain(text, {}, bot),
            at=at,
            permalink=f"https://slack.com/archives/{channel}/p{stamp.replace('.', '')}",
            private=direct,
        ),
        place=place,
        audience=audience_at(place, author, alone=direct),
        mentioned=direct or mentions(text, bot),
    )


def read_reaction(event: Payload, team: str) -> Reacted | None:
    """An emoji on a message; None where it is on a file or something else."""
    item = part(event, "item")
    if word(item, "type") != "message":
        return None
    return Reacted(
        member=Member(team, word(event, "user")),
        place=Place(team, word(item, "channel")),
        message=word(item, "ts"),
        name=word(event, "reaction"),
    )


def read_time(stamp: str) -> datetime | None:
    """A Slack ts as a time; None where it is not one."""
    try:
        return datetime.fromtimestamp(float(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        return None
