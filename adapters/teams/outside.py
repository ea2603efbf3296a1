"""People and conversations that reach beyond the tenant: guests, people without an account, shared channels.

What is for everyone in the workspace is not for them: an answer there rests only on documents that name the channel or
the person. A self-model they have like everyone else: only once they agreed.
"""

from __future__ import annotations

from dataclasses import replace

from adapters.did import Clicked, Did, Edited, Heard
from adapters.payload import Payload, part, word
from bot.ports import Directory
from bot.turn import EVERYONE, Member

OUTSIDE = frozenset({"guest", "anonymous"})  # roles in a conversation's roster


async def narrow(directory: Directory, body: Payload, did: Did | None) -> Did | None:
    """What was done, with its audience narrowed where someone from outside reads along. Raises Unavailable."""
    if isinstance(did, Edited):
        heard = await narrow(directory, body, did.heard)
        return replace(did, heard=heard) if isinstance(heard, Heard) else did
    if isinstance(did, Clicked):
        return replace(did, outside=await is_outside(directory, did.member))
    if isinstance(did, Heard) and (is_shared(body) or await is_outside(directory, did.message.author)):
        return replace(did, audience=replace(did.audience, grants=did.audience.grants - {EVERYONE}))
    return did


async def is_outside(directory: Directory, member: Member) -> bool:
    """Whether a person is a guest or has no account of the tenant's."""
    entry = await directory.look_up(member)
    return entry is not None and entry.is_outside


def is_shared(body: Payload) -> bool:
    """Whether a message is from a channel that people of other organizations may be in."""
    return word(part(part(body, "channelData"), "channel"), "type").lower() == "shared"
