"""A replay as one JSON document, days in order, people by their id in the export."""

from __future__ import annotations

import json
from collections.abc import Mapping

from adapters.fields import show_belief
from adapters.report.story import Story
from bot.digest.text import to_text
from bot.flows.replay import ReplayedDay
from bot.pilot.model import Alert, Estimate
from bot.self_model.model import SelfModel
from bot.turn import Citation, Exchange

Fields = dict[str, object]


def to_json(story: Story) -> str:
    """The whole replay; the same replay gives the same text."""
    return json.dumps({"days": [show_day(day) for day in story.days]}, ensure_ascii=False, indent=1) + "\n"


def show_day(day: ReplayedDay) -> Fields:
    """A day: what was asked, who is known how by its end, how it was liked, what the champion was told."""
    return {
        "date": day.day.isoformat(),
        "questions": [show_question(one) for one in day.exchanges],
        "self_models": show_models(day.self_models),
        "satisfaction": {one.person.id: show_estimate(one.satisfaction) for one in day.measured.people},
        "alerts": [show_alert(one) for one in day.measured.alerts],
        "digest": {"text": to_text(day.digest) if day.digest else ""},
    }


def show_question(exchange: Exchange) -> Fields:
    """A question as asked, as understood, and as answered."""
    reply = exchange.reply
    return {
        "id": exchange.id,
        "person": exchange.asker.id,
        "text": exchange.turn.message.text,
        "enriched": exchange.enriched or exchange.turn.message.text,
        "decision": reply.decision,
        "confidence": reply.confidence,
        "depth": reply.depth,
        "answer": reply.text,
        "citations": [show_citation(one) for one in reply.citations],
        "beliefs_used": list(reply.beliefs_used),
    }


def show_citation(citation: Citation) -> Fields:
    return {"document": citation.document, "passage": citation.passage}


def show_models(models: Mapping[str, SelfModel]) -> Fields:
    return {person: [show_belief(one) for one in model.beliefs] for person, model in models.items()}


def show_estimate(estimate: Estimate) -> Fields:
    """Satisfaction on a day, with its 90 % interval and what it rests on."""
    return {
        "estimate": estimate.estimate,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "trend": estimate.trend,
    }


def show_alert(alert: Alert) -> Fields:
    return {"person": alert.person.id, "kind": alert.kind, "text": alert.text}
