"""The value every rendering of a replay is made from, and the few things they all look up in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.flows.recording import Recording
from bot.flows.replay import ReplayedDay
from bot.pilot.compare import find_shared_question
from bot.pilot.model import Pilot
from bot.self_model.model import SelfModel
from bot.turn import Exchange, Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A replayed pilot: what was read, what came of each day, and what could not be read."""

    pilot: Pilot
    recording: Recording
    days: tuple[ReplayedDay, ...]
    documents: int
    passages: int
    problems: tuple[str, ...] = ()

    def name(self, member: Member) -> str:
        return self.recording.name(member)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        return tuple(one for day in self.days for one in day.exchanges)

    @property
    def answered(self) -> tuple[Exchange, ...]:
        """The exchanges in which something was asked, not just thanked or noted."""
        return tuple(one for one in self.exchanges if one.asked)

    @property
    def shared(self) -> tuple[Exchange, ...]:
        """The question that most people asked, once for each of them."""
        return find_shared_question(self.answered)

    @property
    def self_models(self) -> Sequence[SelfModel]:
        """Everyone's self-model at the end, those of evaluators first, nobody of whom nothing is believed."""
        if not self.days:
            return ()
        known = [model for model in self.days[-1].self_models.values() if model.beliefs]
        askers = {one.asker for one in self.answered}
        return sorted(known, key=lambda model: (model.member not in askers, self.name(model.member)))

    def self_model(self, member: Member) -> SelfModel | None:
        return next((model for model in self.self_models if model.member == member), None)
