"""A replay as one self-contained HTML page: no script, no outside asset; charts are inline SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markdown_it import MarkdownIt
from markupsafe import Markup

from adapters.report.story import Story
from bot.digest.chart import draw_panels, draw_sparkline, draw_trajectories
from bot.digest.model import Digest
from bot.digest.text import say_more
from bot.flows.replay import ReplayedDay
from bot.pilot.model import PersonDay
from bot.self_model.explain import name_confidence
from bot.self_model.model import CONFIDENCE_FLOOR, Belief, SelfModel
from bot.turn import Exchange

Fields = dict[str, object]
MOST_QUOTES = 3
MARKER = re.compile(r"\[(\d{1,2})\](?![(\[])")
MEASURES = ("stated context used", "depth match", "ambiguity resolved", "citations kept")
SECTIONS = (
    ("digest", "Is it getting better?"),
    ("five", "One question, many answers"),
    ("people", "What it believes, and why"),
    ("assumed", "What it assumed"),
    ("all", "Every answer"),
)


def to_page(story: Story) -> str:
    """The page; the same replay gives the same text."""
    return load_template("page.html.j2").render(
        title=story.pilot.name,
        lead=tell_lead(story),
        facts=count_facts(story),
        sections=SECTIONS,
        trajectories=draw_people(story),
        proof=[show_proof(one) for one in last_people(story) if one.replayed],
        proof_measures=MEASURES,
        days=[show_day(story, number, day) for number, day in enumerate(story.days, start=1)],
        shared=[show_exchange(story, one) for one in story.shared] if len(story.shared) > 1 else [],
        floor=f"{CONFIDENCE_FLOOR:.2f}",
        people=[show_model(story, model) for model in story.self_models],
        assumed=show_assumed(story),
        problems=story.problems,
        footnote=tell_footnote(story),
    )


@cache
def load_template(name: str) -> Template:
    """A template of this package; a variable it names must be given."""
    environment = Environment(
        loader=PackageLoader("adapters.report", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(name)


def to_markup(text: str) -> Markup:
    """Markdown as HTML, its own HTML escaped, citation markers raised."""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return Markup(MARKER.sub(r'<sup class="cite">\1</sup>', html))


def tell_lead(story: Story) -> str:
    """What was replayed, in one sentence."""
    return (
        f"{len(story.recording.postings)} messages of {len(story.recording.days)} days, replayed through the flows "
        f"that serve Slack and Teams and answered from {story.documents} documents. What the bot believes "
        "comes from what people wrote; reactions and complaints are those of the recording."
    )


def count_facts(story: Story) -> list[tuple[str, str]]:
    """The figures at the top."""
    asked = story.answered
    counts = [("answer", "answered"), ("hedge", "hedged"), ("ask", "asked back"), ("decline", "declined")]
    facts = [(str(len(asked)), "questions")]
    facts += [(str(sum(one.reply.decision == name for one in asked)), words) for name, words in counts]
    facts.append((str(sum(len(model.beliefs) for model in story.self_models)), "beliefs held, each with quotes"))
    facts.append((f"{story.passages}", f"passages from {story.documents} documents"))
    return facts


def draw_people(story: Story) -> Markup:
    """Everyone's satisfaction by day, together and one by one with its interval."""
    people = last_people(story)
    return Markup(draw_trajectories(people) + draw_panels(people))


def show_digest(digest: Digest) -> Markup:
    """A digest as HTML, each line with its sparkline."""
    lines = [
        (one, Markup(draw_sparkline(one.trajectory, title=f"{one.name} by day", trend=one.trend)))
        for one in digest.lines
    ]
    sections = (("Last time's steps", digest.yesterday), ("Learned", digest.learned), ("Proof", digest.proof))
    return Markup(
        load_template("digest.html.j2").render(
            digest=digest,
            lines=lines,
            courses=any(len(one.trajectory) > 1 for one in digest.lines),
            sections=sections,
            more=say_more(digest.more) if digest.more else "",
        )
    )


def last_people(story: Story) -> Sequence[PersonDay]:
    return story.days[-1].measured.people if story.days else ()


def show_proof(person: PersonDay) -> Fields:
    """A person's replayed questions: each measure on day 1 and on the last day, in percent."""
    replayed = person.replayed
    assert replayed
    pairs = (replayed.context_used, replayed.depth_match, replayed.resolved, replayed.cited)
    return {"name": person.name, "n": replayed.n, "pairs": [(f"{100 * a:.0f} %", f"{100 * b:.0f} %") for a, b in pairs]}


def show_day(story: Story, number: int, day: ReplayedDay) -> Fields:
    """A day: its digest and everything asked on it."""
    return {
        "number": number,
        "date": day.day.isoformat(),
        "told_on": f"{day.day:%A} {day.day.day} {day.day:%B %Y}",
        "digest": show_digest(day.digest) if day.digest else "",
        "questions": [show_exchange(story, one) for one in day.exchanges if one.asked],
    }


def show_exchange(story: Story, exchange: Exchange) -> Fields:
    """An exchange as the page shows it."""
    reply = exchange.reply
    return {
        "name": story.name(exchange.asker),
        "question": exchange.turn.message.text,
        "decision": reply.decision,
        "depth": reply.depth,
        "lens": reply.lens,
        "confidence": f"{reply.confidence:.2f}",
        "answer": to_markup(reply.text),
        "sources": reply.citations,
        "why": reply.why,
    }


def show_model(story: Story, model: SelfModel) -> Fields:
    """A person's beliefs, surest first."""
    return {
        "name": story.name(model.member),
        "status": model.status,
        "beliefs": [show_belief(one) for one in model.beliefs],
    }


def show_belief(belief: Belief) -> Fields:
    """A belief's row."""
    return {
        "address": belief.address,
        "value": belief.value,
        "confidence": f"{belief.confidence:.2f}",
        "percent": round(100 * belief.confidence),
        "sure": name_confidence(belief.confidence),
        "quotes": belief.quotes[-MOST_QUOTES:],
        "more": max(0, len(belief.quotes) - MOST_QUOTES),
    }


def show_assumed(story: Story) -> list[Fields]:
    """Every assumption with the question it was made about."""
    return [
        {
            "name": story.name(exchange.asker),
            "question": exchange.turn.message.text,
            "mention": one.mention,
            "reading": one.reading,
            "origin": one.origin,
        }
        for exchange in story.answered
        for one in exchange.reply.assumptions
    ]


def tell_footnote(story: Story) -> str:
    """Who wrote the answers, and what the figures are not."""
    engines = sorted({one.reply.engine for one in story.answered})
    return (
        f"Answers written by the {' and the '.join(map(str, engines)) or 'offline'} engine. Satisfaction is of "
        "answers, estimated from what people said of them; it is not a measure of people. Each person sees only "
        "their own beliefs; this page, which shows everyone's, is for whoever may read the export itself."
    )
