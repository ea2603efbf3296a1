"""The terminal as a platform: lines in, replies out, in one conversation that nobody else reads."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.text import Text

from bot.flows.converse import converse, overhear
from bot.flows.means import Means
from bot.ports import Clock, Notice, Sending
from bot.trust.commands import Do, parse_command
from bot.trust.consent import CHOICES, QUESTION, agree, decline, is_open
from bot.turn import Decision, Exchange, Member, Message, Place, Reply, Said, Turn, audience_at

PLATFORM = "terminal"
COLOURS = {Decision.ANSWER: "green", Decision.HEDGE: "yellow", Decision.ASK: "yellow", Decision.DECLINE: "red"}
Ask = Callable[[str], str]
CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.S)


class TerminalMessenger:
    """Delivers to the screen: what was shown as it was said needs no second showing."""

    platform = PLATFORM

    async def send(self, sending: Sending) -> str:
        return sending.outgoing.key


async def chat(means: Means, member: Member, console: Console, ask: Ask, clock: Clock) -> None:
    """Talk until the input ends. Consent is asked for once, at the start, where it is still open."""
    if not await ask_consent(means, member, console, ask, clock()):
        return
    choices: tuple[str, ...] = ()
    async for text, now in read_lines(ask, clock):
        text = pick(text, choices)
        said = await answer(means, make_turn(member, text, now), now)
        console.print(render(said), "")
        choices = said.choices


async def answer(means: Means, turn: Turn, now: datetime) -> Reply | Notice:
    """One turn, answered and learned from."""
    said = await converse(means, turn, now)
    if isinstance(said, Exchange):
        await overhear(means, turn.message, now)
        return said.reply
    return said


async def ask_consent(means: Means, member: Member, console: Console, ask: Ask, now: datetime) -> bool:
    """Ask whether the bot may learn, where this person was never heard on it, until they say so; whether they stay."""
    consent = await means.stores.consents.load(member)
    if not is_open(consent):
        return True
    console.print(Markdown(QUESTION), "")
    try:
        agreed = read_choice(ask(f"[1] {CHOICES[0]}   [2] {CHOICES[1]} > "))
        while agreed is None:
            agreed = read_choice(ask("That is neither. Please type 1 for yes or 2 for no > "))
    except EOFError:
        return False
    await means.stores.consents.save(agree(consent, now) if agreed else decline(consent, now))
    return True


def read_choice(typed: str) -> bool | None:
    """A yes or a no to the consent question, by its number or in words; None where it is neither, such as a question
    that somebody asks at once."""
    said = {"1": CHOICES[0], "2": CHOICES[1], "y": "yes", "n": "no"}.get(typed.strip().lower(), typed)
    command = parse_command(said, (Said("agent", QUESTION),))
    return {Do.AGREE: True, Do.DECLINE: False}.get(command.do) if command else None


async def read_lines(ask: Ask, clock: Clock) -> AsyncIterator[tuple[str, datetime]]:
    """What is typed, until the input ends or says so."""
    while True:
        try:
            text = ask("you > ").strip()
        except EOFError:
            return
        if text in ("/quit", "/exit"):
            return
        if text:
            yield text, clock()


def pick(text: str, choices: tuple[str, ...]) -> str:
    """A number picks a choice of the question just asked; anything else stands as typed."""
    if text.isdecimal() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    return text


def make_turn(member: Member, text: str, now: datetime) -> Turn:
    """A line as a turn in the one conversation there is."""
    place = Place(member.workspace, f"terminal/{member.id}")
    message = Message(id=f"{place.channel}:{now.timestamp():.6f}", author=member, text=text, at=now, private=True)
    audience = audience_at(place, member, alone=True)
    return Turn(message=message, place=place, audience=audience, platform=PLATFORM)


def render(said: Reply | Notice) -> RenderableType:
    """A reply or a notice, as the terminal shows it."""
    if isinstance(said, Notice):
        return Group(Markdown(said.text), show_choices(said.choices))
    status = f"{said.decision} · {said.depth} · confidence {said.confidence:.2f}"
    parts: list[RenderableType] = [Text(status, style=COLOURS[said.decision])] if said.citations else []
    parts.append(Markdown(plain_brackets(said.text)))
    parts += [Text(f"[{one.number}] {one.document} — {one.title}", style="dim") for one in said.citations]
    parts += [
        Text(f"I took “{one.mention}” as {one.reading} · “change” undoes it", style="dim italic")
        for one in said.assumptions
    ]
    return Group(*parts, show_choices(said.choices))


def plain_brackets(text: str) -> str:
    """Markdown whose brackets are shown as they are, not read as links; in code they are shown so anyway."""
    parts = CODE.split(text)  # what stands at odd places is code
    return "".join(part if i % 2 else part.replace("[", "\\[") for i, part in enumerate(parts))


def show_choices(choices: tuple[str, ...]) -> Text:
    return Text("\n".join(f"  [{number}] {choice}" for number, choice in enumerate(choices, start=1)), style="cyan")
