"""The one package that names concrete classes: settings in, running parts out; it owns their start and stop.

`means` opens the stores and `engines` the models; `slack` and `teams` connect a platform each and hand over a `Part`;
`ticking` lists what comes round by itself; `serving` runs it all. Platforms are imported where they are opened, so that
a command that needs none does not pay for them.
"""

from bot.wiring.directory import open_directory
from bot.wiring.engines import make_access, make_engine, make_observer
from bot.wiring.means import open_means
from bot.wiring.part import Part
from bot.wiring.serving import serve
from bot.wiring.slack import open_slack
from bot.wiring.teams import open_teams

__all__ = [
    "Part",
    "make_access",
    "make_engine",
    "make_observer",
    "open_directory",
    "open_means",
    "open_slack",
    "open_teams",
    "serve",
]
