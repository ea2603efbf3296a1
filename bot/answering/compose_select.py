"""Which sentences, tables and code of the chosen passages are said: relevance × angle × depth, nothing twice.

What is chosen from one passage hangs together: a sentence that leans on the one before it brings that along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.compose_pages import Scene, choose_pages, overlap, set_scene
from bot.answering.expects import meets
from bot.answering.lens import READS_CODE
from bot.answering.model import Plan
from bot.answering.reading import fit_depth
from bot.answering.sentences import Unit, UnitKind
from bot.answering.weighing import Page, cover, covered, place_in, read_pages
from bot.enrichment.model import EnrichedQuery
from bot.knowledge.model import Ranked
from bot.turn import Depth, Lens

REDUNDANT = 0.6  # overlap with what is chosen from which on a sentence says nothing new
WEIGHTS = {
    "expected": 0.45,
    "asked": 1.0,
    "near": 0.6,
    "seek": 0.6,
    "relate": 0.4,
    "depth": 1.0,
    "opens": 0.5,
    "example": 0.4,
    "form": 0.8,
}
ENOUGH = 0.5  # of the best score: below it a sentence is padding
LONGEST = {Depth.FOUNDATIONAL: 24, Depth.WORKING: 36, Depth.ADVANCED: 45, Depth.EXPERT: 60}  # words of a sentence
CODE_COSTS = 0.2  # what a code span in a sentence costs for those who do not read code
DRAGS = 0.7  # what an overlong sentence, or one about a table that may not follow, keeps of its score
WHOLE_COSTS = 2  # sentences that a table, a list of steps or code counts for, where the form does not ask for them
WHOLES = {"steps": 3, "code": 2}  # tables, step lists and code blocks at the most; else one
OPENS, TASTE = 0.6, 0.15  # in choosing the bottom line: for a section's first sentence; for what suits the person
LATER, LEADS_ON = 0.7, 0.15  # and against: a later passage; a sentence about the table that follows
EXAMPLES = frozenset({"exampl", "instanc", "say"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of a page with its words (stems). `asked` (0-1) is how much of the question it covers, `score` what it is
    worth to this person; `needs` are the orders of the units before it that it leans on."""

    page: Page
    unit: Unit
    words: frozenset[str]
    asked: float
    score: float
    needs: tuple[int, ...] = ()

    @property
    def rank(self) -> int:
        return self.page.rank

    @property
    def key(self) -> tuple[int, int]:
        return self.page.rank, self.unit.order


def select(query: EnrichedQuery, ranked: Sequence[Ranked], plan: Plan) -> tuple[Candidate, ...]:
    """The chosen units in the order of their passages, the best passage first."""
    scene = set_scene(query, read_pages(ranked), plan)
    pages = choose_pages(scene)
    candidates = [one for page in pages for one in score_units(page, scene)]
    chosen = pick(candidates, scene)
    order = {page.rank: place for place, page in enumerate(pages)}
    return tuple(sorted(chosen, key=lambda one: (order[one.rank], one.unit.order)))


def score_units(page: Page, scene: Scene) -> list[Candidate]:
    """Every unit of a page that the plan has room for, scored."""
    reading = page.reading
    return [
        score_unit(page, unit, scene, words=words, hard=hard)
        for unit, words, hard in zip(reading.units, reading.words, reading.hardness, strict=True)
        if allows(scene.plan, unit)
    ]


def score_unit(page: Page, unit: Unit, scene: Scene, *, words: frozenset[str], hard: float) -> Candidate:
    """How much a unit serves this question and this person. A word of the heading counts for the sentence that opens
    the passage, and half for all after it."""
    plan, titled = scene.plan, words | page.reading.title
    share = 1.0 if unit.order == 0 else 0.5
    asked = max(((1 - share) * cover(one, words) + share * cover(one, titled) for one in scene.aspects), default=0.0)
    asked += WEIGHTS["expected"] * meets(scene.question, unit.text)
    score = (
        WEIGHTS["asked"] * asked
        + WEIGHTS["near"] * page.near
        + WEIGHTS["seek"] * saturate(covered(scene.seek, words))
        + WEIGHTS["relate"] * saturate(covered(scene.relate, words))
        + WEIGHTS["depth"] * fit_depth(place_in(scene.levels, hard), plan.depth)
        + WEIGHTS["opens"] * (unit.order == 0)
        + WEIGHTS["example"] * (plan.example and not EXAMPLES.isdisjoint(words))
        + WEIGHTS["form"] * fits_form(unit, plan)
    )
    return Candidate(page, unit, words, asked, drag(unit, plan, score), needs_of(unit, page.reading.units))


def fits_form(unit: Unit, plan: Plan) -> bool:
    """Whether the plan's form calls for this unit: what it wants whole, and what opens each of its steps."""
    if unit.kind.is_prose:
        return plan.form == "steps" and unit.order == 0
    return wants_whole(plan, unit.kind)


