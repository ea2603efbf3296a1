"""The project's own source as syntax trees: what the convention tests look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "adapters", "storage", "playground")
FLOWS = ("bot/flows/", "bot/ports/", "bot/cli/", "bot/wiring/", "bot/__main__.py")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its path below the root, its text, its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def is_pure(self) -> bool:
        """Whether it belongs to the core that does no input or output."""
        return self.path.startswith("bot/") and not self.path.startswith(FLOWS)

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public(self) -> Iterator[Function | ast.ClassDef]:
        """What stands at the top of the module and may be used from elsewhere."""
        for node in self.tree.body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
                yield node


def read_modules() -> list[Module]:
    """Every module of the three packages, migrations aside: their shape is Alembic's."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    names = [(path, path.relative_to(ROOT).as_posix()) for path in paths]
    return [
        Module(name, text := path.read_text(encoding="utf-8"), ast.parse(text))
        for path, name in names
        if "/migrations/" not in name
    ]


MODULES = read_modules()


def code_length(node: Function) -> int:
    """Lines of a function from its `def` to its end, its docstring left out."""
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring
