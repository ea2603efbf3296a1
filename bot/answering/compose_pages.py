"""Which passages an answer draws on, for one plan: near the question, from the person's angle, at their depth, and
together covering every part of what was asked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.answering.lens import READS_CODE, addressed_to
from bot.answering.model import Plan
from bot.answering.reading import fit_depth
from bot.answering.sentences import UnitKind
from bot.answering.weighing import (
    Aspect,
    Page,
    Weights,
    cover,
    covered,
    find_aspects,
    place_in,
    weigh_rarity,
    weigh_wanted,
)
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.parts import take_apart
from bot.turn import Lens
from bot.words import terms_of

REPEATS = 0.55  # a passage that shares as much with a chosen one says little new
WEIGHTS = {"seek": 1.2, "relate": 0.4, "depth": 0.8, "form": 0.4, "repeats": 0.3, "code": 0.4}
BEARING = {"near": 0.25, "all": 0.2, "title": 0.28, "together": 0.15, "named": 0.12}
OTHERS = 0.8  # what the headings above a passage count for beside its own
FIRST_TASTE = 0.05  # how much a person's taste counts in choosing the first passage
BEARS = 0.65  # of the best passage's bearing on the question: what bears less is not read
FOR_THEM, FOR_SOME, FOR_OTHERS = (
    1.25,
    0.75,
    0.5,
)  # what a heading that names its readers multiplies the worth of its passage by
LIFTED = 0.75  # of the best passage's bearing: what bears less is not lifted for being addressed to the reader
IS_STEP, HAS_STEPS = 1.3, 1.1  # the same where somebody asks how to: for "Step 2: …", for a passage with steps or code
NUMBERED = re.compile(r"(?:step|part|phase|chapter)?\s*\d+\b", re.I)
NAMED = 0.95  # of the question's weight that a title must hold to be what is asked for
HALF_SOUGHT = 1.0  # the density of sought words that counts half
SENTENCES_A_PAGE = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything selection looks at: the pages, the parts of the question, and what this person seeks."""

    question: str
    plan: Plan
    pages: tuple[Page, ...]
    rarity: Weights
    aspects: tuple[Aspect, ...]
    seek: Weights
    relate: Weights
    borne: Mapping[int, tuple[float, ...]] = field(default_factory=dict)  # by rank: the bearing on each aspect
    levels: tuple[float, ...] = ()

    @property
    def parts(self) -> tuple[int, ...]:
        """All aspects, by their places."""
        return tuple(range(len(self.aspects)))


def set_scene(query: EnrichedQuery, pages: Sequence[Page], plan: Plan) -> Scene:
    """Weigh the words of question and person against the pages near enough to be read, and keep those that bear on any
    part of the question."""
    near = tuple(one for one in pages if one.reading.units)
    rarity = weigh_rarity(near)
    aspects = find_aspects(query, rarity)
    scene = Scene(
        question=take_apart(query.text).question,
        plan=plan,
        pages=near,
        rarity=rarity,
        aspects=aspects,
        seek=weigh_wanted(plan.seek, rarity),
        relate=weigh_wanted(plan.relate_to, rarity),
        borne={one.rank: tuple(bear(one, aspect) for aspect in aspects) for one in near},
    )
    ranks = find_bearing(scene)
    bearing = tuple(one for one in near if one.rank in ranks)
    return replace(
        scene, pages=bearing, levels=tuple(sorted(level for one in bearing for level in one.reading.hardness))
    )


def find_bearing(scene: Scene) -> frozenset[int]:
    """The ranks of the pages that bear on the question as a whole or on one part of it."""
    found: set[int] = set()
    for parts in {scene.parts, *((one,) for one in scene.parts)}:
        bearing = score_bearing(scene, parts)
        least = BEARS * max(bearing.values(), default=0.0)
        found |= {rank for rank, value in bearing.items() if value >= least}
    return frozenset(found)


