"""`python -m playground.slack [PORT]`: a Slack to try Daytwo with. Its page is where people write, press buttons, open
their App Home and fill in forms. It says how Daytwo is connected to it, and forgets everything when it ends."""

from __future__ import annotations

import asyncio
import sys
import time

from playground.slack.checks import Rules
from playground.slack.server import serving
from playground.slack.standin import StandIn
from playground.slack.workspace import Workspace

PORT = 3999
BOT_TOKEN, APP_TOKEN = "xoxb-playground", "xapp-playground"
PEOPLE = {"UCTO": "CTO", "UENGINEER": "Data Engineer", "UANALYST": "Junior Analyst"}
TOLD = """A stand-in of Slack is at {address}/

To connect Daytwo to it, in another terminal:
  DAYTWO_SLACK_API_URL={address}/api/ DAYTWO_SLACK_BOT_TOKEN={bot} DAYTWO_SLACK_APP_TOKEN={app} daytwo serve
"""


def make_workspace() -> Workspace:
    """Three people, a channel, and everyone's direct conversation with the bot."""
    people = {
        user: {"id": user, "team_id": "T1", "profile": {"display_name": name, "title": name}}
        for user, name in PEOPLE.items()
    }
    workspace = Workspace(people=people, names={"CPILOT": "pilot"}, clock=time.time)
    opening = {"CPILOT": ("UCTO", "This is the pilot's channel. Name @Daytwo to ask it something.")}
    opening |= {f"D{user}": (user, "Here nobody else reads along.") for user in PEOPLE}
    for channel, (user, text) in opening.items():
        written = {"user": user, "channel": channel, "ts": workspace.stamp(), "text": text}
        workspace.hear({"type": "message", **written})
    return workspace


async def main(port: int) -> None:
    """Serve until stopped."""
    standin = StandIn(make_workspace(), Rules(granted={BOT_TOKEN: None, APP_TOKEN: None}))
    async with serving(standin, port) as address:
        print(TOLD.format(address=address, bot=BOT_TOKEN, app=APP_TOKEN), flush=True)
        await asyncio.Event().wait()


def run(arguments: list[str]) -> None:
    """Serve on the port that is named, until Ctrl-C; what stands in the way is told in a sentence."""
    if arguments and not arguments[0].isdecimal():
        sys.exit(__doc__)
    port = int(arguments[0]) if arguments else PORT
    try:
        asyncio.run(main(port))
    except (OSError, OverflowError) as error:
        sys.exit(f"Port {port} cannot be listened on ({error}). Name another: python -m playground.slack PORT")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run(sys.argv[1:])
