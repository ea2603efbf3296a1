"""The quality of enrichment, apart from the model's: how often something was assumed, taken back, and of help."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.pilot.feedback import NEUTRAL, latest
from bot.pilot.model import Feedback, FeedbackSource
from bot.pilot.share import Share
from bot.turn import Exchange, Member

RIGHT_AFTER: Final = timedelta(minutes=10)  # a correction within this is taken to be about the reading


@dataclass(frozen=True, slots=True)
class Assumed:
    """`used`: of the questions looked up, those in which a mention was taken to mean something. `undone`: of those,
    the ones whose asker took that back or corrected the answer right after. `helped`: of those that were rated, the
    ones rated good; `plain`, the same of questions in which nothing was assumed."""

    used: Share
    undone: Share
    helped: Share
    plain: Share

    def figures(self) -> dict[str, Share]:
        """Each figure by what it counts, as it is told."""
        return {
            "Questions in which a word was taken to mean something": self.used,
            "Of these, taken back or corrected right after": self.undone,
            "Of these, rated good (of the rated ones)": self.helped,
            "Rated good where nothing was assumed": self.plain,
        }


def sum_up_assumed(exchanges: Sequence[Exchange], feedback: Iterable[Feedback], people: Collection[Member]) -> Assumed:
    """The figures over these people's exchanges, oldest first."""
    asked = [one for one in exchanges if one.asker in people and one.asked]
    said = latest(one for one in feedback if one.member in people)
    used = [one for one in asked if one.reply.assumptions]
    plain = [one for one in asked if not one.reply.assumptions and not one.reply.undone]
    back = find_taken_back(asked)
    corrected = find_corrected(said, {one.id: one.at for one in used})
    return Assumed(
        used=Share(len(used), len(asked)),
        undone=Share(sum(one.id in back or one.id in corrected for one in used), len(used)),
        helped=count_good(used, said),
        plain=count_good(plain, said),
    )


def find_taken_back(asked: Sequence[Exchange]) -> set[str]:
    """The exchanges after which their asker, at the same place, took back a mention that was read there."""
    last: dict[tuple[Member, str], Exchange] = {}
    found = set()
    for one in asked:
        key = (one.asker, one.turn.place.channel)
        before = last.get(key)
        if before and any(read.mention in one.reply.undone for read in before.reply.assumptions):
            found.add(before.id)
        last[key] = one
    return found


def find_corrected(said: Sequence[Feedback], at: dict[str, datetime]) -> set[str]:
    """The exchanges, of those answered at these times, that were corrected right after."""
    corrections = (one for one in said if one.source is FeedbackSource.CORRECTION and one.exchange in at)
    return {one.exchange for one in corrections if one.at - at[one.exchange] <= RIGHT_AFTER}


def count_good(exchanges: Sequence[Exchange], said: Sequence[Feedback]) -> Share:
    """Of the rated ones, those whose asker's every word was good."""
    askers = {one.id: one.asker for one in exchanges}
    words: dict[str, list[float]] = {}
    for one in said:
        if askers.get(one.exchange) == one.member:
            words.setdefault(one.exchange, []).append(one.satisfaction)
    return Share(sum(min(some) > NEUTRAL for some in words.values()), len(words))
