"""A replay on the terminal: one question side by side, each self-model, what was assumed, the digest of each day."""

from __future__ import annotations

from collections.abc import Iterator

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from adapters.report.story import Story
from bot.digest.text import to_text
from bot.self_model.explain import name_confidence
from bot.self_model.model import Belief, SelfModel
from bot.turn import Decision, Exchange

WIDE = 160  # columns assumed where the output is not a terminal
NARROWEST = 46  # columns of one answer beside others
MOST_BELIEFS = 14
COLOURS = {Decision.ANSWER: "green", Decision.HEDGE: "yellow", Decision.ASK: "yellow", Decision.DECLINE: "red"}


def make_console() -> Console:
    """Standard output as a console; wide where it is a pipe or a file, so that nothing is squeezed."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(width=WIDE, highlight=False)


def show(console: Console, story: Story) -> None:
    """Print the replay."""
    for part in tell(story, console.width):
        console.print(part)


def tell(story: Story, width: int) -> Iterator[RenderableType]:
    """The parts in order, each with its heading."""
    if len(story.shared) > 1:
        yield from tell_shared(story, width)
    yield Rule("[bold]What it believes of each, and why", align="left")
    yield from (show_model(story, model) for model in story.self_models)
    yield Rule("[bold]What enrichment assumed", align="left")
    yield show_assumed(story)
    for number, day in enumerate(story.days, start=1):
        yield Rule(f"[bold]Digest of day {number}, {day.day.isoformat()}", align="left")
        words = (
            to_text(day.digest) if day.digest else "No digest: the pilot has no champion (name one with --champion)."
        )
        yield Panel(Text(words), padding=(1, 2), width=min(width, 110))
    if story.problems:
        yield Rule("[bold yellow]What could not be read", align="left")
        yield Group(*(Text(f"• {problem}") for problem in story.problems))


def tell_shared(story: Story, width: int) -> Iterator[RenderableType]:
    """The question that most people asked, and its answers as many abreast as there is room."""
    shared = story.shared
    yield Rule(f"[bold]One question, {len(shared)} answers", align="left")
    yield Text(f"“{shared[-1].turn.message.text}”\n", style="italic cyan")
    abreast = max(1, min(3, width // NARROWEST))
    panel_width = width // abreast - 1
    for start in range(0, len(shared), abreast):
        row = [show_answer(story, one, panel_width) for one in shared[start : start + abreast]]
        yield Columns(row, padding=(0, 1), width=panel_width)


def show_answer(story: Story, exchange: Exchange, width: int) -> Panel:
    """One person's answer, its sources, and why it is as it is."""
    reply = exchange.reply
    parts: list[RenderableType] = [
        Text(f"{reply.decision} · {reply.depth} · {reply.lens} lens · confidence {reply.confidence:.2f}", style="dim"),
        Markdown(reply.text.replace("[", "\\[")),
        Text("\n" + "\n".join(f"[{one.number}] {one.document} — {one.title}" for one in reply.citations), style="dim"),
        Text("\nWhy this answer", style="bold"),
        Text("\n".join(f"• {line}" for line in reply.why)),
    ]
    title = f"[bold]{escape(story.name(exchange.asker))}"
    return Panel(Group(*parts), title=title, border_style=COLOURS[reply.decision], width=width)


def show_model(story: Story, model: SelfModel) -> RenderableType:
    """A person's beliefs, surest first."""
    table = Table(
        title=escape(f"{story.name(model.member)} · {model.status}"), title_justify="left", title_style="bold"
    )
    table.add_column("question", style="dim", no_wrap=True, min_width=24)
    table.add_column("belief", min_width=20, max_width=40)
    table.add_column("confidence", no_wrap=True, min_width=24)
    table.add_column("in their own words", ratio=1)
    for belief in model.beliefs[:MOST_BELIEFS]:
        table.add_row(*(escape(cell) for cell in show_belief(belief)))
    if len(model.beliefs) > MOST_BELIEFS:
        table.caption = f"and {len(model.beliefs) - MOST_BELIEFS} more, less sure"
    return table


def show_belief(belief: Belief) -> tuple[str, str, str, str]:
    """The cells of a belief's row."""
    filled = round(8 * belief.confidence)
    bar = "█" * filled + "░" * (8 - filled)
    quotes = " · ".join(f"“{quote}”" for quote in belief.quotes[-2:])
    return belief.address, belief.value, f"{bar} {belief.confidence:.2f} {name_confidence(belief.confidence)}", quotes


def show_assumed(story: Story) -> RenderableType:
    """Each assumption with the words it was made about."""
    rows = [(one, assumption) for one in story.answered for assumption in one.reply.assumptions]
    if not rows:
        return Text("Nothing had to be assumed.")
    table = Table("asked by", "their words", "taken as", "from")
    for exchange, one in rows:
        words = Text(exchange.turn.message.text, overflow="ellipsis")
        taken = f"[i]{escape(one.mention)}[/] → [b]{escape(one.reading)}[/]"
        table.add_row(escape(story.name(exchange.asker)), words, taken, one.origin)
    return table
