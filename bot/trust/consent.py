"""What a consent permits, how it changes, and the words in which it is asked for and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.trust.model import Consent

YES = "Yes, learn from what I write"
NO = "No, answer without"
CHOICES = (YES, NO)
OPENING = "May I learn from what you write?"
QUESTION = f"""{OPENING}

If you say yes, I note what your own messages and your title in the directory say about you (your role, your projects, \
how deep you like answers), each note with the words it rests on, and I fit my answers to it. You can see all of it \
with *what do you believe about me*, put it right, have it forgotten, pause it or export it, at any time. I never note \
health, religion, ethnicity, politics, union membership, sexuality, pay or performance.

The pilot's champion sees how useful my answers were to you (ratings, themes, counts), never what I believe about you \
and never your direct messages. Where a pilot has reviewers, they see what went wrong in its channels: the question, \
my answer and a link to them.

If you say no, I answer all the same, without a self-model."""

AGREED = (
    "Thank you. From now on I learn from what you write. *What do you believe about me* shows what I hold, "
    "*pause* stops it, *forget everything* removes it."
)
DECLINED = (
    "Understood: I learn nothing about you, and what I may have learned before shapes no answer. *Forget everything* "
    "deletes it, *start learning* lets me begin again, at any time."
)
PAUSED = "Paused. I learn nothing more until you say *resume*; what I hold keeps fitting my answers."
RESUMED = "I am learning again from what you write."
NOT_AGREED = "You have not agreed to my learning from what you write, so there is nothing to pause or resume."
NAMED = "The digest may name you again, with ratings, themes and counts of your questions."
UNNAMED = "From now on you count in the digest only as one of several, without your name."
OPENED = "What you tell me in direct messages may now shape replies that others read."
CLOSED = "What you tell me in direct messages shapes only what I tell you alone."


def agree(consent: Consent, at: datetime) -> Consent:
    return replace(consent, modelling=True, paused=False, at=at)


def decline(consent: Consent, at: datetime) -> Consent:
    return replace(consent, modelling=False, paused=False, at=at)


def pause(consent: Consent, at: datetime) -> Consent:
    return replace(consent, paused=consent.modelling, at=at)


def resume(consent: Consent, at: datetime) -> Consent:
    return replace(consent, paused=False, at=at)


def choose(consent: Consent, *, learns: bool, named: bool, in_public: bool, at: datetime) -> Consent:
    """The consent with everything chosen anew; what was paused stays so as long as learning is agreed to."""
    kept = consent.paused and learns
    return replace(consent, modelling=learns, paused=kept, named_to_champion=named, private_in_public=in_public, at=at)


def is_open(consent: Consent) -> bool:
    """Whether this person was never heard on it, so that they may be asked."""
    return consent.at is None


def why_not_learning(consent: Consent) -> str:
    """Why nothing is learned, in a word or two, "" where something is."""
    if consent.learning:
        return ""
    return "paused" if consent.modelling else "no consent"


def describe(consent: Consent) -> str:
    """Where a person's consent stands, in a sentence."""
    if is_open(consent):
        return "You have not said yet whether I may learn from what you write, so I learn nothing. *Start learning* \
lets me."
    if not consent.modelling:
        return "You said no to my learning from what you write, so I learn nothing and fit no answer to you. *Start \
learning* lets me."
    state = "paused" if consent.paused else "on"
    public = "may" if consent.private_in_public else "never"
    return f"Learning is {state}. What you tell me in direct messages {public} shape{'' if public == 'may' else 's'} \
replies that others read."


def tell_what_champion_sees(consent: Consent) -> str:
    """What the champion of a pilot sees about this person, exactly."""
    if not consent.named_to_champion:
        return (
            "The champion does not see your name. Your questions and ratings count in sums over several people, "
            "and such a sum is left out where it would stand for too few. Reviewers, where the pilot has them, see "
            "none of your words."
        )
    return (
        "The champion sees by your name: how many questions you asked and how they ended, the estimate of how useful "
        "the answers were to you with its interval and trend, themes of what was missing (such as “too basic”), "
        "how many beliefs I hold about you (a number, never which), and a suggested next step. Never what I believe "
        "about you, never your words from direct messages. Say *count me only in the aggregate* to leave your name "
        "out. Where the pilot has reviewers, an answer that was called wrong or written without the model is shown to "
        "them with your question and a link to it, if you asked in one of the pilot's channels; your name is not "
        "written there."
    )
