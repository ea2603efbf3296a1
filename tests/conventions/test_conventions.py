"""The rules of the code, as tests: sizes, docstrings, no clock and no async in the pure core, no leftovers."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from source import MODULES, ROOT, Module, code_length

LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
MEDIAN_FUNCTION = 12
MOST_PARAMETERS = 6  # `self` or the stores come on top of five
CLOCKS = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|date\.today|time\.time|time\.monotonic|perf_counter)\b")
by_path = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.path)


def test_imports_point_inward() -> None:
    """The import contracts of pyproject.toml hold."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@by_path
def test_a_module_can_be_read_in_one_sitting(module: Module) -> None:
    assert module.lines <= LONGEST_MODULE


@by_path
def test_a_module_says_what_is_here(module: Module) -> None:
    if module.tree.body:
        assert ast.get_docstring(module.tree)


@by_path
def test_functions_are_short_and_take_few_parameters(module: Module) -> None:
    for function in module.functions():
        assert code_length(function) <= LONGEST_FUNCTION, function.name
        positional = [one for one in function.args.args if one.arg not in ("self", "cls")]
        assert len(positional) <= MOST_PARAMETERS, function.name


def test_functions_are_short_on_the_whole() -> None:
    lengths = [code_length(function) for module in MODULES for function in module.functions()]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION


@by_path
def test_public_classes_and_long_functions_have_a_docstring(module: Module) -> None:
    """A function of a few lines may speak through its name and types; a class or anything longer may not."""
    for node in module.public():
        if isinstance(node, ast.ClassDef) or code_length(node) > 8:
            assert ast.get_docstring(node), node.name


@by_path
def test_the_pure_core_has_no_async_and_reads_no_clock(module: Module) -> None:
    if module.is_pure:
        assert not any(isinstance(node, ast.AsyncFunctionDef) for node in ast.walk(module.tree))
        assert not CLOCKS.search(module.text)


@by_path
def test_nothing_is_left_open(module: Module) -> None:
    assert not re.search(r"\b(?:TODO|FIXME|XXX|NotImplementedError)\b", module.text)


def test_no_tracked_file_names_a_machine_path_or_a_registry() -> None:
    """Paths of somebody's machine and addresses of package registries have no place in the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout, so there is no list of tracked files")
    telling = re.compile(r"/(?:home|Users|work|root)/\w|pypi\.org|registry\.npmjs\.org|files\.pythonhosted")
    suspects = [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    for name in suspects:
        if name.suffix not in (".png", ".gz", ".zip", ".pdf", ".docx") and name != Path(__file__).relative_to(ROOT):
            assert not telling.search((ROOT / name).read_text(encoding="utf-8", errors="replace")), name
