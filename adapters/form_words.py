"""The words and checks of forms that people fill in, the same on every platform."""

from __future__ import annotations

from collections.abc import Mapping

from bot.pilot.model import FeedbackKind
from bot.self_model.extract import CHOICES
from bot.self_model.sensitive import is_sensitive
from bot.turn import Depth

LONGEST_VALUE, LONGEST_WORDS = 120, 500  # characters of a belief; of what was wrong
MOST_TAKEN = 5  # assumptions in one form
NAMED, IN_PUBLIC = "named", "in_public"
SETTINGS = {
    NAMED: "Name me to the champion, with ratings, themes and counts",
    IN_PUBLIC: "Let what I say in direct messages shape answers that others read",
}
FIX, CHOOSE, CHANGE, REASON = "Put it right", "What you agree to", "What did you mean?", "What was wrong?"
FIX_BUTTON, CHOOSE_BUTTON = "Put right…", "Choose what you agree to…"
SET_UP_BUTTON, CHANGE_PILOT_BUTTON = "Set up a pilot…", "Change…"
RIGHT_HINT = "What you put right counts at once, and more than anything I worked out."
REASON_NOTE = "Your thumb down is noted already. The champion sees the reason as a count, never your words."
MEAN_SOMETHING = "Say what you meant, or close this."
IN_ORDER = (  # what there is to pick from, as it is read
    *(one.value for one in Depth),
    *("junior", "mid", "senior", "lead", "executive"),
    *("short", "medium", "long"),
    *("prose", "bullets", "steps", "table", "code", "examples"),
)


def find_picks(address: str) -> tuple[str, ...]:
    """What there is to pick from at a belief's address, in order; nothing where any words may be right."""
    values = CHOICES.get(address) or CHOICES.get(address.partition(":")[0], frozenset())
    return tuple(sorted(values, key=IN_ORDER.index))


def find_fault_of_fix(right: str, believed: str) -> str:
    """What is wrong with a correction, "" where nothing is."""
    if not right:
        return "Say what is right."
    if right.casefold() == believed.casefold():
        return "That is what I believe already."
    return "That is something I do not keep about anyone." if is_sensitive(right) else ""


def find_fault_of_reason(given: Mapping[str, str]) -> str:
    """What is wrong with a reason, "" where nothing is: "something else" says nothing by itself."""
    silent = given.get("reason") == FeedbackKind.OTHER and not given.get("words")
    return "Say in a few words what was wrong." if silent else ""


def name_belief(address: str, believed: str) -> str:
    """A belief as the chat's correction names it: of several at an address, the one that was meant."""
    kind = address.partition(":")[0]
    return address if kind in ("role", "seniority", "expertise", "preference") else f"my {kind} {believed}"