def drag(unit: Unit, plan: Plan, score: float) -> float:
    """The score less what makes a sentence hard on this reader: code, length, a table that may not follow."""
    if not unit.kind.is_prose:
        return score
    if plan.lens not in READS_CODE:
        score -= CODE_COSTS * min(2, unit.text.count("`") // 2)
    too_long = len(unit.text.split()) > LONGEST[plan.depth]
    return score * DRAGS if unit.introduces or too_long else score


def saturate(weight: float) -> float:
    """0-1: the first words found tell most."""
    return weight / (weight + 2.0)


def allows(plan: Plan, unit: Unit) -> bool:
    """Whether the plan has room for this kind of unit. Terms are defined where they are used, for those who need it;
    a table in plain words serves everyone, if only some want it first."""
    match unit.kind:
        case UnitKind.TERM:
            return bool(plan.define)
        case UnitKind.TABLE:
            return wants_whole(plan, unit.kind) or "`" not in unit.text
        case _:
            return unit.kind.is_prose or wants_whole(plan, unit.kind)


def wants_whole(plan: Plan, kind: UnitKind) -> bool:
    """Whether tables, steps or code serve this person."""
    deep = plan.depth in (Depth.ADVANCED, Depth.EXPERT)
    match kind:
        case UnitKind.CODE:
            return plan.form in ("code", "steps") or (plan.lens is Lens.ENGINEER and plan.form != "bullets")
        case UnitKind.STEPS:
            return plan.form in ("steps", "code") or plan.lens is Lens.ENGINEER
        case UnitKind.TABLE:
            return plan.form == "table" or (deep and plan.form != "steps")
        case _:
            return False


def needs_of(unit: Unit, units: Sequence[Unit]) -> tuple[int, ...]:
    """The orders of the units before this one that it leans on, nearest first: the sentence that it points back to, or
    the one that introduces a table, steps or code."""
    before = units[unit.order - 1] if unit.order else unit
    if not unit.kind.is_prose and before.introduces:
        return (before.order,)
    needed: list[int] = []
    at = unit.order
    while units[at].leans and at > 0:
        at -= 1
        needed.append(at)
    return tuple(needed)


def pick(candidates: Sequence[Candidate], scene: Scene) -> tuple[Candidate, ...]:
    """Greedy choice by score, within the plan's length: first the bottom line, then one unit of each passage, then the
    best of what is left."""
    chosen: dict[tuple[int, int], Candidate] = {}
    by_key = {one.key: one for one in candidates}
    best = max((one.score for one in candidates), default=0.0)
    room, wholes = scene.plan.sentences, WHOLES.get(scene.plan.form, 1)
    for one in in_turns(candidates, scene.plan):
        fresh = [each for each in with_needs(one, by_key) if each.key not in chosen]
        whole = not one.unit.kind.is_prose
        cost = sum(1 if each.unit.kind.is_prose or scene.plan.form in WHOLES else WHOLE_COSTS for each in fresh)
        if (chosen and one.score < ENOUGH * best) or one.key in chosen or not fresh or fresh[-1] is not one:
            continue
        if cost > room or (whole and not wholes) or repeats(one, chosen.values(), scene):
            continue
        room, wholes = room - cost, wholes - whole
        chosen.update((each.key, each) for each in fresh)
    return tuple(chosen.values())


def in_turns(candidates: Sequence[Candidate], plan: Plan) -> list[Candidate]:
    """The bottom line, then the best of every passage, then the second best of any; tables last for those who do not
    want them first."""
    opening = choose_opening(candidates, plan)
    last = {one.key: not one.unit.kind.is_prose and not wants_whole(plan, one.unit.kind) for one in candidates}
    ordered = sorted(candidates, key=lambda one: (last[one.key], -one.score, one.key))
    first = list({one.rank: one for one in reversed(ordered)}.values())[::-1]
    return [*([opening] if opening else []), *first, *ordered]


def choose_opening(candidates: Sequence[Candidate], plan: Plan) -> Candidate | None:
    """The bottom line: the sentence that stands alone and best answers the question, preferably of the first passage.
    Authors put theirs first, so the opening of a section has an advantage; before steps nothing else will do."""
    able = [one for one in candidates if one.unit.kind is UnitKind.SENTENCE and not one.unit.leans]
    if plan.form == "steps":
        able = [one for one in able if one.unit.order == 0 and one.rank == able[0].rank]
    return max(
        able,
        key=lambda one: (
            one.asked
            + OPENS * (not one.unit.order)
            + TASTE * one.score
            - LATER * (one.rank != able[0].rank)
            - LEADS_ON * one.unit.introduces
        ),
        default=None,
    )


def with_needs(one: Candidate, by_key: dict[tuple[int, int], Candidate]) -> list[Candidate]:
    """The unit after those it leans on; nothing where one of those is not to be had."""
    keys = [(one.rank, order) for order in reversed(one.needs)]
    return [*(by_key[key] for key in keys), one] if all(key in by_key for key in keys) else []


def repeats(one: Candidate, chosen: Iterable[Candidate], scene: Scene) -> bool:
    """Whether it says what is said already. A table may well hold what the sentence before it sums up."""
    alike = (other for other in chosen if other.unit.kind.is_prose == one.unit.kind.is_prose)
    return any(overlap(one.words, other.words, scene.rarity) >= REDUNDANT for other in alike)
