"""OAuth v2: an app installed from a link, its token told for a code, rotated, and revoked."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from playground.slack.checks import Rules
from playground.slack.workspace import Denied, Record

LASTS: Final = 43_200  # seconds that a rotated token is good for
CODE_SECONDS: Final = 600.0


@dataclass(slots=True)
class Installed:
    """One installation: where, with which scopes, whether its tokens are rotated; when its token ends."""

    team: str
    scopes: frozenset[str]
    enterprise: str = ""
    ends: float = float("inf")


@dataclass(slots=True)
class OAuth:
    """The app as registered, and who has installed it. `seconds`: the clock of what expires."""

    rules: Rules
    seconds: Callable[[], float]
    bot: str = "UBOT"
    client_id: str = "1.1"
    client_secret: str = "a-client-secret"
    rotates: bool = True
    denies: bool = False
    installed: dict[str, Installed] = field(default_factory=dict)  # by token
    refreshed: int = 0
    _codes: dict[str, tuple[float, Installed, str]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _refresh: dict[str, Installed] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    async def authorize(self, request: web.Request) -> web.Response:
        """The page on which an administrator agrees, who does at once; `team`, `enterprise`: where it is installed."""
        asked = request.query
        if asked.get("client_id") != self.client_id:
            return web.Response(status=400, text="Invalid client_id parameter")
        back = {"state": asked.get("state", "")}
        if self.denies:
            back |= {"error": "access_denied"}
        else:
            made = Installed(asked.get("team", "T1"), frozenset(asked.get("scope", "").split(",")))
            made.enterprise = asked.get("enterprise", "")
            code = f"code-{next(self._numbers)}"
            self._codes[code] = (self.seconds(), made, asked.get("redirect_uri", ""))
            back |= {"code": code}
        return web.Response(status=302, headers={"location": f"{asked.get('redirect_uri', '')}?{urlencode(back)}"})

    def access(self, body: Record, authorization: str) -> Record:
        """oauth.v2.access: a token for a code, or for a refresh token. Raises Denied."""
        identity, secret = read_client(body, authorization)
        if identity != self.client_id:
            raise Denied("invalid_client_id")
        if secret != self.client_secret:
            raise Denied("bad_client_secret")
        if body.get("grant_type") == "refresh_token":
            found = self._refresh.pop(str(body.get("refresh_token")), None)
            if found is None:
                raise Denied("invalid_refresh_token")
            self.refreshed += 1
            return self._issue(found)
        return self._issue(self._redeem(str(body.get("code", "")), str(body.get("redirect_uri", ""))))

    def _redeem(self, code: str, redirect: str) -> Installed:
        if code in self._used:
            raise Denied("code_already_used")
        told = self._codes.pop(code, None)
        if told is None or self.seconds() - told[0] > CODE_SECONDS:
            raise Denied("invalid_code")
        if redirect != told[2]:
            raise Denied("bad_redirect_uri")
        self._used.add(code)
        return told[1]

    def _issue(self, found: Installed) -> Record:
        """A token for an installation."""
        number = next(self._numbers)
        token = f"xoxe.xoxb-1-{number}" if self.rotates else f"xoxb-{number}"
        ends = self.seconds() + LASTS if self.rotates else float("inf")
        self.installed[token] = Installed(found.team, found.scopes, found.enterprise, ends)
        self.rules.granted[token] = found.scopes
        rotated: Record = {}
        if self.rotates:
            refresh = f"xoxe-1-{number}"
            self._refresh[refresh] = found
            rotated = {"refresh_token": refresh, "expires_in": LASTS}
        whole = bool(found.enterprise) and found.team == ""
        return {
            "app_id": "A1",
            "authed_user": {"id": "U1"},
            "scope": ",".join(sorted(found.scopes)),
            "token_type": "bot",
            "access_token": token,
            **rotated,
            "bot_user_id": self.bot,
            "team": None if whole else {"id": found.team, "name": f"Workspace {found.team}"},
            "enterprise": {"id": found.enterprise, "name": "Grid"} if found.enterprise else None,
            "is_enterprise_install": whole,
        }

    def hold(self, token: str) -> Installed | None:
        """The installation a token is of, None where it was not issued here. Raises Denied where it has ended."""
        found = self.installed.get(token)
        if found and self.seconds() > found.ends:
            raise Denied("token_expired")
        return found

    def revoke(self, token: str) -> Record:
        """auth.revoke: the token is good for nothing from now on."""
        self.rules.granted.pop(token, None)
        self.installed.pop(token, None)
        return {"revoked": True}


def read_client(body: Record, authorization: str) -> tuple[str, str]:
    """The app's id and secret, from the call itself or its Authorization header."""
    if authorization.startswith("Basic "):
        identity, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        return identity, secret
    return str(body.get("client_id", "")), str(body.get("client_secret", ""))
