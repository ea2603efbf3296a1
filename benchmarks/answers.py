"""How differently, and how fittingly, five people are answered: `python benchmarks/answers.py [--show "question"]`.

It answers a hundred questions from the project's own documents, offline, for five self-models and for an empty one, and
prints: how alike the five answers are, whether the newcomer's reads easier than the expert's, whether the terms used
are defined, whether beliefs that have nothing to do with a question leave its answer alone, and the time. Weights were
chosen while looking at the first forty questions; the sixty in questions.txt were written afterwards. What is measured
is how they are answered, not whether: the decision is set to answer.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from bot.answering.answer import Asked, Settled, finish, write_offline
from bot.answering.level import level
from bot.answering.model import Judgement
from bot.answering.plan import is_jargon, make_plan
from bot.enrichment.enrich import enrich
from bot.knowledge.glossary import find_terms
from bot.knowledge.index import Index
from bot.knowledge.model import Document, Term
from bot.knowledge.split import split
from bot.self_model.model import Belief, Observation, Source, topic_of
from bot.turn import EVERYONE, Audience, Decision, Depth, Reply
from bot.words import content_terms

DOCS = Path(__file__).parents[1] / "docs"
NOW = datetime(2026, 10, 7, tzinfo=UTC)
ALONE = Audience(alone=True)
PASSAGES = 20
MORE = (Path(__file__).parent / "questions.txt").read_text("utf-8").splitlines()
ANSWERED = Judgement(decision=Decision.ANSWER, confidence=0.9, p_ask=0.05, p_decline=0.05)
QUESTIONS = """\
How does Daytwo keep our data safe, and what would it take to run it here?
What does it cost per question?
What happens when the bot does not know the answer?
How are personal self-models kept safe?
What is stored and for how long?
How does it integrate with Slack?
How does it integrate with our data warehouse?
What happens to messages when the process crashes?
How is satisfaction measured?
What does the champion see?
How accurate are the answers?
What goes to the language model?
Can we host it ourselves?
How do I install it on Slack?
How do I install it on Teams?
What are the limits?
How does it scale?
SQLite or PostgreSQL?
How are documents kept up to date?
Who can see what it believes about me?
How does consent work?
What happens when the budget is used up?
How is prompt injection handled?
What does an answer's depth mean?
What is a lens?
How do backups work?
What would production cost?
How are citations checked?
How does it decide between asking and answering?
What is in the daily digest?
What are the risks?
How do we plan a pilot?
When does it claim a trend?
What is encrypted?
Which permissions does the Slack app need?
What happens when Claude is down?
How does it learn about people?
How do I make it forget something?
What should we monitor?
How is it different from a plain RAG bot?""".splitlines()
PEOPLE: dict[str, dict[str, str]] = {
    "CTO": {
        "role": "CTO",
        "seniority": "executive",
        "criterion": "no customer data leaves our tenancy",
        "expertise:data-pipelines": "foundational",
        "preference:length": "short",
    },
    "VP engineering": {
        "role": "VP engineering",
        "tool:database": "PostgreSQL",
        "constraint": "two replicas behind a load balancer",
    },
    "data engineer": {
        "role": "data engineer",
        "tool:streaming": "Kafka",
        "tool:warehouse": "Snowflake",
        "expertise:sql": "expert",
        "preference:depth": "expert",
        "preference:format": "code",
    },
    "product manager": {"role": "product manager", "goal": "show that evaluators come back after week one"},
    "junior analyst": {"role": "analyst", "seniority": "junior", "preference:depth": "foundational"},
}
BESIDE = {
    "goal": "grow the sourdough bakery next door",
    "project": "the greenhouse irrigation rewrite",
    "tool:language": "Haskell",
    "tool:crm": "Salesforce",
    "constraint": "no deliveries on Sundays",
    "criterion": "fewer returns from customers in Norway",
    "background": "ten years as a marine biologist",
    "expertise:beekeeping": "expert",
    "expertise:tax-law": "foundational",
    "other:favourite-team": "the harbour rowing club",
}
NEWCOMER, EXPERT = "junior analyst", "data engineer"


@dataclass(frozen=True, slots=True)
class Base:
    index: Index
    glossary: tuple[Term, ...]


def main() -> None:
    """Print the figures, or one question's answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, default=DOCS)
    parser.add_argument("--show", metavar="QUESTION")
    given = parser.parse_args()
    base = read_base(given.docs)
    people = {name: make_beliefs(held) for name, held in PEOPLE.items()}
    if given.show:
        for name, beliefs in {"nobody known": (), **people}.items():
            show(name, *answer(base, given.show, beliefs))
        return
    for title, questions in (("forty questions", QUESTIONS), ("sixty more", MORE)):
        print(f"\n{title}")
        print_figures(base, people, questions)
    print_irrelevant(base, [*QUESTIONS, *MORE])


def read_base(docs: Path) -> Base:
    """The folder's Markdown, split and indexed."""
    passages = [
        passage
        for path in sorted(docs.glob("*.md"))
        for passage in split(Document(path=path.name, title=title_of(path), text=path.read_text("utf-8"), digest=""))
    ]
    return Base(Index(passages), find_terms(passages))


