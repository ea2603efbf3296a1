"""Running a task over JSON lines: read, parse, run, write, in order, with one worker or several."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from adapters.batch.base import Base, Fields, make_base
from adapters.batch.lines import GivenPassage
from adapters.batch.tasks import TASKS
from bot.errors import Refused

if TYPE_CHECKING:
    from bot.knowledge.vectors import Embedder

LINES_A_PARCEL = 16  # handed to a worker at once: few enough to keep a progress bar moving
_held: dict[str, object] = {}  # a worker process's own task and knowledge base, set once as it starts


def run(
    task: str, given: Iterable[str], passages: Path | None, jobs: int, *, embedder: Embedder | None = None
) -> Iterator[Fields]:
    """One output a line, in order; a line that cannot be read gives an `error` of its own.

    Raises Refused where the task is unknown, needs passages and has none, or they cannot be read.
    """
    if task not in TASKS:
        raise Refused(f"There is no task {task!r}; there are {', '.join(TASKS)}.")
    if TASKS[task].needs_passages and passages is None:
        raise Refused(f"{task} needs a knowledge base: give --passages FILE.")
    base = make_base(read_passages(passages), embedder) if passages else Base()
    if jobs > 1:
        yield from run_side_by_side(task, given, base, jobs)
    else:
        yield from (run_line(task, line, base) for line in given)


def run_side_by_side(task: str, given: Iterable[str], base: Base, jobs: int) -> Iterator[Fields]:
    """The same over several processes; they inherit the knowledge base rather than build it again."""
    _held.update(task=task, base=base)
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from pool.imap(run_held, given, chunksize=LINES_A_PARCEL)


def run_held(line: str) -> Fields:
    """A worker's step: the task and base it inherited."""
    task, base = _held["task"], _held["base"]
    assert isinstance(task, str)
    assert isinstance(base, Base)
    return run_line(task, line, base)


def run_line(task: str, line: str, base: Base) -> Fields:
    """Parse a line, run the task, and put the line's id first."""
    try:
        given = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not JSON: {error}"}
    if not isinstance(given, dict):
        return {"id": None, "error": "not a JSON object"}
    try:
        parsed = TASKS[task].shape.model_validate(given)
    except ValidationError as error:
        return {"id": given.get("id"), "error": describe(error)}
    return {"id": given["id"], **TASKS[task].load()(parsed, base)}


def describe(error: ValidationError) -> str:
    """What is wrong with a line, field by field, in one sentence."""
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'line'}: {one['msg']}" for one in error.errors())


def read_passages(path: Path) -> list[GivenPassage]:
    """The lines of --passages; raises Refused naming the file and line that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"Cannot read the passages in {path}: {error}") from error
    rows = [(number, row) for number, row in enumerate(text.split("\n"), start=1) if row.strip()]
    return [parse_passage(path, number, row) for number, row in rows]


def parse_passage(path: Path, number: int, row: str) -> GivenPassage:
    try:
        return GivenPassage.model_validate_json(row)
    except ValidationError as error:
        raise Refused(f"{path}, line {number}: {describe(error)}") from error


def write_outputs(outputs: Iterable[Fields], write: Callable[[str], object]) -> int:
    """Write one line an output; return how many were errors."""
    errors = 0
    for output in outputs:
        write(json.dumps(output, ensure_ascii=False) + "\n")
        errors += "error" in output
    return errors
