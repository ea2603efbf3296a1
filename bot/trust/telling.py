"""Telling a person what is believed of them, in Markdown, and giving it to them as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from bot.pilot.model import Feedback
from bot.self_model.explain import SHOWN_QUOTES, Entry, Quote, describe, describe_belief, label_of
from bot.self_model.model import CONFIDENCE_FLOOR, Belief, Observation, SelfModel
from bot.trust import consent as consenting
from bot.trust.model import Consent, Receipt
from bot.turn import Exchange

HINT = "*That's wrong: …*, *forget …* and *why do you think …* work here."
HELP = """Ask me anything about the documents. About what I believe of you:

- *what do you believe about me*: all of it, with how sure I am and the words it rests on
- *why do you think I'm …*: where that comes from
- *that's wrong: …* or *correct my role to …*: put me right
- *forget my role*, *forget that I use …*, *forget everything*: gone for good, with a receipt
- *pause*, *resume*, *start learning*, *don't learn about me*
- *export*: all of it as JSON
- *what does the champion see about me*, *count me only in the aggregate*"""


OTHERS = (
    "What I believe about somebody, and what they asked me, I show, change and delete for that person alone; they can "
    "ask me themself. *What do you believe about me* shows what I hold about you."
)


def tell_beliefs(model: SelfModel, consent: Consent) -> str:
    """All beliefs held, grouped, surest first, each with how sure and the latest words it rests on."""
    groups = describe(model)
    if not groups:
        return f"I believe nothing about you yet. {consenting.describe(consent)}"
    known = f" ({model.status})" if consent.modelling else ", from before"
    lines = [f"What I believe about you{known}:"]
    for group in groups:
        lines += ["", f"**{group.title}**", *(f"- {tell_entry(one, 1)}" for one in group.entries)]
    return "\n".join([*lines, "", consenting.describe(consent), "", HINT])


def tell_why(beliefs: Sequence[Belief]) -> str:
    """Where beliefs come from: the words each rests on, with links."""
    return "\n".join(f"- {tell_entry(describe_belief(one), SHOWN_QUOTES)}" for one in beliefs)


def name_belief(belief: Belief) -> str:
    """A belief in a few words: "role: data engineer"."""
    return f"{label_of(belief.address)}: {belief.value}"


def tell_entry(entry: Entry, quotes: int) -> str:
    """A belief, how sure in words and number, and so many of the words it rests on, newest first."""
    unused = "" if entry.confidence >= CONFIDENCE_FLOOR else ", too unsure to use"
    newest = [tell_quote(one) for one in reversed(entry.quotes)][:quotes]
    rests = f": {'; '.join(newest)}" if newest else ""
    return f"{entry.label}: {entry.value} ({entry.sureness}, {entry.confidence:.0%}{unused}){rests}"


def tell_quote(quote: Quote) -> str:
    """How the words came to be said, the words, the day, and the link where there is one."""
    day = f"{quote.at.day} {quote.at:%B}"
    where = f"[{day}]({quote.permalink})" if quote.permalink else day
    return f"{quote.how} “{' '.join(quote.text.split())}” ({where})"


def tell_correction(observations: Sequence[Observation]) -> str:
    """What a correction changed."""
    lines = [
        f"- {'' if one.weight > 0 else 'no longer '}{label_of(one.address)}: {one.value}"
        for one in sorted(observations, key=lambda one: one.weight < 0)
    ]
    return "\n".join(["Thank you, put right:", *lines])


def tell_receipt(receipt: Receipt) -> str:
    """What an erasure removed, and that it stays removed."""
    counted = ", ".join(
        f"{number} {name if number != 1 else name.removesuffix('s')}" for name, number in receipt.removed.items()
    )
    labels = ", ".join(label_of(one) for one in receipt.scope.split(", "))
    what = "Everything I held about you" if receipt.scope == "everything" else f"What I held on {labels}"
    return (
        f"Done. {what} is gone: {counted or 'there was nothing'}. Nothing that you wrote before now can bring it back. "
        f"Receipt: `{receipt.id}`."
    )


def export_json(
    model: SelfModel,
    consent: Consent,
    exchanges: Iterable[Exchange],
    receipts: Iterable[Receipt],
    feedback: Iterable[Feedback],
) -> str:
    """All that is held about a person, as one JSON document."""
    document = {
        "member": {"workspace": model.member.workspace, "id": model.member.id},
        "status": model.status,
        "consent": {
            "modelling": consent.modelling,
            "paused": consent.paused,
            "private_in_public": consent.private_in_public,
            "named_to_champion": consent.named_to_champion,
            "at": consent.at.isoformat() if consent.at else None,
        },
        "beliefs": [belief_fields(one) for one in model.beliefs],
        "past": [belief_fields(one) for one in model.past if was_held(one)],
        "said to be over": list_endings(model.past),
        "forgotten": [{"address": one.address or "everything", "at": one.at.isoformat()} for one in model.tombstones],
        "questions": [
            {"id": one.id, "at": one.at.isoformat(), "text": one.turn.message.text, "answer": one.reply.text}
            for one in exchanges
            if one.turn.message.text  # of what was forgotten only the row is left
        ],
        "feedback": [
            {"id": one.id, "at": one.at.isoformat(), "question": one.exchange, "source": one.source, "kind": one.kind}
            | {"satisfaction": one.satisfaction, "weight": one.weight}
            for one in feedback
        ],
        "receipts": [
            {"id": one.id, "at": one.at.isoformat(), "scope": one.scope, "removed": dict(one.removed)}
            for one in receipts
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def was_held(past: Belief) -> bool:
    """Whether anything ever spoke for it, and not only of its end."""
    return any(not one.ends for one in past.evidence)


def list_endings(past: Iterable[Belief]) -> list[dict[str, object]]:
    """The words that said something is over of which nothing was held: each once, whatever they might have ended."""
    told = {
        (one.at.isoformat(), one.message, one.quote, one.permalink)
        for belief in past
        if not was_held(belief)
        for one in belief.evidence
    }
    return [{"at": at, "message": name, "quote": quote, "link": link or None} for at, name, quote, link in sorted(told)]


def belief_fields(belief: Belief) -> dict[str, object]:
    """A belief with all its evidence, as plain fields."""
    return {
        "address": belief.address,
        "value": belief.value,
        "confidence": round(belief.confidence, 3),
        "mass": round(belief.mass, 3),
        "valid_from": belief.valid_from.isoformat(),
        "valid_to": belief.valid_to.isoformat() if belief.valid_to else None,
        "superseded_by": belief.superseded_by or None,
        "evidence": [
            {
                "message": one.message,
                "at": one.at.isoformat(),
                "quote": one.quote,
                "source": one.source,
                "weight": one.weight,
                "link": one.permalink or None,
            }
            for one in belief.evidence
        ],
    }
