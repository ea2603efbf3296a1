"""The parts of the stand-in put together, and one call of its Web API carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from playground.slack import conversations, files, messages, streams, views
from playground.slack.checks import Rules, check
from playground.slack.delivery import Delivery
from playground.slack.oauth import OAuth
from playground.slack.tiers import Tiers
from playground.slack.workspace import Call, Denied, Method, Record, Workspace

LOST: Final = "lost"  # told as an error: the call is carried out, and its answer does not arrive
METHODS: Final[Mapping[str, Method]] = {
    **conversations.METHODS,
    **files.METHODS,
    **messages.METHODS,
    **streams.METHODS,
    **views.METHODS,
}


@dataclass(slots=True)
class StandIn:
    """A workspace, what calls are held to, how the app is reached, who has installed it, which calls are to fail."""

    workspace: Workspace
    rules: Rules
    tiers: Tiers = field(default_factory=lambda: Tiers(speed=0))
    delivery: Delivery = field(default_factory=Delivery)
    oauth: OAuth = field(init=False)
    told: dict[str, Record] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.oauth = OAuth(self.rules, self.workspace.seconds, bot=self.workspace.bot)

    def carry_out(self, made: Call, *, sent_as: str, authorization: str) -> Record:
        """Check a call and do what it asks. Raises Denied."""
        method = made.method
        self._fail_as_told(method)
        if method == "oauth.v2.access":
            return self.oauth.access(made.body, authorization)
        if method not in METHODS and method not in ("auth.test", "auth.revoke", "apps.connections.open"):
            raise Denied("unknown_method")
        installed = self.oauth.hold(made.token)
        check(self.rules, made, sent_as)
        self.tiers.count(method, str(made.body.get("channel", "")))
        if method == "auth.test":
            team = installed.team if installed else self.workspace.team
            whole = {"enterprise_id": installed.enterprise} if installed and installed.enterprise else {}
            return {"user_id": self.workspace.bot, "team_id": team, "bot_id": "B1", "url": self.workspace.url, **whole}
        if method == "auth.revoke":
            return self.oauth.revoke(made.token)
        if method == "apps.connections.open":
            return {"url": f"ws://{made.host}/link/?ticket={len(self.delivery.sockets)}&app_id=A1"}
        done = METHODS[method](self.workspace, made)
        return done if self.rules.grants(made.token, "users:read.email") else without_email(done)

    def loses_answer(self, method: str) -> bool:
        """Whether the answer to a call that was carried out never arrives."""
        told = self.told.get(method)
        if not told or told["error"] != LOST or told["times"] <= 0:
            return False
        told["times"] -= 1
        return True

    def _fail_as_told(self, method: str) -> None:
        """Raises Denied where the next call of this method is to fail."""
        told = self.told.get(method)
        if told and told["times"] > 0 and told["error"] != LOST:
            told["times"] -= 1
            after = {"retry_after": told["after"]} if told.get("after") is not None else {}
            raise Denied(told["error"], **after)


def without_email(done: Record) -> Record:
    """What is told of a person to who may not see e-mail addresses."""
    if "user" not in done:
        return done
    profile = {name: value for name, value in done["user"].get("profile", {}).items() if name != "email"}
    return {**done, "user": {**done["user"], "profile": profile}}


STANDIN: Final = web.AppKey("standin", StandIn)
