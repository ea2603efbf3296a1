"""The plan of an answer: depth, lens, length, form, terms to define, what to relate it to.

Either engine carries it out. A plan shapes form and choice; it never adds a claim. What only identifies a person (role,
seniority, preferences) sets depth and form; things of theirs (stack, project, goal) are related to only where they bear
on this question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answering.depth import choose_depth
from bot.answering.explain import explain_plan
from bot.answering.frequency import commonness
from bot.answering.lens import SEEK, choose_lens, find_belief
from bot.answering.model import Plan
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.parts import take_apart
from bot.knowledge.model import Ranked, Term
from bot.self_model.model import Belief
from bot.turn import Depth, Lens, Reply
from bot.words import content_terms, terms_of, tokenize

SENTENCES = {Depth.FOUNDATIONAL: 4, Depth.WORKING: 5, Depth.ADVANCED: 6, Depth.EXPERT: 7}
STEPS = 8  # at the least, where the answer is a procedure: leaving one out would be worse than a long answer
LENGTHS = {"short": 3, "long": 10}
SHORTEST, LONGEST = 2, 12
OWN_THINGS = ("tool", "project", "goal", "constraint", "criterion")
FORM_BY_LENS = {Lens.EXECUTIVE: "bullets", Lens.PRODUCT: "bullets"}
FORMS = {"bullets", "prose", "table", "steps", "code"}
HOW_TO = re.compile(
    r"\b(?:how (?:do|can|would|should) (?:i|we|you|one)|how to|steps?|step by step|install\w*|set ?up|configure|upgrade"
    r"|get started|walk me through)\b",
    re.I,
)
TO_RUN = re.compile(r"\b(?:run|deploy\w*|integrat\w+|connect\w*|migrat\w+|host)\b", re.I)
EVERYDAY = 4.5  # Zipf value from which a word needs no definition, whatever a glossary makes of it
ADJUSTED = {
    "simpler": "You asked for it simpler.",
    "deeper": "You asked to go deeper.",
    "shorter": "You asked for it shorter.",
    "longer": "You asked for more.",
    "example": "You asked for an example.",
    "specific": "You asked for something more specific.",
}
LONGEST_TERM = 4  # words of a name; what is longer is a sentence that happened to be bold
LONGEST_MEANING = 45  # words


def make_plan(
    query: EnrichedQuery, beliefs: Sequence[Belief], glossary: Sequence[Term], passages: Sequence[Ranked]
) -> Plan:
    """Plan the answer to `query` for someone who holds these (usable) beliefs."""
    depth, for_depth = choose_depth(query, beliefs)
    lens, for_lens = choose_lens(beliefs)
    length, format_ = find_belief(beliefs, "preference:length"), find_belief(beliefs, "preference:format")
    related = tuple(one for one in query.beliefs if one.kind in OWN_THINGS and one.usable)
    used = (*for_depth, for_lens, *(one.address for one in (length, format_, *related) if one))
    example = bool(format_ and format_.value == "examples")
    form = choose_form(take_apart(query.text).question, lens, format_.value if format_ else "")
    usual = max(STEPS, SENTENCES[depth]) if form == "steps" else SENTENCES[depth]
    plan = Plan(
        depth=depth,
        lens=lens,
        sentences=LENGTHS.get(length.value, usual) if length else usual,
        form=form,
        define=choose_terms(glossary, passages, beliefs, depth, lens=lens),
        relate_to=tuple(dict.fromkeys(one.value for one in related)),
        seek=SEEK[lens],
        example=example or lens is Lens.NEWCOMER,
        beliefs_used=tuple(dict.fromkeys(one for one in used if one)),
    )
    return replace(plan, why=explain_plan(plan, beliefs))


def choose_form(text: str, lens: Lens, wanted: str) -> str:
    """The form a person asked for before, else the one that suits lens and question."""
    if wanted in FORMS and not (wanted == "code" and HOW_TO.search(text)):
        return wanted
    if HOW_TO.search(text) or (lens is Lens.ENGINEER and TO_RUN.search(text)):
        return "steps"
    return FORM_BY_LENS.get(lens, "prose")


def choose_terms(
    glossary: Sequence[Term], passages: Sequence[Ranked], beliefs: Sequence[Belief], depth: Depth, *, lens: Lens
) -> tuple[Term, ...]:
    """The terms of these passages that someone at this depth needs explained. The composer defines those it uses."""
    if depth is not Depth.FOUNDATIONAL and lens is not Lens.NEWCOMER:
        return ()
    at_home = {one.topic for one in beliefs if one.kind == "expertise" and one.value != Depth.FOUNDATIONAL}
    held = [terms_of(one.passage.title) | terms_of(one.passage.text) for one in passages]
    return tuple(
        term
        for term in glossary
        if is_short(term)
        and is_jargon(term.name)
        and term.name.lower() not in at_home
        and any(terms_of(term.name) <= words for words in held)
    )


def is_jargon(name: str) -> bool:
    """Whether a name is more than an everyday word; small words beside it make it none ("too few to say")."""
    carrying = {word for word in tokenize(name) if content_terms(word)}
    return len(carrying) > 1 or any(commonness(word) < EVERYDAY for word in carrying)


def is_short(term: Term) -> bool:
    return 0 < len(term.name.split()) <= LONGEST_TERM and 0 < len(term.meaning.split()) <= LONGEST_MEANING


def adjust(plan: Plan, how: str, glossary: Sequence[Term] = ()) -> Plan:
    """The plan said differently: simpler, deeper, shorter, longer, example, specific; any other word changes nothing.
    "simpler" needs the glossary to define what it could take for granted before."""
    changed, why = adjust_form(plan, how), ADJUSTED.get(how, "")
    if how == "simpler":
        changed = replace(
            changed, define=tuple(term for term in glossary if is_short(term) and is_jargon(term.name)) or plan.define
        )
    return replace(changed, why=(*plan.why, why)) if why else plan


def adjust_form(plan: Plan, how: str) -> Plan:
    """Depth, length and form after the adjustment."""
    match how:
        case "simpler":
            depth = plan.depth.moved(-1)
            fewer = min(plan.sentences, SENTENCES[depth])
            return replace(plan, depth=depth, sentences=fewer, example=True, form=plain_form(plan.form))
        case "deeper":
            more = min(LONGEST, plan.sentences + 3)
            return replace(plan, depth=plan.depth.moved(1), sentences=more, define=(), example=False)
        case "shorter":
            return replace(plan, sentences=max(SHORTEST, plan.sentences // 2), form=plain_form(plan.form))
        case "longer":
            return replace(plan, sentences=min(LONGEST, plan.sentences * 2))
        case "example":
            return replace(plan, sentences=plan.sentences + 1, example=True)
        case _:
            return replace(plan, sentences=plan.sentences + 1)


def keep_going(plan: Plan, last: Reply) -> Plan:
    """The plan at the depth that the last reply had: simpler or deeper is meant against what was read."""
    return replace(plan, depth=last.depth)


def plain_form(form: str) -> str:
    """Prose where tables and code would not make it simpler or shorter."""
    return "prose" if form in ("table", "code", "steps") else form
