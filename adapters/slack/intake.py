"""What happens to a verified payload before it is acknowledged: it is kept. Beside that only what Slack waits for: what
is wrong with a form that was sent, and the form that a click opens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping

from slack_sdk.web.async_client import AsyncWebClient

from adapters.payload import Payload, word
from adapters.slack.blocks import Block
from adapters.slack.clicks import read_member
from adapters.slack.forms import find_errors, open_form, opens_pilot
from adapters.slack.pilot_form import make_pilot_form
from adapters.slack.translate import find_workspace, identify
from adapters.slack.web import call
from bot.errors import DaytwoError, Garbled
from bot.pilot.form import Form
from bot.ports import Clock, Inbox
from bot.turn import Member

PilotForm = Callable[
    [Member, str], Awaitable[Form]
]  # for whom, and of which pilot ("": the one there is, or a new one)

ClientOf = Callable[[str], Awaitable[AsyncWebClient]]

log = logging.getLogger(__name__)


class Intake:
    """Takes payloads in, whichever way they come. `client_of` gives a workspace's client that does not wait for rate
    limits: a form is opened at once or not at all."""

    def __init__(self, inbox: Inbox, clock: Clock, client_of: ClientOf) -> None:
        self._inbox, self._clock, self._client_of = inbox, clock, client_of
        self._opening: set[asyncio.Task[None]] = set()
        self._pilot_form: PilotForm | None = None

    def offer(self, pilot_form: PilotForm) -> None:
        """From now on the pilot's form can be opened."""
        self._pilot_form = pilot_form

    async def take(self, body: Payload) -> Mapping[str, object] | None:
        """Keep it, committed on return; what Slack is to be answered, None for nothing but that it was taken. Raises
        Garbled where it names no workspace, Unavailable."""
        if word(body, "type") == "view_submission" and (errors := find_errors(body)):
            return {"response_action": "errors", "errors": errors}
        if event := identify(body, self._clock()):
            if not event.workspace:
                raise Garbled("The payload names no workspace.")
            await self._inbox.receive(event)
        if opened := open_form(body):
            self._beside(self._open(find_workspace(body), *opened))
        if (of_pilot := opens_pilot(body)) and self._pilot_form:
            self._beside(self._open_pilot(self._pilot_form, read_member(body), *of_pilot))
        return None

    def _beside(self, opening: Coroutine[None, None, None]) -> None:
        """Do it beside the acknowledgement."""
        task = asyncio.create_task(opening)
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open_pilot(self, pilot_form: PilotForm, member: Member, trigger: str, pilot: str) -> None:
        """Open the pilot's form for whoever may change it."""
        try:
            form = await pilot_form(member, pilot)
        except DaytwoError as error:
            log.warning("The form of a pilot was not opened: %s", error)
            return
        await self._open(member.workspace, trigger, make_pilot_form(form))

    async def _open(self, workspace: str, trigger: str, view: Block) -> None:
        """Open a form; where Slack will not, its person can click again."""
        try:
            await call(await self._client_of(workspace), "views.open", trigger_id=trigger, view=view)
        except DaytwoError as error:
            log.warning("A form was not opened: %s", error)
