"""`daytwo init`: write what an administrator installs the bot with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.running import REFUSED, told
from bot.errors import Refused

if TYPE_CHECKING:
    from adapters.teams.package import Package

Platform = Annotated[
    str,
    typer.Argument(
        help="slack: the app manifest to paste; teams: the app package to upload; key: a new DAYTWO_SECRETS_KEY."
    ),
]
Host = Annotated[
    str,
    typer.Option(
        help="The public host name that leads to the bot, such as daytwo.example.com; Slack needs none for Socket Mode."
    ),
]
InstallPage = Annotated[
    bool,
    typer.Option("--install-page", help="Slack: for several workspaces, which install it from the bot's own page."),
]
AppId = Annotated[str, typer.Option(help="Teams: the bot's application id in Entra ID; else DAYTWO_TEAMS_APP_ID.")]
Observe = Annotated[bool, typer.Option(help="Teams: ask each team and chat to let the bot read what is not to it.")]
Page = Annotated[str, typer.Option(help="Teams: a page shown to users; by default the host's own.")]
Out = Annotated[Path | None, typer.Option(help="The file to write; else daytwo-slack.json or daytwo-teams.zip.")]


def init(
    platform: Platform,
    host: Host = "",
    *,
    page: InstallPage = False,
    app_id: AppId = "",
    observe: Observe = False,
    privacy: Page = "",
    terms: Page = "",
    out: Out = None,
) -> None:
    """Write what an administrator installs the bot with: Slack's app manifest, or the app package for Teams."""
    from adapters.sealing import make_key
    from adapters.teams.package import Package

    match platform:
        case "slack":
            init_slack(host, out or Path("daytwo-slack.json"), page=page)
        case "teams":
            package = Package(
                app_id=app_id,
                host=host,
                version=version("daytwo"),
                observe=observe,
                privacy=privacy,
                terms=terms,
            )
            init_teams(package, out or Path("daytwo-teams.zip"))
        case "key":
            typer.echo(make_key())
        case _:
            typer.echo(f"{platform!r} is no platform of Daytwo's; there are slack and teams (and key).", err=True)
            raise typer.Exit(REFUSED)


def init_slack(host: str, out: Path, *, page: bool = False) -> None:
    """Write the manifest: for HTTP at the host, or for Socket Mode where none is named."""
    from adapters.slack.manifest import write_manifest

    with written():
        write_manifest(host, out, page=page)
    typer.echo(f"Written: {out}. At api.slack.com/apps: Create New App, From a manifest, JSON; paste it there.")


def init_teams(package: Package, out: Path) -> None:
    """Write the app package: manifest, words and icons in one zip."""
    from adapters.teams.package import write_package
    from bot.settings import read_settings

    with written():
        write_package(package if package.app_id else replace(package, app_id=read_settings().teams_app_id or ""), out)
    typer.echo(f"Written: {out}. Upload it in the Teams admin centre under Manage apps.")


@contextmanager
def written() -> Iterator[None]:
    """Say in a sentence why something could not be written."""
    with told():
        try:
            yield
        except OSError as error:
            raise Refused(f"{error.filename} cannot be written: {error.strerror}.") from error
