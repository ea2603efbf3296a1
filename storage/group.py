"""Group commit: pieces of work that wait for their turn to write share a transaction, and with it a write to disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

MOST = 200  # pieces of work in one transaction
ROUNDS = 4  # of the event loop, in which what has reached its sockets gets as far as here, before the next transaction

Result = TypeVar("Result")
Work = Callable[[AsyncConnection], Awaitable[Result]]
Write = Callable[[], AbstractAsyncContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece of work, and who waits for it."""

    work: Work[Any]
    done: asyncio.Future[Any]


class Group:
    """Work waits while a transaction is on its way; all that waits by its end goes into the next.

    A piece of work may be run twice: where one of a group fails, none of it was written, and each is run alone. It runs
    to its end also where nobody waits for it any more, so that no one who stops waiting takes the others' work along.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._waiting: list[Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def apply(self, work: Work[Result]) -> Result:
        """Do a piece of work, committed on return; raises what the work raises, and then nothing of it is written."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(work, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await done

    async def close(self) -> None:
        """Let what was begun come to its end."""
        if self._writing:
            await asyncio.wait({self._writing})

    async def _write_all(self) -> None:
        while self._waiting:
            for _ in range(ROUNDS):
                await asyncio.sleep(0)
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            batch = [one for one in batch if not one.done.done()]
            try:
                results = await self._write_together(batch)
            except Exception as error:
                results = [error] if len(batch) == 1 else [await self._write_alone(one) for one in batch]
            for one, result in zip(batch, results, strict=True):
                _tell(one.done, result)

    async def _write_together(self, batch: Sequence[Waiting]) -> list[Any]:
        async with self._write() as connection:
            return [await one.work(connection) for one in batch]

    async def _write_alone(self, one: Waiting) -> Any:
        try:
            return (await self._write_together([one]))[0]
        except Exception as error:
            return error


def _tell(done: asyncio.Future[Any], result: Any) -> None:
    if done.done():  # nobody waits any more
        return
    if isinstance(result, Exception):
        done.set_exception(result)
    else:
        done.set_result(result)
