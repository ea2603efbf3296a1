"""A digest -> Adaptive Card: the headline first, a row an evaluator, each step with a button that marks it as done, and
below it what can be done with the digest. Pure; only its champion reads it.

Limits held here: 12 evaluators one by one, 60 to pick from and 3 steps, so that a card stays under 25 KB (Teams takes
about 28 in a message).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adapters.teams.cards import Element, beside, button, card, group, heading, line, small, title
from adapters.teams.clicks import PICKED
from adapters.wording import DONE, OPEN_EVALUATOR, digest_buttons
from bot.digest.model import Digest, DigestLine, Step
from bot.digest.text import LINES, draw_course, say_more, say_rest
from bot.pilot.say import count

MOST_OPTIONS = 60
LONGEST_TEXT = 900  # characters of one step's reason
COLOURS = {"worsening": "Attention", "improving": "Good"}
MARKS = {"worsening": "▼", "improving": "▲", "steady": "■"}  # shape, not colour alone, tells the trend


def make_digest_card(digest: Digest) -> Element:
    """The card as an attachment."""
    told_on = f"{digest.on:%A} {digest.on.day} {digest.on:%B %Y}"
    body = [title(f"{digest.name} · day {digest.day}")]
    body.append(small(" · ".join(one for one in (told_on, digest.covers) if one)))
    body.append(line(digest.headline) | {"weight": "Bolder", "spacing": "Medium"})
    body += titled("Evaluators", show_lines(digest.lines))
    body += titled("Needs attention", show_steps(digest))
    body += titled("Last time's steps", bullets(digest.yesterday))
    body += titled("Learned", bullets(digest.learned))
    body += titled("Proof", bullets(digest.proof))
    body += titled("Figures", [facts(digest.figures)] if digest.figures else [])
    body += [small(digest.footnote)] if digest.footnote else []
    picker, opens = open_one(digest)
    rest = [button(shown, "say", says=words) for _, shown, words in digest_buttons(digest)]
    return card([*body, *picker], [*opens, *rest])


def titled(name: str, elements: Sequence[Element]) -> list[Element]:
    """A titled group set off by a line, or nothing where there is nothing to say."""
    return [group([heading(name), *elements], apart=True)] if elements else []


def bullets(lines: Iterable[str]) -> list[Element]:
    return [line(f"• {one}") for one in lines]


def facts(figures: Iterable[tuple[str, str]]) -> Element:
    return {"type": "FactSet", "facts": [{"title": name, "value": value} for name, value in figures]}


def show_lines(lines: Sequence[DigestLine]) -> list[Element]:
    """A row an evaluator; those beyond the limit as a number."""
    shown = [show_line(one) for one in lines[:LINES]]
    return [*shown, small(say_rest(lines[LINES:]))] if len(lines) > LINES else shown


def show_line(one: DigestLine) -> Element:
    """Who and how sure, and to the right today's figure under its course."""
    if one.n == 0:
        return beside([line(f"**{one.name}**"), small(f"{one.sure} · {one.note}")], [line("–")])
    rated = count(one.n, "rated answer")
    mark = MARKS.get(one.trend, "")
    sure = small(f"{mark} {one.sure} · {rated}" if mark else f"{one.sure} · {rated}")
    sure |= {"color": COLOURS[one.trend], "isSubtle": False} if one.trend in COLOURS else {}
    first = f" · day 1 {one.first:.1f}" if one.first is not None else ""
    figure = {"horizontalAlignment": "Right"}
    course = [small(draw_course(one.trajectory)) | figure] if len(one.trajectory) > 1 else []
    today = line(f"**{one.today:.1f}** ({one.low:.1f}–{one.high:.1f})") | figure
    wide = [line(f"**{one.name}**"), sure, *([small(f"{one.note}{first}")] if one.note else [])]
    return beside(wide, [*course, today])


def show_steps(digest: Digest) -> list[Element]:
    """Each step with why, and the button that marks it as done."""
    shown = [show_step(digest, one) for one in digest.attention]
    return [*shown, small(say_more(digest.more))] if digest.more else shown


def show_step(digest: Digest, step: Step) -> Element:
    done: Element = {"type": "ActionSet", "actions": [button(DONE, "done", about=f"{digest.pilot} {step.id}")]}
    return beside([line(f"**{step.text}**"), small(step.reason[:LONGEST_TEXT])], [done])


def open_one(digest: Digest) -> tuple[list[Element], list[Element]]:
    """A list of evaluators to pick from, and the button that opens the one picked; neither where nobody is named."""
    named = [one for one in digest.lines if one.person.id][:MOST_OPTIONS]
    choices = [{"title": one.name, "value": f"digest open {one.person.id} [{digest.pilot}]"} for one in named]
    if not choices:
        return [], []
    picker: Element = {
        "type": "Input.ChoiceSet",
        "id": PICKED,
        "style": "compact",
        "placeholder": OPEN_EVALUATOR,
        "label": OPEN_EVALUATOR,
        "choices": choices,
    }
    return [picker], [button("Open", "say")]
