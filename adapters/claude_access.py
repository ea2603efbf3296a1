"""How Claude is reached: Anthropic's own API or a gateway, Amazon Bedrock, or Google Vertex AI.

The clouds' clients are made only when asked for. They sign with the cloud's own credentials (environment, profile,
workload identity); a key that is set is used as a bearer token instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

import anthropic
import httpx2

from bot.errors import Misconfigured

RETRIES = 2
CONNECT_SECONDS = 5.0
NEEDS = {"bedrock": "boto3", "vertex": "google.auth"}  # what each cloud's extra brings
Through = Literal["anthropic", "bedrock", "vertex"]
Client = anthropic.AsyncAnthropic | anthropic.AsyncAnthropicBedrock | anthropic.AsyncAnthropicVertex


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """`api_key`: Anthropic's key, or a cloud's bearer token; "" leaves a cloud to its own credentials. `base_url` None
    is the provider's own address. `region` and `project` are the cloud's."""

    through: Through = "anthropic"
    api_key: str = ""
    base_url: str | None = None
    region: str = ""
    project: str = ""


def make_client(access: Access, seconds: float) -> Client:
    """The SDK's client with our own limits; its default waits ten minutes. Raises Misconfigured naming what is
    missing."""
    check(access)
    limits = httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    key = access.api_key or None
    match access.through:
        case "bedrock":
            return anthropic.AsyncAnthropicBedrock(
                api_key=key, aws_region=access.region, base_url=access.base_url, timeout=limits, max_retries=RETRIES
            )
        case "vertex":
            return anthropic.AsyncAnthropicVertex(
                access_token=key,
                project_id=access.project,
                region=access.region,
                base_url=access.base_url,
                timeout=limits,
                max_retries=RETRIES,
            )
    return anthropic.AsyncAnthropic(api_key=key, base_url=access.base_url, timeout=limits, max_retries=RETRIES)


def check(access: Access) -> None:
    """Raises Misconfigured where a setting or a package that this way needs is missing."""
    if access.through == "anthropic":
        if not access.api_key:
            raise Misconfigured("DAYTWO_ANTHROPIC_API_KEY is not set, and the settings ask for Claude.")
        return
    chosen = f"and DAYTWO_CLAUDE_THROUGH is {access.through}"
    if not access.region:
        raise Misconfigured(f"DAYTWO_CLAUDE_REGION is not set, {chosen}.")
    if access.through == "vertex" and not access.project:
        raise Misconfigured(f"DAYTWO_VERTEX_PROJECT is not set, {chosen}.")
    streams_by_package = access.through == "bedrock"  # its stream has a form of its own, whatever signs the call
    if (streams_by_package or not access.api_key) and not has(NEEDS[access.through]):
        raise Misconfigured(
            f"The package for {access.through} is not installed, {chosen}: "
            f".venv/bin/pip install -e '.[{access.through}]'."
        )


def has(package: str) -> bool:
    """Whether a package is installed, without loading it."""
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False
