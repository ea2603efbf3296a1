"""The public host that leads to the bot, as an administrator names it."""

from __future__ import annotations

import re

from bot.errors import Refused


def check_host(host: str) -> str:
    """A bare host name; raises Refused for an address with a scheme, a port or a path."""
    if not re.fullmatch(r"(?=.{4,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", host.lower()):
        raise Refused(f"{host!r} is no host name; name it alone, such as daytwo.example.com.")
    return host.lower()
