"""What production would mean: cost, risks, and what must be in place first; each as a section of the report."""

from __future__ import annotations

from typing import Final

from bot.digest.report_model import Block, Bullets, Row, Section, Standing, Table, Ticks, Tone
from bot.pilot.checklist import AREAS, check_off
from bot.pilot.figures import say_day, say_dollars
from bot.pilot.production import TYPICAL_INPUT, TYPICAL_OUTPUT, Production, Scenario
from bot.pilot.risks import Level, find_risks
from bot.pilot.say import cap, count, say_share

LEVELS: Final = {Level.HIGH: Tone.BAD, Level.MEDIUM: Tone.MIDDLING, Level.LOW: Tone.PLAIN}


def tell_cost(standing: Standing) -> Section:
    """What it would cost a month, from the pilot's own use."""
    held = standing.production
    if held is None:
        return Section("cost", "What production would cost", "", ())
    title = f"What production would cost for {held.people:,} people"
    lead = (
        f"Who used it asked {held.a_week:.1f} questions a week, at {say_dollars(held.a_question)} a question in model "
        "fees. The rest is this use for more people, a month of 22 working days."
    )
    heads = (
        "Share of people who ask in a week",
        "People a week",
        "Questions a month",
        "Model fees a month",
        "A person",
    )
    rows = tuple(Row(show_scenario(one, held)) for one in held.scenarios)
    measured = Table(heads, rows, (30, 18, 18, 18, 16), title="At the pilot's own cost")
    priced = tuple(
        Row((model_name(one.model), say_dollars(one.a_question), say_dollars(one.dollars))) for one in held.prices
    )
    prices = Table(
        ("If every answer were written by", "A question", "Model fees a month, used as in the pilot"),
        priced,
        (40, 20, 40),
        title="At list price",
    )
    blocks: tuple[Block, ...] = (measured, prices, Bullets(tell_planning(held), title="Beside model fees"))
    return Section("cost", title, lead, blocks)


def show_scenario(scenario: Scenario, held: Production) -> tuple[str, ...]:
    """A scenario's row."""
    each = scenario.dollars / held.people if held.people else 0.0
    return (
        f"{cap(scenario.name)}: {say_share(scenario.share)}",
        f"{scenario.active:,}",
        f"{scenario.questions:,}",
        say_dollars(scenario.dollars),
        say_dollars(each),
    )


def model_name(model: str) -> str:
    """A model's family as people say it: Claude Sonnet."""
    return " ".join(part.capitalize() for part in model.split("-"))


def tell_planning(held: Production) -> tuple[str, ...]:
    """What is planned, not measured."""
    low, high = held.machine
    return (
        f"Machine and database: about {say_dollars(low)} to {say_dollars(high)} a month (planning figure).",
        f"Keeping the documents current: about {count(held.hours, 'hour')} a month of their owner's time (planning "
        "figure); this is usually the largest item.",
        "No licence fee a seat. Time saved is not measured here and is not set against the cost.",
        f"List prices of {say_day(held.priced_on)}, for a question of {TYPICAL_INPUT:,} tokens read and "
        f"{TYPICAL_OUTPUT} written; check them before signing.",
    )


def tell_risks(standing: Standing) -> Section:
    """What could go wrong, and what to do about it."""
    risks = find_risks(standing.day, standing.outcomes, standing.adoption, standing.service)
    if not risks:
        none = "The pilot's own evidence shows none. That is no proof that there are none."
        return Section("risks", "Risks", "", (Bullets((none,)),))
    rows = tuple(Row((one.level.value, one.what, one.evidence, one.step), LEVELS[one.level]) for one in risks)
    table = Table(("Weight", "What may happen", "Evidence", "What to do"), rows, (10, 32, 26, 32), toned=0)
    return Section("risks", "Risks", "As the pilot's own evidence shows them, the heaviest first.", (table,))


def tell_checklist(standing: Standing) -> Section:
    """What must be in place, area by area."""
    checks = check_off(standing.day, standing.outcomes, standing.verdict, standing.service)
    done = sum(one.done for one in checks)
    blocks = tuple(
        Ticks(
            f"{cap(area)}: {sum(one.done for one in checks if one.area == area)} of "
            f"{sum(one.area == area for one in checks)}",
            tuple((one.done, one.what, one.evidence, one.who) for one in checks if one.area == area),
        )
        for area in AREAS
    )
    lead = f"{done} of {len(checks)} points are ticked, each from evidence."
    if done < len(checks):
        lead += " The others are open, with who can close them."
    return Section("checklist", "Ready for production?", lead, blocks)