def choose_pages(scene: Scene) -> tuple[Page, ...]:
    """The passages to draw on, best first. The first is chosen mainly by relevance, so that everyone's answer rests on
    what answers the question; the others by what they add for this person. Each part of the question has its turn."""
    wanted = max(2, round(scene.plan.sentences / SENTENCES_A_PAGE)) + (scene.plan.form == "steps")
    taste = score_taste(scene)
    if procedure := find_procedure(scene):
        return procedure[:wanted]
    chosen: list[Page] = []
    repeated = dict.fromkeys((one.rank for one in scene.pages), 0.0)
    turns = [scene.parts[turn : turn + 1] or scene.parts for turn in range(wanted)]
    scored = {parts: score_bearing(scene, parts) for parts in set(turns)}
    for bearing in [scored[parts] for parts in turns]:
        if chosen:
            repeated = {one.rank: max(repeated[one.rank], repeat(one, chosen[-1], scene)) for one in scene.pages}
        least = BEARS * max(bearing.values(), default=0.0)
        left = [one for one in scene.pages if one not in chosen and bearing[one.rank] >= least]
        share = 1.0 if chosen else FIRST_TASTE
        values = {
            one.rank: bearing[one.rank] * (1 + share * taste[one.rank]) - weigh_repeated(repeated[one.rank])
            for one in left
        }
        best = max(left, key=lambda one: (values[one.rank], -one.rank), default=None)
        if best is not None and values[best.rank] > 0:
            chosen.append(best)
    return in_reading_order(chosen) if scene.plan.form == "steps" else tuple(chosen)


def find_procedure(scene: Scene) -> tuple[Page, ...]:
    """Where somebody asks how to, and a document's title is what they ask for ("Install on Teams"): its numbered
    passages ("Step 1: …") in order; none otherwise."""
    if scene.plan.form != "steps" or not scene.aspects:
        return ()
    steps = [one for one in scene.pages if NUMBERED.match(one.heading) and is_named(one.headings[0], scene.aspects[0])]
    documents = {one.passage.document for one in steps}
    if len(documents) != 1:
        return ()
    return tuple(sorted(steps, key=lambda one: one.passage.position))


def is_named(title: str, aspect: Aspect) -> bool:
    """Whether a title's words are all in question, and the question's words all in the title."""
    words = terms_of(title)
    return bool(words) and words <= set(aspect.words) and cover(aspect, words) >= NAMED * aspect.weight


