"""The control group: which turns are answered without the self-model, so that its effect can be measured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from bot.pilot.calendar import local_date
from bot.pilot.model import Pilot
from bot.pilot.roster import is_evaluator
from bot.turn import Member


def is_held_back(pilots: Iterable[Pilot], asker: Member, message: str, now: datetime, *, channel: str = "") -> bool:
    """Whether this turn belongs to the control group of a running pilot that the asker takes part in. Drawn from the
    message's id, so that a retry draws the same."""
    share = max((one.holdback for one in pilots if takes_part(one, asker, now, channel)), default=0.0)
    return draw(message) < share


def takes_part(pilot: Pilot, member: Member, now: datetime, channel: str = "") -> bool:
    """Whether a pilot is running and this member, asking in that channel, is one of its evaluators by now."""
    today = local_date(pilot, now)
    running = pilot.starts <= today and (pilot.ends is None or today <= pilot.ends)
    return running and is_evaluator(pilot, member, today, channel)


def draw(message: str) -> float:
    """A number in [0, 1) that depends on the id alone, evenly spread."""
    return int.from_bytes(hashlib.sha256(message.encode()).digest()[:8]) / 2**64
