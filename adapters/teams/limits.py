"""How fast Teams takes what is sent to it, by its documentation."""

from __future__ import annotations

from adapters.teams.translate import PLATFORM
from bot.ports import Pace

PACES = {PLATFORM: Pace(every=1 / 50, burst=25)}  # "50 requests per second" for an app in a tenant
