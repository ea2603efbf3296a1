"""How long each stage of an answer takes, by functions wrapped where they are called; used by `whole_answer.py`."""

from __future__ import annotations

import inspect
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

Place = tuple[Any, str, str]  # what holds the function, its name there, and the stage it is


class Stages:
    """Milliseconds spent in each stage, answer by answer."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._answers: list[defaultdict[str, float]] = []
        self._stages: list[str] = []
        for holder, name, stage in places:
            self._stages.append(stage)
            setattr(holder, name, self._wrap(getattr(holder, name), stage))

    def begin(self) -> None:
        """The next answer."""
        self._answers.append(defaultdict(float))

    def tell(self) -> list[str]:
        """A line of a table for each stage: its name, median, 95th percentile, and in how many answers it came up."""
        return [
            f"{stage:<34} {middle:6.2f} {late:6.2f} {times:5}"
            for stage in self._stages
            for middle, late, times in [(*self.sum_of(stage), sum(stage in one for one in self._answers))]
        ]

    def sum_of(self, *stages: str) -> tuple[float, float]:
        """Median and 95th percentile of these stages together, over the answers that went through any of them."""
        answers = [one for one in self._answers if not one.keys().isdisjoint(stages)]
        taken = sorted(sum(one.get(stage, 0.0) for stage in stages) for one in answers) or [0.0]
        return statistics.median(taken), taken[int(len(taken) * 0.95)]

    def _wrap(self, work: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def count(start: float) -> None:
            if self._answers:
                self._answers[-1][stage] += (time.perf_counter() - start) * 1000

        def timed(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                count(start)

        async def timed_too(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return await work(*given, **named)
            finally:
                count(start)

        return timed_too if inspect.iscoroutinefunction(work) else timed
