"""Sealing secrets before they are kept: whoever reads the database, or a backup of it, cannot open them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import Misconfigured

SETTING = "DAYTWO_SECRETS_KEY"


class Seal:
    """Seals with the first of some keys and opens with any of them, so that a key can be changed for a newer one.

    Fernet: AES-128 in CBC mode, authenticated by HMAC-SHA256 (the `cryptography` package).
    """

    def __init__(self, keys: str) -> None:
        """`keys`: base64 keys of 32 bytes, by commas, the newest first. Raises Misconfigured."""
        given = [one.strip() for one in keys.split(",") if one.strip()]
        if not given:
            raise Misconfigured(f"{SETTING} is not set; `daytwo init key` prints one.")
        try:
            self._keys = MultiFernet([Fernet(one) for one in given])
        except ValueError as error:
            raise Misconfigured(f"{SETTING} holds no key: `daytwo init key` prints one.") from error

    def close(self, secret: Mapping[str, object]) -> str:
        """The secret, sealed."""
        return self._keys.encrypt(json.dumps(secret).encode()).decode()

    def open(self, sealed: str) -> dict[str, Any]:
        """What was sealed. Raises Misconfigured where none of the keys fits."""
        try:
            opened: dict[str, Any] = json.loads(self._keys.decrypt(sealed.encode()))
        except InvalidToken as error:
            raise Misconfigured(
                f"{SETTING} opens nothing of what is kept: put the earlier key behind the new one, by a comma."
            ) from error
        return opened


def make_key() -> str:
    """A new key."""
    return Fernet.generate_key().decode()
