"""What an administrator sees while installing the app: what it will see itself, that it is done, or why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

AGAIN: Final = "Begin again in this browser; the link is good for ten minutes and for one installation."
WHY: Final[Mapping[str, tuple[str, str]]] = {
    "access_denied": ("You did not agree, so Daytwo was not installed", "You can begin again whenever you like."),
    "invalid_browser": ("This installation was begun in another browser", AGAIN),
    "invalid_state": ("This installation was ended before, or begun too long ago", AGAIN),
    "missing_code": ("Slack sent no code with you", AGAIN),
    "invalid_code": ("Slack did not take the code that it sent with you", AGAIN),
    "storage_error": ("The installation could not be kept", "Whoever runs Daytwo finds the reason in its output."),
}
UNKNOWN: Final = ("Slack ended the installation", AGAIN)

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def show_begin(link: str) -> str:
    """The page that leads to Slack."""
    return _render(kind="begin", forward_to=link, forward="")


def show_done(name: str, *, app: str, team: str) -> str:
    """It is installed; Slack is opened a moment later. `team` is "" where it is installed in an organization."""
    forward = f"slack://app?team={team}&id={app}" if team else "slack://open"
    return _render(kind="done", name=name, forward=forward)


def show_failed(reason: str, begin: str) -> str:
    """It is not installed, for one of Slack's or Bolt's reasons; `begin`: where to begin again."""
    says, way_out = WHY.get(reason, UNKNOWN)
    return _render(kind="failed", says=says, way_out=way_out, begin=begin, forward="")


def _render(**values: str) -> str:
    return _PAGES.get_template("install.html.j2").render(values)