def title_of(path: Path) -> str:
    found = re.search(r"^# (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else path.stem


def make_beliefs(held: dict[str, str]) -> tuple[Belief, ...]:
    """Beliefs held at 0.8, each on one quote."""
    return tuple(
        Belief(
            address=address,
            value=value,
            confidence=0.8,
            mass=2.0,
            evidence=(
                Observation(
                    address=address, value=value, weight=1, source=Source.STATED, quote=value, message="m", at=NOW
                ),
            ),
            valid_from=NOW,
            recorded_at=NOW,
        )
        for address, value in held.items()
    )


def answer(base: Base, question: str, beliefs: tuple[Belief, ...]) -> tuple[Reply, Settled]:
    """The whole line, with the decision set to answer."""
    query = enrich(question, (), beliefs)
    ranked = base.index.search(query, frozenset({EVERYONE}), PASSAGES)
    asked = Asked(query=query, ranked=ranked, audience=ALONE, beliefs=beliefs, glossary=base.glossary)
    settled = Settled(judgement=ANSWERED, plan=make_plan(query, beliefs, base.glossary, ranked))
    return finish(asked, settled, write_offline(asked, settled)), settled


def show(name: str, reply: Reply, settled: Settled) -> None:
    plan = settled.plan
    print(f"\n=== {name} ({plan.depth}, {plan.lens}, {plan.form}, {len(reply.text.split())} words)\n\n{reply.text}\n")
    print("   ", "; ".join(f"[{one.number}] {one.title}" for one in reply.citations))
    for line in plan.why:
        print("    why:", line)


def print_irrelevant(base: Base, questions: Sequence[str]) -> None:
    """How many answers change or mention anything because of beliefs that have nothing to do with the question."""
    beside = make_beliefs(BESIDE)
    told = [topic_of(one) if value in list(Depth) else value for one, value in BESIDE.items()]
    differing, mentioning = [], []
    for question in questions:
        bare, full = answer(base, question, ())[0], answer(base, question, beside)[0]
        differing += [question] * (bare.text != full.text)
        mentioning += [question] * any(one.lower() in full.text.lower() for one in told)
    print(f"\nirrelevant beliefs, {len(questions)} questions: {len(differing)} differ, {len(mentioning)} mention one")
    for question in dict.fromkeys((*differing, *mentioning)):
        print("   ", question)


def print_figures(base: Base, people: dict[str, tuple[Belief, ...]], questions: Sequence[str]) -> None:
    """Every figure, a line each."""
    alike, same_passages, easier, defined, times, empty, words = [], [], [], [], [], [], {}
    for question in questions:
        replies: dict[str, Reply] = {}
        for name, beliefs in people.items():
            start = time.perf_counter()
            replies[name], _ = answer(base, question, beliefs)
            times.append(time.perf_counter() - start)
            words.setdefault(name, []).append(len(replies[name].text.split()))
        pairs = list(combinations(replies.values(), 2))
        alike.append(statistics.mean(share(sentences(one), sentences(other)) for one, other in pairs))
        same_passages.append(statistics.mean(share(cited(one), cited(other)) for one, other in pairs))
        easier.append(hardness(replies[NEWCOMER]) < hardness(replies[EXPERT]))
        defined.append(undefined(replies[NEWCOMER], question, base.glossary))
        empty.append(not replies[NEWCOMER].text or not replies[EXPERT].text)
        if not easier[-1]:
            print(f"not easier: {question}")
    print(f"mean overlap of sentences, five people: {statistics.mean(alike):.2f} (worst question {max(alike):.2f})")
    print(f"mean overlap of cited passages: {statistics.mean(same_passages):.2f}")
    print(f"newcomer reads easier than expert: {statistics.mean(easier):.3f}")
    print(f"glossary terms used and not defined, newcomer: {statistics.mean(defined):.2f} an answer")
    print(f"without an answer: {sum(empty)}")
    print("words:", {name: round(statistics.mean(counts)) for name, counts in words.items()})
    ordered = sorted(times)
    print(f"time: p50 {ordered[len(times) // 2] * 1000:.1f} ms, p95 {ordered[int(len(times) * 0.95)] * 1000:.1f} ms")


def sentences(reply: Reply) -> frozenset[str]:
    """The answer's lines and sentences, bare."""
    bare = re.sub(r"\[\d+\]|\*\*[^*]+\*\*:?", "", reply.text)
    return frozenset(one.strip(" -.") for one in re.split(r"(?<=[.:])\s+|\n", bare) if len(one.split()) > 3)


def cited(reply: Reply) -> frozenset[str]:
    return frozenset(one.passage for one in reply.citations)


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """Overlap of two sets against both together, 0-1."""
    return len(left & right) / len(left | right) if left | right else 1.0


def hardness(reply: Reply) -> float:
    """How hard an answer's prose reads, by `level`: tables, code and markers aside."""
    prose = re.sub(r"```.*?```|^\|[^\n]*$|\[\d+\]|[*`]|^- ", "", reply.text, flags=re.DOTALL | re.MULTILINE)
    return level(prose).level


def undefined(reply: Reply, question: str, glossary: Sequence[Term]) -> int:
    """How many glossary terms, not everyday words nor the person's own, an answer uses undefined."""
    used = set(content_terms(reply.text)) - set(content_terms(question))
    return sum(
        1
        for term in glossary
        if is_jargon(term.name)
        and set(content_terms(term.name)) <= used
        and f"**{term.name.lower()}**" not in reply.text.lower()
    )


if __name__ == "__main__":
    main()
