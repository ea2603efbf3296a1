"""The playground's Teams in a process of its own, held to Teams' schemas and limits: `python tests/standins/teams.py`.

It prints its port.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for the checks beside this file

from teams_checks import find_card_fault, find_wrong

from playground.teams.standin import Rules, make_app, serving


async def main() -> None:
    """Serve on a free port until killed."""
    async with serving(make_app(Rules(message=find_wrong, card=find_card_fault))) as address:
        print(address.rpartition(":")[2], flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
