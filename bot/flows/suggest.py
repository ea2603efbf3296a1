"""Questions to begin with: what the documents hold on a person's own things, then the documents' own terms.

Shown to that person alone, so what they told in private may shape them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.enrichment.enrich import enrich
from bot.knowledge.model import Ranked, Term
from bot.ports import Stores
from bot.self_model.model import Belief
from bot.self_model.revise import read
from bot.turn import EVERYONE, Member, Place, audience_at
from bot.words import tokenize

MOST = 4  # Slack shows four
OWN_THINGS = ("project", "goal", "tool", "criterion", "constraint")  # kinds of belief that a question can be about
MOST_OWN = 2
RELEVANT = 0.2  # from this probability on a passage is offered for someone's own thing; a guess costs only a look
LONGEST_TITLE = 60  # characters


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question to pick: what is shown, and what it asks."""

    title: str
    question: str


ABOUT_ME = Suggestion("What do you believe about me?", "What do you believe about me?")
HELP = Suggestion("What can you do?", "help")


async def suggest(stores: Stores, member: Member, now: datetime, *, outside: bool = False) -> tuple[Suggestion, ...]:
    """Up to four questions, those on the person's own things first; for someone from `outside` the workspace only from
    what is open to them. Raises Unavailable."""
    grants = audience_at(Place(member.workspace, ""), member, alone=True).grants - ({EVERYONE} if outside else set())
    found: list[tuple[Belief, Ranked]] = []
    for belief in await own_things(stores, member, now):
        query = enrich(belief.value, (), ())
        ranked = await stores.knowledge.search(member.workspace, query, grants, 1)
        found += [(belief, one) for one in ranked if one.relevance >= RELEVANT]
    terms = [one for one in await stores.knowledge.glossary(member.workspace) if not grants.isdisjoint(one.readers)]
    return choose(found, terms)


async def own_things(stores: Stores, member: Member, now: datetime) -> Sequence[Belief]:
    """The surest of what a person works on and with; none without their consent."""
    consent = await stores.consents.load(member)
    if not consent.modelling:
        return ()
    model = read(await stores.self_models.load(member), now)
    return [one for one in model.usable(private_too=True) if one.kind in OWN_THINGS][: 2 * MOST_OWN]


def choose(found: Iterable[tuple[Belief, Ranked]], terms: Sequence[Term]) -> tuple[Suggestion, ...]:
    """The questions: one a passage, then one a term, then what everyone can ask."""
    own = {one.passage.id: about(belief, one) for belief, one in found}
    picked = [*own.values()][:MOST_OWN]
    for term in put_first(terms)[: MOST - 1 - len(picked)]:
        question = f"What does {spell(term.name)} mean?"
        picked.append(Suggestion(shorten(question), question))
    return (*picked, ABOUT_ME if own else HELP)[:MOST]


def put_first(terms: Sequence[Term]) -> list[Term]:
    """The terms that most others are explained by first: whoever knows these can read on."""
    words = [frozenset(tokenize(one.meaning)) for one in terms]

    def count(term: Term) -> int:
        name = tokenize(term.name)
        return sum(one.issuperset(name) for one in words) if name else 0

    return sorted(terms, key=count, reverse=True)


def spell(name: str) -> str:
    """A term within a sentence: small, unless its capitals belong to it ("SQL", "PostgreSQL")."""
    return name[:1].lower() + name[1:] if name[1:] == name[1:].lower() else name


def about(belief: Belief, ranked: Ranked) -> Suggestion:
    """What a passage says that bears on someone's own thing."""
    heading = ranked.passage.title.split(" › ")[-1] or ranked.passage.document
    return Suggestion(
        shorten(f"{heading}, for {belief.value}"), f"What should I know about {heading} for {belief.value}?"
    )


def shorten(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
