"""The words of a person's home, the same on every platform; how they are laid out is each platform's own."""

from __future__ import annotations

from bot.self_model.model import Status
from bot.trust import consent
from bot.trust.model import Consent

BELIEVED, AGREED, SEEN = "What I believe about you", "What you agreed to", "What the champion sees of you"
CONSENT_ACTIONS = {  # what a button shows, and the chat command it says
    "agree": ("Learn from what I write", "start learning"),
    "decline": ("Learn nothing about me", "don't learn about me"),
    "pause": ("Pause", "pause"),
    "resume": ("Resume", "resume"),
    "unname": ("Leave my name out", "count me only in the aggregate"),
    "name": ("Name me", "name me in the digest"),
    "export": ("Export", "export"),
    "forget": ("Forget everything", "forget everything"),
}
KNOWN = {
    Status.UNKNOWN: "I do not know you yet.",
    Status.LEARNING: "I am still getting to know you.",
    Status.KNOWN: "I know you well enough to fit my answers.",
}
EMPTY = "I believe nothing about you."
HINT = "To put something right, write to me: *correct my role to …* or *that's wrong: …*"
MORE = "write to me *what do you believe about me*"
FORGET_ALL = ("Forget everything?", "All I hold about you is erased, for good.", "Forget", "Keep")


def offered(agreed: Consent) -> tuple[str, ...]:
    """What of a consent can be changed, as it stands."""
    if consent.is_open(agreed):
        return ("agree", "decline", "export", "forget")
    learning = ("resume" if agreed.paused else "pause", "decline") if agreed.modelling else ("agree",)
    return (*learning, "unname" if agreed.named_to_champion else "name", "export", "forget")
