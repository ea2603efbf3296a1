"""What Teams asks and waits for: dialogs, and cards as they are for one person. They are read, never changed: what an
invoke changes is kept like any activity and done after the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from adapters.did import Heard, SetUp
from adapters.payload import Payload, part, word
from adapters.teams import dialogs
from adapters.teams.cards import CARD, Element, card, line
from adapters.teams.clicks import read_click, read_mark, read_rating
from adapters.teams.dialogs import GONE, NOTED, Answered, open_dialog, tell
from adapters.teams.explain import EXPLAINING, NOTHING, read_explaining, show_explained
from adapters.teams.filled import Faulty, find_faults, read_filled, read_values
from adapters.teams.reference import read_member
from adapters.teams.render import show_to_asker, show_to_others
from bot.errors import Refused
from bot.flows.why import NOT_YOURS, tell_why
from bot.pilot.form import FIELDS, Form
from bot.ports import Clock, Stores
from bot.turn import Exchange, Member

MESSAGE = "application/vnd.microsoft.activity.message"
TAKEN: Answered = {"statusCode": 200, "type": MESSAGE, "value": "Noted."}
UNKNOWN: Answered = {"statusCode": 200, "type": MESSAGE, "value": "I don't know that button."}
CLOSED: Answered = {"statusCode": 200, "type": MESSAGE, "value": "This is closed already."}
ONLY_READ = frozenset({"refresh", "why"})  # what changes nothing, so that it need not be kept
PATIENCE, STEP = 3.5, 0.1  # seconds to wait for an explanation, of the five that Teams waits; between two looks
EXPLAINED = "Explained at your depth"
SAVED_SOON = "Taken. I say in our chat what is set up, and what is still missing."

OpenPilot = Callable[[Member, str], Awaitable[Form]]


def changes(body: Payload) -> bool:
    """Whether something has to be done about an activity beyond answering it."""
    if word(body, "name") == "task/fetch":
        return False
    return not (word(body, "type") == "invoke" and word(read_mark(body), "does") in ONLY_READ)


@dataclass(slots=True)
class Desk:
    """Answers invokes. `open_pilot`: the form of a pilot for someone; raises Refused where they may not."""

    stores: Stores
    clock: Clock
    open_pilot: OpenPilot | None = None

    async def answer(self, body: Payload, workspace: str) -> Answered:
        """The body of an invoke's answer, of a shape by its name; an empty one for a name that is not known. Raises
        Unavailable."""
        name = word(body, "name")
        if name in EXPLAINING:
            return await self.explain(body, workspace)
        match name:
            case "message/fetchTask":
                rated = read_rating(body, workspace)
                return dialogs.ask_reason(up=rated.up) if rated else tell(GONE)
            case "task/fetch":
                return await self.open_form(body, workspace)
            case "task/submit":
                return await self.take_form(body, workspace)
            case "adaptiveCard/action":
                return await self.answer_action(body, workspace)
        return {}

    async def open_form(self, body: Payload, workspace: str, faulty: Faulty | None = None) -> Answered:
        """The form that a button opens, or that is shown again for what is wrong with it."""
        mark, member = read_mark(body), read_member(part(body, "from"), workspace)
        about, fault = word(mark, "about"), faulty.fault if faulty else ""
        match word(mark, "words") if faulty is None else word(mark, "does"):
            case "fix":
                return dialogs.ask_right(about, fault)
            case "agree":
                return dialogs.ask_consent(await self.stores.consents.load(member), fault)
            case "reword":
                exchange = await self.stores.journal.exchange(workspace, about)
                if exchange is None or exchange.asker != member:
                    return tell(GONE if exchange is None else NOT_YOURS)
                return dialogs.ask_meant(about, exchange.reply.assumptions, fault)
            case "set_up":
                return await self.open_pilot_form(member, about)
        return tell(GONE)

    async def open_pilot_form(self, member: Member, pilot: str) -> Answered:
        """The form of a pilot, for whoever may fill it in."""
        if self.open_pilot is None:
            return tell(GONE)
        try:
            return dialogs.ask_pilot(await self.open_pilot(member, pilot))
        except Refused as refused:
            return tell(str(refused))

    async def take_form(self, body: Payload, workspace: str) -> Answered:
        """A form that was sent: taken, or shown again with what is wrong with it."""
        faulty = find_faults(body)
        if faulty and faulty.problems:
            values = read_values(body)
            fields = tuple(replace(one, value=values[one.name]) for one in FIELDS)
            form = Form(title="Set up a pilot", fields=fields, pilot=word(read_mark(body), "about"))
            return dialogs.ask_pilot(form, faulty.problems)
        if faulty:
            return await self.open_form(body, workspace, faulty)
        done = read_filled(body, workspace) or read_click(body, workspace)
        return tell(GONE if done is None else SAVED_SOON if isinstance(done, SetUp) else NOTED)

    async def answer_action(self, body: Payload, workspace: str) -> Answered:
        """A card's button: the card as its person is to see it, or a word that it was noted."""
        mark, member = read_mark(body), read_member(part(body, "from"), workspace)
        does, about = word(mark, "does"), word(mark, "about")
        if does in ONLY_READ:
            exchange = await self.stores.journal.exchange(workspace, about)
            return as_card(show_exchange(exchange, member, why=does == "why"))
        if read_click(body, workspace) is None:
            return UNKNOWN
        if does == "review" and (review := await self.stores.journal.review(workspace, about)) and review.resolved:
            return CLOSED
        picked = word(mark, "picked")
        return as_card(card([line(f"**{picked}**")])) if picked else TAKEN

    async def explain(self, body: Payload, workspace: str) -> Answered:
        """The explanation of a picked message as soon as there is one, else that it is to come."""
        heard = read_explaining(body, workspace, self.clock())
        if heard is None:
            return tell(NOTHING)
        return open_dialog(EXPLAINED, show_explained(await self.wait_for(heard, workspace)))

    async def wait_for(self, heard: Heard, workspace: str) -> Exchange | None:
        """The exchange that a message becomes, for as long as Teams waits."""
        for _ in range(round(PATIENCE / STEP)):
            if exchange := await self.stores.journal.exchange(workspace, heard.message.id):
                return exchange
            await asyncio.sleep(STEP)
        return None


def show_exchange(exchange: Exchange | None, member: Member, *, why: bool) -> Element:
    """What stands under an answer, for one of those who see it: what was assumed of its asker, and why, for its asker
    alone."""
    told = tell_why(exchange, member).text.split("\n") if why else []
    if exchange is None:
        return card([line(one) for one in told] or [line(GONE)])
    shown = show_to_asker if exchange.asker == member else show_to_others
    return shown(exchange.reply, exchange.id, told)


def as_card(attachment: Element) -> Answered:
    """A card in place of the one that was clicked, for whoever clicked it."""
    return {"statusCode": 200, "type": CARD, "value": attachment["content"]}
