"""What is said -> Block Kit: pure, and told its audience. Nothing personal goes where others read.

Limits held here: 11,000 characters of blocks a message (Slack refuses from about 13,200), 3,000 a section, 75 a button.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from adapters.slack.blocks import (
    LONGEST_MARKDOWN,
    Block,
    Post,
    button,
    context,
    fallback,
    markdown,
    plain,
)
from adapters.slack.digest import render_digest
from adapters.slack.reviews import render_review
from adapters.slack.text import escape
from adapters.wording import (
    AGAIN,
    CHANGE,
    FELL_BACK,
    GOOD,
    MARKS,
    POOR,
    WHY,
    find_address,
    name_source,
    say_sure,
    shown_assumptions,
    split,
)
from bot.digest.model import Digest
from bot.ports import Notice, Outgoing
from bot.reviews.card import ReviewCard
from bot.turn import Assumption, Citation, Decision, Reply

SHAPES = {Decision.HEDGE: "◐", Decision.ASK: "◇", Decision.DECLINE: "○"}  # half known, a fork, nothing
LONGEST_TAKEN = 1_800  # characters of assumptions that a button carries


def render(outgoing: Outgoing) -> tuple[Post, ...]:
    """The messages that show what is to be delivered, in order; more than one where an answer is too long for one."""
    content = outgoing.content
    if isinstance(content, Reply):
        return render_reply(content, exchange=outgoing.exchange, alone=outgoing.alone)
    if isinstance(content, Digest):
        return render_digest(content)
    if isinstance(content, ReviewCard):
        return render_review(content)
    return render_notice(content)


def render_reply(reply: Reply, *, exchange: str, alone: bool) -> tuple[Post, ...]:
    """An answer, hedge, question or decline. `alone`: the asker is its only reader, so assumptions about them show."""
    parts = split(reply.text, LONGEST_MARKDOWN)
    marked: tuple[Block, ...] = (mark(reply.decision),) if reply.decision in MARKS else ()
    posts = [Post(fallback(part), (*(marked if part is parts[0] else ()), markdown(part))) for part in parts]
    last = posts[-1]
    blocks = list(last.blocks)
    blocks += [buttons(reply.choices, exchange)] if reply.choices else []
    blocks += [sources(reply.citations)] if reply.citations else []
    blocks += [footer(reply, alone=alone)] if reply.citations else []
    blocks += actions(exchange, shown_assumptions(reply, alone=alone)) if reply.citations else []
    blocks += [thumbs(exchange)] if reply.decision is Decision.DECLINE else []
    return (*posts[:-1], Post(last.text, tuple(blocks)))


def mark(decision: Decision) -> Block:
    """A shape and a word above what is not a plain answer, so that it cannot be taken for one."""
    return context(f"{SHAPES[decision]}  *{MARKS[decision]}*")


def sources(citations: Sequence[Citation]) -> Block:
    """Numbered sources, linked where there is a link."""
    return context("   ".join(f"[{one.number}] {source(one)}" for one in citations))


def source(citation: Citation) -> str:
    name, address = escape(name_source(citation)), find_address(citation)
    return f"<{address}|{name}>" if address else name


def footer(reply: Reply, *, alone: bool) -> Block:
    """How sure the bot is, and what it took words to mean. In public only what the conversation itself shows."""
    shown = shown_assumptions(reply, alone=alone)
    read_as = [f"_{escape(one.mention)}_ as {escape(one.reading)}" for one in shown]
    taken = f" · I took {' and '.join(read_as)}" if read_as else ""
    fell = f" · {FELL_BACK}" if reply.fallback else ""
    return context(f"{say_sure(reply)}{taken}{fell}")


def thumbs(exchange: str) -> Block:
    """A word on a reply; a declined question gets one too, for the documents may hold it after all."""
    element = {
        "type": "feedback_buttons",
        "action_id": "daytwo_vote",
        "positive_button": {"text": plain(GOOD), "value": f"up {exchange}"},
        "negative_button": {"text": plain(POOR), "value": f"down {exchange}"},
    }
    return {"type": "context_actions", "elements": [element]}


def actions(exchange: str, assumed: Sequence[Assumption]) -> list[Block]:
    """Thumbs, and the same answer said differently; where something was assumed, a form to say what was meant."""
    shown = [button(words, f"daytwo_again_{how}", exchange) for how, words in AGAIN]
    shown += [button(CHANGE[1], "daytwo_change", f"{exchange} {write_taken(assumed)}")] if assumed else []
    why = button(WHY, "daytwo_why", exchange)
    return [thumbs(exchange), {"type": "actions", "elements": [*shown, why]}]


def write_taken(assumed: Sequence[Assumption]) -> str:
    """The assumptions as the form's button carries them: as many as there is room for."""
    taken = [[one.mention, one.reading] for one in assumed]
    while len(written := json.dumps(taken, ensure_ascii=False)) > LONGEST_TAKEN:
        taken.pop()
    return written


def buttons(choices: Sequence[str], exchange: str) -> Block:
    """The likely readings of a question, to pick from."""
    elements = [button(one, f"daytwo_choice_{place}", f"{exchange} {one}") for place, one in enumerate(choices)]
    return {"type": "actions", "elements": elements}


def render_notice(notice: Notice) -> tuple[Post, ...]:
    """Plain words, in as many messages as they take, with choices as buttons under the last where there are any."""
    *first, last = split(notice.text, LONGEST_MARKDOWN)
    picks = [button(one, f"daytwo_say_{place}", one) for place, one in enumerate(notice.choices)]
    below: list[Block] = [{"type": "actions", "elements": picks}] if picks else []
    return (*(Post(fallback(one), (markdown(one),)) for one in first), Post(fallback(last), (markdown(last), *below)))
