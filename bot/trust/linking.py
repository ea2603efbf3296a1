"""One person on two platforms: the code that shows that both accounts are theirs, and what is held of both as one.

The code is told in private on the one platform and written in private on the other, so whoever writes it holds both
accounts; that both have the same e-mail address is asked for besides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from bot.self_model.model import SelfModel, Tombstone
from bot.self_model.revise import is_barred, revise
from bot.trust.model import Consent

LASTS: Final = timedelta(minutes=15)
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another one
LENGTH: Final = 10  # characters of a code: 50 bits, so that none is guessed within its minutes
ASKS: Final = re.compile(
    r"(?:/?daytwo )?link(?: (?:me|my accounts?|accounts?))?(?: (?P<code>[a-z0-9]{5}-?[a-z0-9]{5}))?", re.I
)
ENDS: Final = re.compile(r"(?:/?daytwo )?unlink(?: (?:me|my accounts?|accounts?))?", re.I)

OFF: Final = "This workspace keeps people on Slack and Teams apart; its operator can change that."
HOW: Final = (
    "If you also write to me on the other platform, write this to me there, in private, within 15 minutes:\n\n"
    "`link {code}`\n\nThen you are one person to me on both: one self-model, one consent. The two accounts need the "
    "same e-mail address."
)
NO_EMAIL: Final = (
    "I cannot read your e-mail address here, so I cannot tell whether both accounts are yours, and link nothing. On "
    "Slack an administrator allows it by installing the app with its optional scope `users:read.email`."
)
NO_CODE: Final = (
    "I do not know that code, or its 15 minutes are over. Write *link* on the other platform for a new one."
)
OWN_CODE: Final = "That is the code from here; write it to me on the other platform."
OTHER_EMAIL: Final = "The two accounts have different e-mail addresses, so I keep them apart."
ALREADY: Final = "You are one person to me on both platforms already. *unlink* takes that back."
DONE: Final = (
    "Done: you are one person to me on both platforms. What I believe about you here and there is one self-model now, "
    "and what you agree to holds for both. *unlink* takes that back."
)
NOT_LINKED: Final = "You are not linked to another account."
UNDONE: Final = (
    "Done: the two accounts are two people to me again. What I hold about you stayed with the one you linked from."
)


def read_wish(text: str) -> tuple[str, str] | None:
    """What a message wants of the link: ("link", code or "") or ("unlink", ""); None where it wants nothing of it."""
    said = text.strip().strip("*_`.!").strip()
    if found := ASKS.fullmatch(said):
        return "link", (found["code"] or "").replace("-", "").upper()
    return ("unlink", "") if ENDS.fullmatch(said) else None


def show_code(code: str) -> str:
    """A code as it is easiest to copy."""
    return f"{code[:5]}-{code[5:]}"


def conceal(words: str) -> str:
    """A code or an e-mail address as it is kept: it can be compared, and not read."""
    return sha256(words.strip().casefold().encode()).hexdigest()


def join_models(main: SelfModel, other: SelfModel, at: datetime) -> SelfModel:
    """One self-model from two: all their evidence, less what either has forgotten."""
    tombstones: tuple[Tombstone, ...] = tuple(dict.fromkeys((*main.tombstones, *other.tombstones)))
    bare = SelfModel(member=main.member, tombstones=tombstones, version=main.version)
    kept = [one for one in (*main.observations, *other.observations) if not is_barred(tombstones, one)]
    return revise(bare, kept, at)


def join_consents(main: Consent, other: Consent) -> Consent:
    """What one agrees to on both: what was agreed to wherever they were asked."""
    if other.at is None:
        return main
    if main.at is None:
        return replace(other, member=main.member)
    return replace(
        main,
        modelling=main.modelling and other.modelling,
        paused=main.paused or other.paused,
        private_in_public=main.private_in_public and other.private_in_public,
        named_to_champion=main.named_to_champion and other.named_to_champion,
    )
