"""The angle a role reads from, and the words that make a sentence worth choosing from that angle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.self_model.model import Belief
from bot.turn import Lens

# The first pattern that fits wins: "junior data engineer" is an engineer, "VP engineering" no executive of the budget.
LENS_BY_ROLE: tuple[tuple[Lens, str], ...] = (
    (Lens.ARCHITECT, r"architect|(?:vp|head|director)\b.*\b(?:engineering|platform|infrastructure|data|security)"
     r"|engineering manager|(?:tech(?:nical)?|team|platform) lead"
     r"|staff|principal|ciso|security (?:lead|officer|manager)"),
    (Lens.EXECUTIVE, r"chief|c[efitmo]o\b|cpo|cro|vp\b|vice president|svp|president|director|head of|founder|partner"
     r"|executive|board|general manager|finance"),
    (Lens.ENGINEER, r"engineer|developer|programmer|sre\b|devops|administrator|\badmin\b|dba\b|data scientist|sysadmin"
     r"|integrat|technician|ops\b"),
    (Lens.PRODUCT, r"product|designer|\bux\b|\bui\b|researcher|marketing|customer|sales|success|support|analyst"
     r"|consultant|project manager|program(?:me)? manager|operations"),
    (Lens.NEWCOMER, r"someone new|new(?:comer| colleague| to this)|beginner"
     r"|intern\b|trainee|apprentice|student|graduate|new hire"),
)  # fmt: skip
NEW_UNLESS = (
    Lens.ENGINEER,
    Lens.ARCHITECT,
)  # a junior engineer still wants the steps; a junior analyst, the foundations
READS_CODE = (Lens.ENGINEER, Lens.ARCHITECT)
SEEK: dict[Lens, tuple[str, ...]] = {
    Lens.EXECUTIVE: tuple(
        "executive cost price dollars budget risk liability limit owner decide decision bottom month guarantee"
        " promise responsible audit compliance loss save value lift verdict stop refuse percent cap exposure"
        " production commit".split()
    ),
    Lens.ARCHITECT: tuple(
        "architect platform trade-off instead because constraint limit isolation consistency failure fail fallback"
        " scale throughput latency depend retry replica deploy database schema queue transaction migration"
        " concurrent restart network encrypt encryption permission boundary assume choice postgresql sqlite design"
        " component".split()
    ),
    Lens.ENGINEER: tuple(
        "engineer developer run command install set configure setting environment variable token endpoint api log"
        " error retry version port file path create copy url json http webhook event payload scope manifest python"
        " row table column index query script code".split()
    ),
    Lens.PRODUCT: tuple(
        "product people evaluator user customer feedback satisfaction measure metric evidence segment adopt"
        " adoption weekly digest share compare champion rate rating theme trend experience usage trust survey".split()
    ),
    Lens.NEWCOMER: tuple("newcomer new beginner mean means called example instance simple simply plain word".split()),
    Lens.GENERAL: (),
}
ADDRESSED = re.compile(r"\b(?:for|guide for|notes for) (?:an? |the |your |our )?([^:,?(]+)", re.I)
IN_WORDS = {
    Lens.EXECUTIVE: "the bottom line, cost and risk come first",
    Lens.ARCHITECT: "trade-offs and constraints come first",
    Lens.ENGINEER: "precise settings and steps come first",
    Lens.PRODUCT: "what people see and how it is measured come first",
    Lens.NEWCOMER: "the foundations come first and terms are explained",
    Lens.GENERAL: "no angle is taken",
}


def choose_lens(beliefs: Sequence[Belief]) -> tuple[Lens, str]:
    """The lens for someone with these beliefs, and the address of the belief that chose it ("" for GENERAL)."""
    role = find_belief(beliefs, "role")
    seniority = find_belief(beliefs, "seniority")
    lens = lens_of_role(role.value) if role else Lens.GENERAL
    if seniority and seniority.value == "junior" and lens not in NEW_UNLESS:
        return Lens.NEWCOMER, seniority.address
    if role and re.match(r"(?:junior|trainee|new)\b", role.value, re.I) and lens not in NEW_UNLESS:
        return Lens.NEWCOMER, role.address
    if lens is Lens.GENERAL and seniority and seniority.value == "executive":
        return Lens.EXECUTIVE, seniority.address
    return lens, role.address if role and lens is not Lens.GENERAL else ""


def lens_of_role(role: str) -> Lens:
    """The lens a title calls for; GENERAL where the title says nothing we know."""
    return next((lens for lens, words in LENS_BY_ROLE if re.search(rf"\b(?:{words})", role, re.I)), Lens.GENERAL)


@lru_cache(maxsize=4096)
def addressed_to(heading: str) -> Lens:
    """The lens of the readers that a heading names ("For an engineer: …"); GENERAL where it names none."""
    named = ADDRESSED.search(heading)
    return lens_of_role(named[1]) if named else Lens.GENERAL


def find_belief(beliefs: Sequence[Belief], address: str) -> Belief | None:
    """The surest usable belief at an address."""
    held = [one for one in beliefs if one.address == address and one.usable]
    return max(held, key=lambda one: one.confidence, default=None)
