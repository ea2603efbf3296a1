"""A page in Chromium, driven by its own protocol: enough to look, click and fill in."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = shutil.which("chromium") or ""
PATIENCE = 60.0  # seconds to wait for something that should happen at once, on a busy machine
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0")


class Page:
    """One tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._numbers, self._session = socket, itertools.count(1), ""

    async def open(self, address: str) -> None:
        """Go there."""
        target = await self._call("Target.createTarget", url=address)
        attached = await self._call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]

    async def run(self, script: str) -> Any:
        """What an expression comes to; None where the page is just being loaded anew."""
        told = await self._call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return (told.get("result") or {}).get("value")

    async def until(self, script: str) -> Any:
        """What an expression comes to, once it comes to something."""
        ends = time.monotonic() + PATIENCE
        while not (found := await self.run(script)):
            assert time.monotonic() < ends, f"never so: {script}; {await self.run('document.body.innerText')}"
            await asyncio.sleep(0.05)
        return found

    async def click(self, words: str) -> None:
        """Press the button, or follow the link, that says that, once there is one."""
        quoted = json.dumps(words)
        find = f"[...document.querySelectorAll('button, a')].find((one) => one.textContent.trim() === {quoted})"
        await self.until(f"!!{find}")
        await self.run(f"{find}.click()")

    async def _call(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self._numbers)
        whose = {"sessionId": self._session} if self._session else {}
        await self._socket.send_json({"id": number, "method": method, "params": params, **whose})
        async for message in self._socket:
            told = json.loads(message.data)
            if told.get("id") == number:
                return dict(told.get("result") or {})
        raise ConnectionError("the browser has gone")


@asynccontextmanager
async def browsing(address: str, folder: Path) -> AsyncIterator[Page]:
    """A page in a browser of its own."""
    command = (CHROMIUM, *OPTIONS, f"--user-data-dir={folder}", "about:blank")
    process = await asyncio.create_subprocess_exec(
        *command,
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
    )
    try:
        assert process.stderr
        where = ""
        while not where:
            line = (await process.stderr.readline()).decode()
            assert line, "Chromium did not start"
            where = found[0] if (found := re.search(r"ws://\S+", line)) else ""
        async with aiohttp.ClientSession() as session, session.ws_connect(where, max_msg_size=0) as socket:
            page = Page(socket)
            await page.open(address)
            yield page
    finally:
        process.kill()
        await process.wait()
