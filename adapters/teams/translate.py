"""Teams' activities -> what was said, edited, reacted, rated or clicked. Pure; what is not understood is None.

Knows nothing of who is asked what: whether a message in a thread is to the bot is not for here to say.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from adapters.did import Deleted, Did, Edited, Heard, Reacted
from adapters.payload import Payload, part, parts, word
from adapters.teams.clicks import FEEDBACK, read_click, read_mark, read_rating, thread_of
from adapters.teams.explain import EXPLAINING, read_explaining
from adapters.teams.files import read_files
from adapters.teams.filled import read_filled
from adapters.teams.reference import SHARED, read_channel, read_member, read_place, read_tenant
from adapters.teams.text import mentions_bot, to_plain
from bot.ports import Event
from bot.turn import Audience, Member, Message, Place, audience_at, channel_label

PLATFORM = "teams"
ONCE = frozenset({"message", "messageReaction", "invoke"})  # whose id is theirs alone; edits keep the message's


def identify(body: Payload, workspace: str, received_at: datetime) -> Event:
    """The row to keep. An activity that Teams sends again has the same id, so one is kept."""
    kind, conversation = word(body, "type"), word(part(body, "conversation"), "id")
    own = word(body, "id") if kind in ONCE else ""
    return Event(
        platform=PLATFORM,
        id=f"{kind}/{conversation}/{own or digest(body)}",
        workspace=workspace,
        conversation=f"{workspace}/{conversation}",
        body=body,
        received_at=received_at,
        person=read_member(part(body, "from"), workspace).id,
    )


def digest(body: Payload) -> str:
    """A short name for an activity that has none of its own, the same for the same activity."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]


def read(body: Payload, workspace: str, received_at: datetime) -> Did | None:
    """What an activity says; None for what is not a person's doing, or not understood."""
    if not is_by_person(body):
        return None
    match word(body, "type"):
        case "message":
            is_click = bool(read_mark(body))
            return read_click(body, workspace) if is_click else read_message(body, workspace, received_at)
        case "messageUpdate":
            return read_edit(body, workspace, received_at)
        case "messageDelete":
            return read_deletion(body, workspace)
        case "messageReaction":
            return read_reaction(body, workspace)
        case "invoke":
            return read_invoke(body, workspace, received_at)
    return None


def is_by_person(body: Payload) -> bool:
    """Whether a person did it, and not this bot or another one."""
    account, bot = part(body, "from"), word(part(body, "recipient"), "id")
    return word(account, "id") not in ("", bot) and word(account, "role") != "bot"


def read_message(body: Payload, workspace: str, received_at: datetime) -> Heard | None:
    """A message with where it stands and who will read an answer to it."""
    channel, stamp, text = read_channel(body), word(body, "id"), to_plain(body)
    if not (channel and stamp and (text or read_files(body))):
        return None
    place, alone = read_place(body, workspace)
    author = read_member(part(body, "from"), workspace)
    return Heard(
        message=Message(
            id=f"{place.channel}:{stamp}",
            author=author,
            text=text,
            at=read_time(word(body, "timestamp")) or received_at,
            permalink="" if alone else make_link(body),
            private=alone,
        ),
        place=place,
        audience=find_audience(place, author, channel, alone=alone),
        mentioned=alone or mentions_bot(body),
    )


def find_audience(place: Place, author: Member, channel: str, *, alone: bool) -> Audience:
    """Who reads an answer; aside, its person alone, who may read what is for the conversation too."""
    audience = audience_at(place, author, alone=alone)
    return replace(audience, grants=audience.grants | {channel_label(channel)})


def read_edit(body: Payload, workspace: str, received_at: datetime) -> Edited | None:
    """A message with its new words, or one that was deleted and is back. Its time is when we heard of it: Teams gives
    some clients' edits the message's own."""
    if word(part(body, "channelData"), "eventType") not in ("editMessage", "undeleteMessage"):
        return None
    heard = read_message(body, workspace, received_at)
    return Edited(heard=replace(heard, message=replace(heard.message, at=received_at))) if heard else None


def read_deletion(body: Payload, workspace: str) -> Deleted | None:
    """A message that was taken back."""
    stamp, place = word(body, "id"), read_place(body, workspace)[0]
    if word(part(body, "channelData"), "eventType") != "softDeleteMessage" or not (place.channel and stamp):
        return None
    return Deleted(member=read_member(part(body, "from"), workspace), message=f"{place.channel}:{stamp}")


def make_link(body: Payload) -> str:
    """A link that opens a message of a shared conversation in Teams."""
    channel, stamp = read_channel(body), word(body, "id")
    if not channel.startswith(SHARED):
        return ""
    link = f"https://teams.microsoft.com/l/message/{quote(channel)}/{quote(stamp)}"
    if word(part(body, "conversation"), "conversationType") != "channel":
        return f"{link}?context={quote(json.dumps({'contextType': 'chat'}))}"
    return f"{link}?tenantId={quote(read_tenant(body))}&parentMessageId={quote(thread_of(body) or stamp)}"


def read_reaction(body: Payload, workspace: str) -> Reacted | None:
    """The first reaction put on a message; one taken off says nothing."""
    added = next((word(one, "type") for one in parts(body, "reactionsAdded")), "")
    if not (added and word(body, "replyToId")):
        return None
    return Reacted(
        member=read_member(part(body, "from"), workspace),
        place=Place(workspace, read_channel(body)),
        message=word(body, "replyToId"),
        name=added,
    )


def read_invoke(body: Payload, workspace: str, received_at: datetime) -> Did | None:
    """Feedback on a reply, a message to explain, or a click on a card or form that expects an answer."""
    match word(body, "name"):
        case name if name in FEEDBACK:
            return read_rating(body, workspace)
        case name if name in EXPLAINING:
            return read_explaining(body, workspace, received_at)
        case "task/submit":
            return read_filled(body, workspace) or read_click(body, workspace)
        case "adaptiveCard/action":
            return read_click(body, workspace)
    return None


def asker_of(body: Payload, workspace: str) -> Member | None:
    """Who did it, where a person did."""
    return read_member(part(body, "from"), workspace) if is_by_person(body) else None


def read_time(stamp: str) -> datetime | None:
    """A timestamp as a time; None where it is not one with a time zone."""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return found if found.tzinfo else None
