"""People and conversations that reach beyond the workspace: guests, other organizations, shared channels.

What is for everyone in the workspace is not for them: an answer there rests only on documents that name the channel or
the person. A self-model they have like everyone else: only once they agreed.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from adapters.did import Clicked, Did, Edited, Heard
from adapters.payload import Payload, part
from bot.errors import Refused
from bot.ports import Directory
from bot.turn import EVERYONE, Audience, Member

log = logging.getLogger(__name__)


async def narrow(directory: Directory, body: Payload, did: Did | None) -> Did | None:
    """What was done, with its audience narrowed where someone from outside reads along. Raises Unavailable."""
    if isinstance(did, Edited):
        heard = await narrow(directory, body, did.heard)
        return replace(did, heard=heard) if isinstance(heard, Heard) else did
    if isinstance(did, Clicked):
        return replace(did, outside=await is_outside(directory, did.member))
    if not isinstance(did, Heard):
        return did
    if is_shared(body) or await is_outside(directory, did.message.author):
        return replace(did, audience=without_everyone(did.audience))
    return did


def is_shared(body: Payload) -> bool:
    """Whether an event is from a channel that another organization is in."""
    return body.get("is_ext_shared_channel") is True or part(body, "event").get("is_ext_shared_channel") is True


async def is_outside(directory: Directory, member: Member) -> bool:
    """Whether a person is a guest or of another organization; who cannot be looked up is taken for one."""
    try:
        entry = await directory.look_up(member)
    except Refused as error:
        log.warning("%s is answered as someone from outside: %s", member.id, error)
        return True
    return entry is not None and entry.is_outside


def without_everyone(audience: Audience) -> Audience:
    """The audience without the label of everyone in the workspace."""
    return replace(audience, grants=audience.grants - {EVERYONE})
