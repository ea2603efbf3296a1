"""A stand-in for Slack in a process of its own: `python tests/standins/slack.py [SPEED [PORT]]`. It prints its port.

It is the one of `playground/slack`, held to the scopes of app_manifest.yaml and to the official schemas in
tests/schemas. `GET /state` says under `broken` which calls broke a rule.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from playground.slack.checks import Rules
from playground.slack.server import serving
from playground.slack.standin import StandIn
from playground.slack.tiers import Tiers
from playground.slack.workspace import Workspace

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests" / "schemas"
SPEED = 60.0  # a minute's calls in a second, where no other is given
TOKENS, APP_TOKEN = ("xoxb-test", "xoxb-1"), "xapp-test"  # of apps installed without what is optional
LINKING = "xoxb-linking"  # of one installed with it
PEOPLE = {"UBOT": {"id": "UBOT", "is_bot": True}, "U1": {"id": "U1", "real_name": "CTO", "profile": {"title": "CTO"}}}
# Which schema a part of a method's arguments is held to: file, definition, and the argument ("" for all of them).
BLOCKS, ARGUMENTS = ("slack-blocks.json", "", "blocks"), "slack-web-api-args.json"
HELD_TO = {
    "assistant.threads.setStatus": ((ARGUMENTS, "AssistantThreadsSetStatusArguments", ""),),
    "assistant.threads.setSuggestedPrompts": ((ARGUMENTS, "AssistantThreadsSetSuggestedPromptsArguments", ""),),
    "chat.appendStream": ((ARGUMENTS, "ChatAppendStreamArguments", ""),),
    "chat.postEphemeral": (BLOCKS,),
    "chat.postMessage": (BLOCKS, (ARGUMENTS, "ChatPostMessageArguments", "")),
    "chat.startStream": ((ARGUMENTS, "ChatStartStreamArguments", ""),),
    "chat.stopStream": (BLOCKS, (ARGUMENTS, "ChatStopStreamArguments", "")),
    "chat.update": (BLOCKS, (ARGUMENTS, "ChatUpdateArguments", "")),
    "views.open": (("slack-views.json", "ModalView", "view"), (ARGUMENTS, "ViewsOpenArguments", "")),
    "views.publish": (("slack-views.json", "HomeView", "view"), (ARGUMENTS, "ViewsPublishArguments", "")),
    "views.update": (("slack-views.json", "ModalView", "view"),),
}


@cache
def make_checker(schema: str, definition: str = "") -> Draft7Validator:
    """What checks against an official schema, or one of its definitions."""
    known = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    return Draft7Validator(known | {"$ref": f"#/definitions/{definition}"} if definition else known)


def validate(method: str, body: object) -> Iterable[str]:
    """What the official schemas find wrong with a method's arguments."""
    assert isinstance(body, dict)
    for schema, definition, argument in HELD_TO.get(method, ()):
        part = body.get(argument) if argument else body
        if part and not make_checker(schema, definition).is_valid(part):
            why = best_match(make_checker(schema, definition).iter_errors(part))
            told = f"{why.json_path}: {why.message[:200]}" if why else ""
            yield f"{argument or 'the arguments'} not as {schema} {definition} has it: {told}"


def read_scopes() -> tuple[frozenset[str], frozenset[str]]:
    """The scopes that the app's manifest asks for, and those of them that are optional."""
    manifest = yaml.safe_load((ROOT / "app_manifest.yaml").read_text(encoding="utf-8"))
    scopes = manifest["oauth_config"]["scopes"]
    return frozenset(scopes["bot"]), frozenset(scopes.get("bot_optional", ()))


async def main(speed: float = SPEED, port: float = 0) -> None:
    """Serve on a free port until killed; Slack's limits of calls are passed this many times faster than Slack's."""
    scopes, optional = read_scopes()
    granted = {**dict.fromkeys(TOKENS, scopes - optional), LINKING: scopes, APP_TOKEN: frozenset({"connections:write"})}
    standin = StandIn(
        workspace=Workspace(people=dict(PEOPLE), absent={"C9"}),
        rules=Rules(granted=dict(granted), validate=validate),
        tiers=Tiers(speed),
    )
    async with serving(standin, int(port)) as address:
        print(address.rpartition(":")[2], flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*map(float, sys.argv[1:])))
