"""The words around an answer, the same on every platform; how they are laid out is each platform's own."""

from __future__ import annotations

import re

from bot.digest.model import Digest
from bot.digest.steering import SNOOZE_DAYS
from bot.pilot.model import FeedbackKind
from bot.reviews.card import ReviewCard
from bot.turn import Assumption, Citation, Decision, Reply

MARKS = {Decision.HEDGE: "Not certain", Decision.ASK: "One question first", Decision.DECLINE: "Not in the documents"}
SURE = ((0.75, "sure of this"), (0.5, "fairly sure of this"), (0.0, "not sure of this"))
AGAIN = (("simpler", "Simpler"), ("deeper", "Deeper"))  # what is said, and what the button shows
CHANGE = ("change", "Change what I assumed")  # shown where something was assumed
WHY = "Why this answer"
DONE = "Done"
OPEN_EVALUATOR = "Open an evaluator"
REVIEW_BUTTONS = {"done": "Done", "dismiss": "Dismiss", "show": "Show the whole answer", "list": "Show what waits"}
DISMISS_ALL = "Dismiss these {waiting}"
GOOD, POOR = "Good answer", "Poor answer"
FELL_BACK = "written without the model"
REASONS = {  # what can be picked after a thumb down
    FeedbackKind.TOO_BASIC: "Too basic for me",
    FeedbackKind.TOO_DEEP: "Too deep for me",
    FeedbackKind.NOT_SPECIFIC: "Not specific to us",
    FeedbackKind.WRONG: "Wrong or out of date",
    FeedbackKind.IGNORED_QUESTION: "Not what I asked",
    FeedbackKind.SLOW: "Too slow",
    FeedbackKind.OTHER: "Something else",
}

FENCE = re.compile(r"^```", re.MULTILINE)
OPENED, CLOSED = "```\n", "\n```"  # around code that goes on in the next part


def name_source(citation: Citation) -> str:
    """A source's name: its heading, and where nothing opens it, the document that it stands in."""
    named, document = citation.title or citation.document, citation.document
    return named if find_address(citation) or named == document else f"{named} ({document})"


def find_address(citation: Citation) -> str:
    """What opens a source; "" where nothing does."""
    return citation.link if citation.link.startswith("https://") else ""


def digest_buttons(digest: Digest) -> tuple[tuple[str, str, str], ...]:
    """The buttons below a digest, as (name, what it shows, the words it says on the champion's behalf)."""
    other = ("daily", "Daily instead") if digest.weekly else ("weekly", "Weekly instead")
    return (
        ("snooze", f"Snooze {SNOOZE_DAYS} days", f"snooze the digest for {SNOOZE_DAYS} days [{digest.pilot}]"),
        (*other, f"digest {other[0]} [{digest.pilot}]"),
    )


def review_buttons(card: ReviewCard) -> tuple[tuple[str, str], ...]:
    """The buttons of a card for reviewers, as (what it does, what it shows); none once it is closed."""
    if card.waiting:
        return ("list", REVIEW_BUTTONS["list"]), ("dismiss", DISMISS_ALL.format(waiting=card.waiting))
    if card.closed or not card.step:
        return ()
    names = ("done", "dismiss", "show") if card.is_cut else ("done", "dismiss")
    return tuple((name, REVIEW_BUTTONS[name]) for name in names)


def say_when(card: ReviewCard) -> str:
    """When something came up for review, and by whom and when it was closed."""
    return f"{card.closed} · came up {card.told}" if card.closed else card.told


def say_sure(reply: Reply) -> str:
    """How sure the bot is of its answer; never more than what stands above a hedge says."""
    if reply.decision is Decision.HEDGE:
        return f"I am {SURE[-1][1]}"
    return f"I am {next(words for least, words in SURE if reply.confidence >= least)}"


def shown_assumptions(reply: Reply, *, alone: bool) -> tuple[Assumption, ...]:
    """What words were taken to mean, as far as these readers may see it: in public only what the conversation itself
    shows."""
    return tuple(one for one in reply.assumptions if alone or one.origin == "history")


def split(text: str, longest: int) -> list[str]:
    """The text in parts of at most `longest` characters, cut between paragraphs, else between lines, else anywhere.
    Code that is cut is closed in one part and opened again in the next."""
    parts: list[str] = []
    while len(text) > longest:
        cut = find_cut(text, longest - len(CLOSED))
        part, text = text[:cut].rstrip(), text[cut:].lstrip("\n")
        in_code = len(FENCE.findall(part)) % 2 == 1
        parts.append(part + CLOSED if in_code else part)
        text = OPENED + text if in_code else text
    return [*parts, text]


def find_cut(text: str, room: int) -> int:
    """Where to cut: where a paragraph ends in the second half of the room, else where a line does, else at its end."""
    ends = (text.rfind(end, room // 2, room) for end in ("\n\n", "\n"))
    return next((one for one in ends if one > 0), room)
