"""botbuilder, kept to this package: tokens checked, activities sent; everything at its edge is a plain dict.

The SDK's last release (4.17.1) has six defects that are worked around here and in `adapters.teams.connect`, which
parses requests and answers them itself; `tests/adapters/teams/test_sdk.py` shows each on the bare SDK. Here: entities
that keep only their type, a tenant that is never read, forged tokens that end in other errors than a refusal, keys and
tokens fetched while everything else waits. A successor of the SDK would replace this package alone.
"""

from adapters.teams.sdk.connector import Connector, Denied
from adapters.teams.sdk.tokens import Registration

__all__ = ["Connector", "Denied", "Registration"]