def in_reading_order(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Numbered passages ("Step 2: …") of one document in the order in which they stand there, from the place of the
    first of them on; all others where they are."""
    numbered = [one for one in pages if NUMBERED.match(one.heading)]
    if not numbered:
        return tuple(pages)
    document = numbered[0].passage.document
    steps = sorted((one for one in numbered if one.passage.document == document), key=lambda one: one.passage.position)
    at = pages.index(numbered[0])
    return (*pages[:at], *steps, *(one for one in pages[at:] if one not in steps))


def score_bearing(scene: Scene, parts: Sequence[int]) -> dict[int, float]:
    """How much each passage bears on these parts of the question, by rank: the same for everyone, save where a heading
    says for whom the passage is. That lifts what bears on the question, and nothing that hardly does."""
    aspects = [scene.aspects[part] for part in parts]
    plain = {
        one.rank: suits_task(one, scene.plan)
        * max((scene.borne[one.rank][part] for part in parts), default=BEARING["near"] * one.near)
        for one in scene.pages
    }
    readers = {one.rank: addressed_to(one.heading) for one in scene.pages}
    for rank, reader in readers.items():
        if reader not in (Lens.GENERAL, scene.plan.lens):
            plain[rank] *= FOR_OTHERS
    best = max(plain.values(), default=0.0)
    for page in scene.pages:
        theirs = readers[page.rank] is scene.plan.lens is not Lens.GENERAL
        on_it = any(cover(each, terms_of(page.heading)) for each in aspects)
        if theirs and on_it and plain[page.rank] >= LIFTED * best:
            plain[page.rank] *= FOR_THEM
    return plain


def bear(page: Page, aspect: Aspect) -> float:
    """How much a passage bears on one part of the question. Words that stand together in one sentence, or in the
    heading, tell more than words scattered over the passage."""
    reading = page.reading
    own = terms_of(page.heading)
    near = [words for words in reading.words if not aspect.reach.isdisjoint(words)]
    together = max([cover(aspect, words) for words in near], default=0.0)
    return (
        BEARING["near"] * page.near
        + BEARING["all"] * cover(aspect, reading.all_words)
        + BEARING["title"] * max(cover(aspect, own), OTHERS * cover(aspect, reading.title))
        + BEARING["together"] * together
        + BEARING["named"] * max(name_share(page.heading, aspect), OTHERS * name_share(page.headings[0], aspect))
    )


def name_share(heading: str, aspect: Aspect) -> float:
    """The share (0-1) of a heading's words that are in question: 1 where the section is about nothing else."""
    words = terms_of(heading)
    return aspect.weight * sum(word in aspect.words for word in words) / len(words) if words else 0.0


def score_taste(scene: Scene) -> dict[int, float]:
    """How much each passage suits this person: angle, depth, form, things of theirs."""
    mean = {one.rank: one.reading.mean_hardness for one in scene.pages}
    means = sorted(mean.values())
    return {
        one.rank: WEIGHTS["seek"] * seek_score(one, scene.seek)
        + WEIGHTS["relate"] * min(1.0, covered(scene.relate, one.reading.all_words))
        + WEIGHTS["depth"] * fit_depth(place_in(means, mean[one.rank]), scene.plan.depth)
        + WEIGHTS["form"] * suits_form(one, scene.plan)
        - WEIGHTS["code"] * (scene.plan.lens not in READS_CODE) * code_share(one)
        for one in scene.pages
    }


def seek_score(page: Page, seek: Weights) -> float:
    """How much of what is sought a passage says, 0-1, its heading counting double, against its length."""
    found = covered(seek, page.reading.all_words) + covered(seek, page.reading.title)
    density = found / math.sqrt(10 + len(page.reading.all_words))
    return density / (density + HALF_SOUGHT)


def code_share(page: Page) -> float:
    """The share (0-1) of a passage's units that hold code."""
    units = page.reading.units
    return sum("`" in one.text for one in units) / len(units) if units else 0.0


def suits_task(page: Page, plan: Plan) -> float:
    """More than 1 where steps are asked for and the passage is one, or has some."""
    if plan.form != "steps":
        return 1.0
    return IS_STEP if NUMBERED.match(page.heading) else HAS_STEPS if suits_form(page, plan) else 1.0


def suits_form(page: Page, plan: Plan) -> float:
    """1 where the passage holds what the form calls for."""
    kinds = {unit.kind for unit in page.reading.units}
    wanted = {
        "table": {UnitKind.TABLE},
        "code": {UnitKind.CODE, UnitKind.STEPS},
        "steps": {UnitKind.STEPS, UnitKind.CODE},
    }.get(plan.form, set())
    if plan.lens is Lens.ENGINEER:
        wanted = wanted | {UnitKind.CODE, UnitKind.STEPS}
    return 1.0 if kinds & wanted else 0.0


def repeat(page: Page, chosen: Page, scene: Scene) -> float:
    """The share (0-1) of a passage that a chosen one says already."""
    return overlap(page.reading.all_words, chosen.reading.all_words, scene.rarity)


def weigh_repeated(share: float) -> float:
    """What a passage loses for the share of it that a chosen one says already."""
    return WEIGHTS["repeats"] * (share + (share >= REPEATS))


def overlap(left: frozenset[str], right: frozenset[str], rarity: Weights) -> float:
    """The share (0-1) of the lighter set's weight that the other holds too."""
    lighter = min(covered(rarity, left), covered(rarity, right))
    return covered(rarity, left & right) / lighter if lighter else 1.0
