"""Claude through a cloud: what is missing is named at the start, and Vertex is asked in its own form."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest

from adapters.claude import ClaudeEngine
from adapters.claude_access import Access, check, has, make_client
from adapters.claude_calls import FAILURES_TO_OPEN, Breaker, calling
from bot.errors import Misconfigured, Unavailable
from bot.settings import Settings
from bot.wiring import make_access, make_engine
from tests.adapters.test_claude import PROMPT


@pytest.mark.parametrize(
    ("access", "said"),
    [
        (Access(), "DAYTWO_ANTHROPIC_API_KEY is not set"),
        (Access(through="bedrock"), "DAYTWO_CLAUDE_REGION is not set, and DAYTWO_CLAUDE_THROUGH is bedrock"),
        (Access(through="vertex", project="p"), "DAYTWO_CLAUDE_REGION is not set"),
        (Access(through="vertex", region="eu"), "DAYTWO_VERTEX_PROJECT is not set"),
    ],
)
def test_a_setting_that_is_missing_is_named(access: Access, said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        make_client(access, 1.0)


@pytest.mark.parametrize(
    ("access", "package"),
    [
        (Access(through="bedrock", region="eu-central-1", api_key="bearer"), "boto3"),
        (Access(through="vertex", region="eu", project="p"), "google.auth"),
    ],
)
def test_a_package_that_is_missing_is_named_with_how_to_install_it(access: Access, package: str) -> None:
    """Where it is installed, nothing is missing."""
    assert has("json")
    assert not has("no_such_package.part")
    if has(package):
        check(access)
        assert find_spec(package)
    else:
        with pytest.raises(Misconfigured, match=rf"pip install -e '.\[{access.through}\]'"):
            check(access)


def test_the_settings_say_how_claude_is_reached() -> None:
    settings = Settings(claude_through="vertex", claude_region="eu", vertex_project="p", anthropic_api_key="t")
    assert make_access(settings) == Access(through="vertex", api_key="t", region="eu", project="p")
    assert make_engine(Settings(anthropic_api_key=None)) is None
    with pytest.raises(Misconfigured, match="DAYTWO_CLAUDE_REGION"):
        make_engine(Settings(claude_through="bedrock"))


async def test_vertex_answers_with_citations_through_its_own_form_of_the_api(
    address: str, sent: Callable[[], dict[str, Any]]
) -> None:
    """The model is named in the path; the bearer token is the one given."""
    access = Access(through="vertex", api_key="token", region="eu", project="p", base_url=address)
    engine = ClaudeEngine(access, model="claude-sonnet-5-5")
    draft = await engine.answer(PROMPT)
    await engine.close()
    assert draft.text == "Messages are kept for 365 days. [1]"
    assert draft.passages == ("p1",)
    assert sent()["model"] == "claude-sonnet-5-5"
    assert sent()["token"] == "Bearer token"


class NoAccess(Exception):
    """What a cloud's own library raises."""

    __module__ = "google.auth.exceptions"


@pytest.mark.parametrize("failure", [NoAccess("no credentials"), RuntimeError("no credentials")])
async def test_a_cloud_without_credentials_is_unavailable_and_counts_as_a_failure(failure: Exception) -> None:
    breaker = Breaker(lambda: 0.0)
    for _ in range(FAILURES_TO_OPEN):
        with pytest.raises(Unavailable, match="check its credentials"):
            async with calling(breaker, 1.0):
                raise failure
    with pytest.raises(Unavailable, match="left alone"):
        breaker.admit()


async def test_an_error_of_our_own_is_not_taken_for_a_clouds() -> None:
    with pytest.raises(KeyError):
        async with calling(Breaker(), 1.0):
            raise KeyError("ours")
