"""Passages as vectors, for what is asked in other words than the documents use: exact search over one matrix.

Optional: there are none without an `Embedder`. How nearness counts beside matching words is `index.py`'s matter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import Passage

Weighted = Sequence[tuple[str, float]]
Matrix = NDArray[np.float32]


class Embedder(Protocol):
    """Texts to vectors whose inner product says how alike they are in meaning."""

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text, of length 1; all zero where nothing of the text is known."""
        ...


class Vectors:
    """The vectors of a knowledge base's passages. They are made as a passage comes in and kept in memory."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._ids: list[str] = []
        self._at: dict[str, int] = {}
        self._circle = np.zeros(0, dtype=np.intp)  # of each row: which set of readers may read it
        self._circles: dict[frozenset[str], int] = {}
        self._rows: Matrix = np.zeros((0, 0), dtype=np.float32)

    def change(self, gone: Collection[str], passages: Sequence[Passage]) -> None:
        """Take out the passages with these ids, and put these in."""
        kept = [at for at, name in enumerate(self._ids) if name not in gone]
        self._ids = [self._ids[at] for at in kept] + [one.id for one in passages]
        self._at = {name: at for at, name in enumerate(self._ids)}
        circles = [self._circles.setdefault(one.readers, len(self._circles)) for one in passages]
        self._circle = np.concatenate([self._circle[kept], np.array(circles, dtype=np.intp)])
        parts = [self._rows[kept]] if kept else []
        if passages:
            parts.append(self._embedder.embed([f"{one.title}\n{one.text}" for one in passages]))
        self._rows = np.concatenate(parts) if parts else self._rows[:0]

    def find_near(
        self, words: Weighted, grants: frozenset[str], limit: int, beside: Collection[str] = ()
    ) -> Mapping[str, float]:
        """The passages readable with `grants` that are nearest in meaning to the weighted words, and those named in
        `beside`, however near: id -> nearness (0-1), nearest first. What may not be read is left out before anything is
        ranked."""
        if not self._ids:
            return {}
        open_to = np.array([not readers.isdisjoint(grants) for readers in self._circles])
        placed = self._place(words)
        products = np.einsum("ij,j->i", self._rows, placed)  # in this thread: a busy machine makes BLAS's wait
        near = np.where(open_to[self._circle], products, -1.0)
        few = np.argpartition(-near, limit)[:limit] if limit < len(near) else np.arange(len(near))
        wanted = {*few.tolist(), *(self._at[name] for name in beside)}
        return {self._ids[at]: float(near[at]) for at in sorted(wanted, key=lambda at: -near[at]) if near[at] > 0}

    def _place(self, words: Weighted) -> Matrix:
        """Where the words are by meaning: the mean of their vectors, each by its weight, of length 1."""
        weights = np.array([weight for _, weight in words], dtype=np.float32)
        mean = np.einsum("i,ij->j", weights, self._embedder.embed([word for word, _ in words]))
        placed: Matrix = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return placed
