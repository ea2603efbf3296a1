"""What a champion can do with their digest, and the words that ask for it, be it a button or a message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Steer(StrEnum):
    """What is wanted of a digest."""

    SHOW = "show"
    OPEN = "open"
    DONE = "done"
    SNOOZE = "snooze"
    RESUME = "resume"
    WEEKLY = "weekly"
    DAILY = "daily"


SNOOZE_DAYS: Final = 3  # what the button means
MOST_DAYS: Final = 31  # a longer silence would be an end, and a pilot has a date for that
HOW_TO: Final = (
    "Say *digest weekly* or *digest daily*, *snooze the digest for 3 days*, *digest open* and a name, or *digest done* "
    "and the number of a step."
)


@dataclass(frozen=True, slots=True)
class Steering:
    """One wish: `subject` is a person's id or name, or a step's id or number ("": all of them); `days` how long to be
    silent; `pilot` which one is meant ("": every pilot that the person is a champion of)."""

    do: Steer
    subject: str = ""
    days: int = SNOOZE_DAYS
    pilot: str = ""


_THE: Final = r"(?:(?:the|my) )?"
_SHAPES: Final = (
    (Steer.SHOW, rf"(?:show )?{_THE}(?:pilot|(?:last |latest )?digest)|how is the pilot(?: going| doing)?"),
    (Steer.OPEN, rf"{_THE}digest open (?P<subject>.+)|open evaluator (?P<subject2>.+)"),
    (Steer.DONE, r"digest done(?: (?P<subject>\d))?|step (?P<subject2>\d)(?: is)? done"),
    (
        Steer.SNOOZE,
        rf"(?:snooze {_THE}digest|digest snooze)"
        r"(?: (?:for )?(?:(?P<days>\d{1,3}) days?|(?P<week>a|one) (?P<unit>day|week)))?",
    ),
    (Steer.RESUME, rf"(?:resume|wake|unsnooze) {_THE}digest|digest resume"),
    (Steer.WEEKLY, rf"digest weekly|weekly digest|(?:send|make|give me) {_THE}digest (?:weekly|once a week)"),
    (Steer.DAILY, rf"digest daily|daily digest|(?:send|make|give me) {_THE}digest (?:daily|every day|once a day)"),
)
_COMPILED: Final = tuple((do, re.compile(shape, re.IGNORECASE)) for do, shape in _SHAPES)
_WHICH: Final = re.compile(r" \[([^\]]+)\]$")
_FRAME: Final = re.compile(r"^(?:please[, ]+)|(?:,? please)?[\s.!?]+$|,? please$", re.IGNORECASE)


def parse_steering(text: str) -> Steering | None:
    """What a whole message wants done with the digest; None where it wants nothing of the kind."""
    said = _FRAME.sub("", text.strip().strip("*_`"))
    said, pilot = (_WHICH.sub("", said), found[1]) if (found := _WHICH.search(said)) else (said, "")
    for do, shape in _COMPILED:
        if found := shape.fullmatch(said):
            groups = {name: value for name, value in found.groupdict().items() if value}
            subject = groups.get("subject") or groups.get("subject2") or ""
            return Steering(do, subject.strip(), read_days(groups), pilot)
    return None


def read_days(groups: dict[str, str]) -> int:
    """How many days are meant, held to what is allowed."""
    if "unit" in groups:
        return 7 if groups["unit"].lower() == "week" else 1
    return max(1, min(MOST_DAYS, int(groups.get("days", SNOOZE_DAYS))))
