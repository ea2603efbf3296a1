"""What the flows work with: stores, engines and the few settings that shape an answer. Wiring fills it in once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.operations.cost import PRICES, Rates
from bot.pilot.model import PilotKey
from bot.ports import Directory, Engine, Observer, Progress, Stores
from bot.turn import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """`engine` None: the offline engine writes every answer. `owner`: whom a declined question is pointed to.
    `prices`: what a model's tokens cost. `admins`: the ids of who may set pilots up beside the workspace's own
    administrators. `links_people`: whether one person on two platforms may become one. `synced`: when this process last
    took in a workspace's documents; `introduced`: on which day it last read a person's directory entry; `knocked`: when
    it last tried a reviewers' channel that cannot be reached. Budgets in US dollars a day; 0: no model calls."""

    stores: Stores
    engine: Engine | None = None
    observer: Observer | None = None
    directory: Directory | None = None
    progress: Progress | None = None
    owner: str = "the pilot's owner"
    model: str = ""
    prices: Mapping[str, Rates] = field(default_factory=lambda: PRICES)
    admins: frozenset[str] = frozenset()
    links_people: bool = False
    synced: dict[str, datetime] = field(default_factory=dict)
    introduced: dict[Member, date] = field(default_factory=dict)
    knocked: dict[PilotKey, datetime] = field(default_factory=dict)
    budget_person_day: float = 2.0
    budget_pilot_day: float = 50.0
