"""What to do with a question: answer, hedge, ask back or decline, from calibrated probabilities.

Small linear models, fitted by training/decide.py, one after the other. Does this need a clarifying question? Here there
are two sets of weights, for written talk and for quick-fire talk of one-line replies, where brevity means something
else; how much each counts depends on the replies so far. If not, do the documents lack it? If not, is it but a part?
A message that opens a conversation has weights of its own for all three: "the pilot" is not loose there, since nothing
was said before that it could have been named in.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.answering import features, skeleton
from bot.answering.clarify import is_clarifying, make_question
from bot.answering.features_found import Features
from bot.answering.model import Judgement
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Ranked
from bot.turn import Decision, Said
from bot.words import tokenize

WEIGHTS = Path(__file__).parent / "weights" / "decide.json"
ONE_LINE = 12  # words of a reply where quick-fire talk ends and written talk begins
NOTHING_TO_GO_BY = 0.9  # chance to ask where there is neither topic nor conversation; too rare in the data to fit
LACKING = 0.4  # chance that the documents lack it, from which it is declined whatever was found
LIKELY = 0.4  # chance that any of the first passages helps, from which a doubtful decline gives way to a hedge
FITS = 0.7  # chance that any of the first passages helps, from which a clear question is not asked back
FITS_FIRST = 0.5  # the same in a message that opens a conversation: the documents are all it can be about
Chances = Mapping[Decision, float]


def decide(
    query: EnrichedQuery, ranked: Sequence[Ranked], history: Sequence[Said], *, has_knowledge: bool = True
) -> Judgement:
    """Judge a question by what was found for it (`ranked`, best first) and what was said before (oldest first).

    The probabilities are the models'; the decision is the best of those that are open, see `find_barred`.
    """
    model = load()
    measured = features.measure(query, ranked, history, has_knowledge=has_knowledge)
    grams = skeleton.grams(query.text, features.find_subject(query.text, ranked, history))
    chances = weigh(measured, grams, measure_pace(history), model, has_knowledge=has_knowledge)
    barred = find_barred(measured, ranked, history, has_knowledge=has_knowledge)
    decision = settle(chances, measured, model, barred=barred)
    asking = decision is Decision.ASK
    question, choices = make_question(query, ranked, history, query.beliefs) if asking else ("", ())
    return Judgement(
        decision=decision,
        confidence=chances[Decision.ANSWER],
        p_ask=chances[Decision.ASK],
        p_decline=chances[Decision.DECLINE],
        question=question,
        choices=choices,
    )


def weigh(
    measured: Features, grams: frozenset[str], pace: float, model: Model, *, has_knowledge: bool = True
) -> Chances:
    """The probability of each decision being the right one; they sum to 1.

    Where both asking and declining seem right, declining comes first: no reading of the question would be found. Except
    in quick-fire talk, where a question leans on what was said and its own words are no measure of what is held.
    """
    talk = model.later if measured["history"] else model.opening
    p_ask = to_chance(talk.ask.score(measured, grams) * (1 - pace) + model.quick.score(measured, grams) * pace)
    p_lacking = to_chance(talk.lacking.score(measured)) if has_knowledge else 0.0
    if measured["nothing to go by"]:
        p_ask, p_lacking = max(p_ask, NOTHING_TO_GO_BY), 0.0
    p_partial = to_chance(talk.partial.score(measured))
    return {
        Decision.DECLINE: p_lacking * (1 - pace * p_ask),
        Decision.ASK: p_ask * (1 - (1 - pace) * p_lacking),
        Decision.HEDGE: (1 - p_lacking) * (1 - p_ask) * p_partial,
        Decision.ANSWER: (1 - p_lacking) * (1 - p_ask) * (1 - p_partial),
    }


def to_chance(score: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-score))


def find_barred(
    measured: Features, ranked: Sequence[Ranked], history: Sequence[Said], *, has_knowledge: bool
) -> frozenset[Decision]:
    """What must not be done: ask where nothing is left open or twice in a row, answer from nothing found, decline
    without a knowledge base."""
    barred = {Decision.ASK} if is_clear(measured) or is_clarifying(last_reply(history)) else set()
    if not has_knowledge:
        barred.add(Decision.DECLINE)
    elif not ranked:
        barred |= {Decision.ANSWER, Decision.HEDGE}
    return frozenset(barred)


def is_clear(measured: Features) -> bool:
    """Whether the question points at nothing that could be several things, and something that fits was found: asking
    back would only annoy."""
    fits = FITS if measured["history"] else FITS_FIRST
    return measured["nothing open"] > measured["nothing to go by"] and measured.get("any relevant", 0.0) >= fits


def is_doubtful(measured: Features, chances: Chances) -> bool:
    """Whether something that likely helps was found although the documents may lack the whole: then it is shown with
    its doubt, since a wrong "not in the documents" costs a person more than a sentence they can judge."""
    return chances[Decision.DECLINE] < LACKING and measured.get("any relevant", 0.0) >= LIKELY


def settle(
    chances: Chances, measured: Features, model: Model, *, barred: frozenset[Decision] = frozenset()
) -> Decision:
    """The decision: the one that stands out, or a hedge in place of a doubtful decline."""
    decision = choose(chances, model, barred=barred)
    doubtful = decision is Decision.DECLINE and is_doubtful(measured, chances)
    return Decision.HEDGE if doubtful else decision


def choose(chances: Chances, model: Model, *, barred: frozenset[Decision] = frozenset()) -> Decision:
    """The decision whose probability stands out most from how common it is: a rare one needs less to be right."""
    open_to = [one for one in Decision if one not in barred]
    return max(open_to, key=lambda one: chances[one] / model.shares[one] ** model.lean[one])


def measure_pace(history: Sequence[Said]) -> float:
    """How quick-fire the talk is (0-1), by the length of the last reply; 0 before there is one."""
    reply = last_reply(history)
    return 1 / (1 + math.exp((len(tokenize(reply)) - ONE_LINE) / 3)) if reply else 0.0


def last_reply(history: Sequence[Said]) -> str:
    return next((one.text for one in reversed(history) if one.by_bot), "")


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model: `features` as name -> (mean, spread, weight); `grams` share their weight evenly."""

    bias: float
    features: Mapping[str, tuple[float, float, float]]
    grams: Mapping[str, float]

    def score(self, measured: Features, grams: frozenset[str] = frozenset()) -> float:
        """The log-odds. A feature that was not measured stays out, as if it were average."""
        known = [self.grams[one] for one in grams if one in self.grams]
        scales = self.features
        scaled = [(value, scales[name]) for name, value in measured.items() if name in scales]
        total = sum([(value - mean) / spread * weight for value, (mean, spread, weight) in scaled])
        return self.bias + total + sum(known) / math.sqrt(len(known) or 1)


