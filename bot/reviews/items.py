"""Something to look at, told to those who look: what happened, and as much of what was said as they may see.

Reviewers are a group that the pilot chose, not the people who were answered. Words are shown only where they were said
in a channel that the pilot names, in a pilot that names people, by someone who agreed to be named; never of a direct
conversation, and never what is believed of anyone. Nobody's name is shown at all, but of who closed something.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.pilot.calendar import zone_of
from bot.pilot.model import Pilot
from bot.pilot.say import count, say_date
from bot.reviews.card import ReviewCard
from bot.reviews.kinds import FALLBACK, kind_of, urgency
from bot.trust.model import Outcome, Review
from bot.trust.screening import redact_all
from bot.turn import Exchange

LONGEST_QUESTION: Final = 500  # characters on a card
LONGEST_ANSWER: Final = 700
REST: Final = "rest/"  # what the id of a card begins with that stands for those that wait
PRIVATE = "It was said in a direct conversation, so its words are not shown."
NAMELESS = "This pilot names nobody, so neither words nor a link are shown."
UNNAMED = "Who asked has not agreed to be named, so neither words nor a link are shown."
ELSEWHERE = "It was asked outside the pilot's channels, so its words are not shown here."
GONE = "Its words were erased."
UNREAD = "The answer rests on documents that not everyone here may read, so it is not shown."
_FAILED: Final = re.compile(r"(\w+): (.*)", re.DOTALL)  # an error's class, and what it says
_OURS: Final = frozenset({"Unavailable", "Unsure"})  # errors that speak of platforms and models, never of words


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What reviewers may see of an exchange; `note` says why not more."""

    words: bool = False
    answer: bool = False
    link: bool = False
    note: str = ""


def find_seen(pilot: Pilot | None, exchange: Exchange, *, named: bool, readable: bool) -> Seen:
    """What the reviewers of a pilot may see. `named`: its asker agreed to be named; `readable`: everyone there may read
    what the answer quotes."""
    turn = exchange.turn
    if turn.message.private or turn.audience.alone:
        return Seen(note=PRIVATE)
    if pilot is None or pilot.aggregate_only or not named:
        return Seen(note=NAMELESS if pilot and pilot.aggregate_only else UNNAMED)
    channels = {pilot.reviewers, *(one for ring in pilot.rings for one in ring.channels)}
    if turn.place.channel not in channels:
        return Seen(link=True, note=ELSEWHERE)
    if not turn.message.text:
        return Seen(note=GONE)
    return Seen(words=True, answer=readable, link=True, note="" if readable else UNREAD)


def compose_card(review: Review, pilot: Pilot | None, exchange: Exchange | None, seen: Seen) -> ReviewCard:
    """The card of something that is still to be looked at."""
    kind = kind_of(review)
    question = redact_all(exchange.turn.message.text) if exchange and seen.words else ""
    answer = redact_all(exchange.reply.text) if exchange and seen.answer else ""
    return ReviewCard(
        id=review.id,
        title=kind.title,
        told=tell_moment(review.at, pilot),
        why=kind.why or tell_why(review),
        step=kind.step,
        question=shorten(question, LONGEST_QUESTION),
        answer=shorten(answer, LONGEST_ANSWER),
        is_cut=len(answer) > LONGEST_ANSWER,
        sources=tuple(f"[{one.number}] {one.title}" for one in exchange.reply.citations) if answer and exchange else (),
        note=seen.note,
        link=exchange.turn.message.permalink if exchange and seen.link else "",
    )


def compose_closed(review: Review, pilot: Pilot | None, by: str) -> ReviewCard:
    """The card of something that `by` (a name) has looked at: without anybody's words."""
    kind = kind_of(review)
    return ReviewCard(
        id=review.id, title=kind.title, told=tell_moment(review.at, pilot), closed=tell_closed(review, pilot, by)
    )


def compose_rest(pilot: Pilot, waiting: Sequence[Review]) -> ReviewCard:
    """The card that stands for all that waits behind the cards in the channel."""
    until = max((one.at for one in waiting), default=None)
    kinds = {one.kind: kind_of(one) for one in sorted(waiting, key=urgency)}
    sums = Counter(one.kind for one in waiting)
    told = [count(sums[name], *kind.counted) for name, kind in kinds.items()]
    return ReviewCard(
        id=f"{REST}{until.astimezone(UTC).isoformat() if until else ''}",
        title=f"{count(len(waiting), 'more waits', 'more wait')} to be looked at" if waiting else "Nothing more waits",
        why=f"{'; '.join(told)}." if told else "",
        step="The next come here as those above are closed." if waiting else "",
        waiting=len(waiting),
    )


def list_titles(waiting: Sequence[Review], pilot: Pilot | None, most: int) -> str:
    """What waits, a line each, the first so many."""
    lines = [f"- {kind_of(one).title}, {tell_moment(one.at, pilot)}" for one in waiting[:most]]
    rest = len(waiting) - most
    return "\n".join([*lines, *([f"- and {rest} more"] if rest > 0 else [])])


def tell_whole(exchange: Exchange) -> str:
    """The question and the whole answer, for who asks to see them."""
    question, answer = redact_all(exchange.turn.message.text), redact_all(exchange.reply.text)
    return f"**{question}**\n\n{answer}"


def tell_closed(review: Review, pilot: Pilot | None, by: str) -> str:
    """Who closed it, how and when."""
    how = "Dismissed" if review.outcome == Outcome.DISMISSED else "Done"
    return f"{how} by {by}, {tell_moment(review.closed_at, pilot)}" if review.closed_at else f"{how} by {by}"


def tell_why(review: Review) -> str:
    """Why it came up, without what an error may quote."""
    found = _FAILED.fullmatch(review.sample)
    if found and found[1].endswith(("Error", "Exception", "Warning")):
        return f"It failed with {found[1]}."
    said = redact_all(found[2] if found and found[1] in _OURS else review.sample).strip()
    if not said:
        return ""
    said = said if said.endswith((".", "!", "?", "…")) else f"{said}."
    return f"The model was not used: {said}" if review.kind == FALLBACK else f"{said[0].upper()}{said[1:]}"


def tell_moment(at: datetime, pilot: Pilot | None) -> str:
    """A moment on the pilot's clock; of a pilot that names nobody only the day."""
    local = at.astimezone(zone_of(pilot) if pilot else UTC)
    if pilot and pilot.aggregate_only:
        return say_date(local.date())
    return f"{say_date(local.date())}, {local:%H:%M} ({pilot.time_zone if pilot else 'UTC'})"


def shorten(text: str, longest: int) -> str:
    """Text cut to what a card shows."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip(' .')}…"
