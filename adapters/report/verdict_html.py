"""The go / no-go report as one self-contained HTML page: no script, no outside asset; charts are inline SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bot.digest.report_model import Block, Report


def to_html(report: Report) -> str:
    """The page; the same report gives the same text."""
    return load_template().render(report=report)


@cache
def load_template() -> Template:
    """The page's template; whatever it is given is escaped, but for charts, which escape their own words."""
    environment = Environment(
        loader=PackageLoader("adapters.report", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["kinds"] = name_kinds
    return environment.get_template("verdict.html.j2")


def name_kinds(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with the name of its kind."""
    return ((type(block).__name__, block) for block in blocks)