@dataclass(frozen=True, slots=True)
class Talk:
    """The weights for one kind of message: whether to ask; if not, whether the documents lack it, and if they do not,
    whether they hold but a part."""

    ask: Linear
    lacking: Linear
    partial: Linear


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted weights, of messages that open a conversation and of later ones; `quick` is whether to ask in
    quick-fire talk. `shares`: how common each decision is; `lean` (0-1): how far it is favoured for being rare."""

    opening: Talk
    later: Talk
    quick: Linear
    shares: Mapping[Decision, float]
    lean: Mapping[Decision, float]


@lru_cache(maxsize=1)
def load() -> Model:
    """Read the bundled weights, once."""
    return parse(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def parse(stored: Mapping[str, Any]) -> Model:
    """The model of a weights file's content."""
    written, quick = stored["scales"]
    grams = stored["grams"]
    return Model(
        opening=parse_talk(stored["opening"], written, grams["written"]),
        later=parse_talk(stored["later"], written, grams["written"]),
        quick=parse_linear(stored["quick"], quick, grams["quick"]),
        shares={Decision(name): share for name, share in stored["shares"].items()},
        lean={Decision(name): lean for name, lean in stored["lean"].items()},
    )


def parse_talk(stored: Mapping[str, Any], scale: Mapping[str, Sequence[float]], grams: Mapping[str, float]) -> Talk:
    ask, lacking, partial = (parse_linear(stored[name], scale) for name in ("ask", "lacking", "partial"))
    return Talk(replace(ask, grams=grams), lacking, partial)


def parse_linear(
    stored: Mapping[str, Any], scale: Mapping[str, Sequence[float]], grams: Mapping[str, float] | None = None
) -> Linear:
    weights = {name: (*scale[name], weight) for name, weight in stored["features"].items()}
    return Linear(stored["bias"], weights, grams or {})
