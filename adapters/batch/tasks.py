"""The tasks by name: what a line must hold, and the function that runs it, imported only when its task is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from pydantic import BaseModel

from adapters.batch import lines
from adapters.batch.base import Base, Fields


@dataclass(frozen=True, slots=True)
class Task:
    """A task: the shape of its lines, the module of this package that holds `run_<name>`, its need of --passages."""

    name: str
    shape: type[BaseModel]
    module: str
    needs_passages: bool = False

    def load(self) -> Callable[[BaseModel, Base], Fields]:
        """Its function; the import is what takes time."""
        run: Callable[[BaseModel, Base], Fields] = getattr(
            import_module(f"adapters.batch.{self.module}"), f"run_{self.name}"
        )
        return run


TASKS: Mapping[str, Task] = {
    task.name: task
    for task in (
        Task("understand", lines.Question, "questions"),
        Task("retrieve", lines.Question, "questions", needs_passages=True),
        Task("decide", lines.Question, "questions"),
        Task("recall", lines.Recollection, "questions"),
        Task("answer", lines.Question, "answers", needs_passages=True),
        Task("observe", lines.Messages, "people"),
        Task("feedback", lines.Word, "people"),
        Task("level", lines.Text, "texts"),
        Task("screen", lines.Screened, "texts"),
    )
}
