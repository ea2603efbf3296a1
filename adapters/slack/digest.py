"""A digest -> Block Kit: the headline first, a line an evaluator, each step with a button that marks it as done, and
below it what can be done with the digest. Pure; only its champion reads it.

Limits held here: 12 evaluators one by one and 100 to pick from, 3 steps, so 20 blocks and 9,000 characters at the most
(Slack takes 50 and about 13,200); 150 characters an option's value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adapters.slack.blocks import Block, Post, button, context, fallback, plain, section
from adapters.slack.text import escape
from adapters.wording import DONE, OPEN_EVALUATOR, digest_buttons
from bot.digest.model import Digest, DigestLine, Step
from bot.digest.text import LINES, draw_course, say_more, say_rest

MOST_OPTIONS = 100
LONGEST_VALUE = 150
MARKS = {"worsening": "▼", "improving": "▲", "steady": "■"}  # shape, not colour alone, tells the trend


def render_digest(digest: Digest) -> tuple[Post, ...]:
    """The digest as one message."""
    told_on = f"{digest.on:%A} {digest.on.day} {digest.on:%B %Y}"
    blocks: list[Block] = [{"type": "header", "text": plain(f"{digest.name} · day {digest.day}")}]
    blocks.append(context(escape(" · ".join(one for one in (told_on, digest.covers) if one))))
    blocks += section(f"*{escape(digest.headline)}*")
    blocks += titled("Evaluators", show_lines(digest.lines), apart="\n\n")
    blocks += show_steps(digest)
    blocks += titled("Last time's steps", bullets(digest.yesterday))
    blocks += titled("Learned", bullets(digest.learned))
    blocks += titled("Proof", bullets(digest.proof))
    blocks += titled("Figures", [f"*{escape(name)}:* {escape(value)}" for name, value in digest.figures])
    blocks += [act_on(digest)]
    blocks += [context(escape(digest.footnote))] if digest.footnote else []
    return (Post(fallback(f"{digest.name} · day {digest.day}: {digest.headline}"), tuple(blocks)),)


def titled(title: str, lines: Sequence[str], apart: str = "\n") -> list[Block]:
    """A titled block set off by a line, or nothing where there is nothing to say."""
    return [{"type": "divider"}, *section(f"*{title}*\n{apart.join(lines)}")] if lines else []


def bullets(lines: Iterable[str]) -> list[str]:
    return [f"• {escape(one)}" for one in lines]


def show_lines(lines: Sequence[DigestLine]) -> list[str]:
    """Two lines an evaluator; those beyond the limit as a number."""
    shown = [show_line(one) for one in lines[:LINES]]
    return [*shown, f"_{escape(say_rest(lines[LINES:]))}_"] if len(lines) > LINES else shown


def show_line(line: DigestLine) -> str:
    """Who, today's figure with its course, and below it how sure and on what."""
    name = f"*{escape(line.name)}*"
    if line.n == 0:
        return f"{name}\n{escape(line.sure)} · {escape(line.note)}"
    course = f"  {draw_course(line.trajectory)}" if len(line.trajectory) > 1 else ""
    first = f", day 1 {line.first:.1f}" if line.first is not None else ""
    today = f"*{line.today:.1f}* ({line.low:.1f}–{line.high:.1f}){first}"
    rated = f"{line.n} rated answer{'' if line.n == 1 else 's'}"
    mark = MARKS.get(line.trend, "")
    sure = f"{mark} {line.sure}" if mark else line.sure
    note = f" · {escape(line.note)}" if line.note else ""
    return f"{name}{course}  {today}\n{escape(sure)} · {rated}{note}"


def show_steps(digest: Digest) -> list[Block]:
    """Each step with why, and the button that marks it as done."""
    if not digest.attention:
        return []
    more: list[Block] = [context(say_more(digest.more))] if digest.more else []
    return [
        {"type": "divider"},
        *section("*Needs attention*"),
        *(show_step(digest, one) for one in digest.attention),
        *more,
    ]


def show_step(digest: Digest, step: Step) -> Block:
    (told,) = section(f"*{escape(step.text)}*\n{escape(step.reason)}"[:2_900])
    return told | {"accessory": button(DONE, "daytwo_step_done", f"{digest.pilot} {step.id}")}


def act_on(digest: Digest) -> Block:
    """Open one evaluator, be told less, or later."""
    named = [one for one in digest.lines if one.person.id][:MOST_OPTIONS]
    picks = [option(one.name, f"digest open {one.person.id} [{digest.pilot}]") for one in named]
    opens: list[Block] = (
        [
            {
                "type": "static_select",
                "action_id": "daytwo_say_open",
                "placeholder": plain(OPEN_EVALUATOR),
                "options": picks,
            }
        ]
        if picks
        else []
    )
    rest = [button(shown, f"daytwo_say_{name}", words) for name, shown, words in digest_buttons(digest)]
    return {"type": "actions", "elements": [*opens, *rest]}


def option(words: str, value: str) -> Block:
    return {"text": plain(words), "value": value[:LONGEST_VALUE]}
