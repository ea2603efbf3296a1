"""`daytwo settings`: every setting, what it is now, and what it is for."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.running import told

AsMarkdown = Annotated[bool, typer.Option("--markdown", help="As the page docs/settings.md.")]


def settings(markdown: AsMarkdown = False) -> None:
    """List the settings with their values; secrets are only said to be set. --markdown writes the page of the docs."""
    from bot.settings import list_settings, read_settings

    if markdown:
        typer.echo(to_page(list_settings()), nl=False)
        return
    with told():
        current = read_settings().model_dump()
    for name, default, purpose in list_settings():
        value = current[name.removeprefix("DAYTWO_").lower()]
        shown = "" if value is None else str(value)
        typer.echo(f"{name}={shown}{'' if shown == default else '  (set)'}\n    {purpose}")


def to_page(rows: list[tuple[str, str, str]]) -> str:
    """The page of the docs that lists the settings."""
    head = (
        "# Settings\n\nEverything is set in the environment, or in a file `.env` beside the process. "
        "This page is made by `daytwo settings --markdown`; a test fails when it is stale.\n\n"
        "| name | default | what it is for |\n| --- | --- | --- |\n"
    )
    return head + "".join(
        f"| `{name}` | {f'`{default}`' if default else '–'} | {purpose} |\n" for name, default, purpose in rows
    )
