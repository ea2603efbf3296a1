"""On the project's own documents: five people get five fitting answers. benchmarks/answers.py prints all figures;
here are the bounds that must never be passed."""

from __future__ import annotations

import importlib.util
import statistics
import sys
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from bot.turn import Reply

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "answers.py"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The benchmark as a module; its questions, people and measures are used here."""
    spec = importlib.util.spec_from_file_location("answers_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def answers(benchmark: ModuleType) -> list[dict[str, Reply]]:
    """Twenty questions, each answered for everybody."""
    base = benchmark.read_base(benchmark.DOCS)
    people = {name: benchmark.make_beliefs(held) for name, held in benchmark.PEOPLE.items()}
    return [
        {name: benchmark.answer(base, question, beliefs)[0] for name, beliefs in people.items()}
        for question in benchmark.QUESTIONS[:20]
    ]


def test_everybody_gets_a_cited_answer(answers: list[dict[str, Reply]]) -> None:
    assert all(reply.text and reply.citations for replies in answers for reply in replies.values())


def test_the_answers_are_not_the_same(benchmark: ModuleType, answers: list[dict[str, Reply]]) -> None:
    """On average no more than half of what two of them say is the same, against all of it in a generic answer."""
    overlaps = [
        benchmark.share(benchmark.sentences(one), benchmark.sentences(other))
        for replies in answers
        for one, other in combinations(replies.values(), 2)
    ]
    assert statistics.mean(overlaps) <= 0.5


def test_the_flagship_question_is_answered_five_ways(answers: list[dict[str, Reply]]) -> None:
    assert len({reply.text.split("\n")[0] for reply in answers[0].values()}) == 5


def test_the_newcomer_reads_easier_than_the_expert(benchmark: ModuleType, answers: list[dict[str, Reply]]) -> None:
    easier = [
        benchmark.hardness(replies[benchmark.NEWCOMER]) < benchmark.hardness(replies[benchmark.EXPERT])
        for replies in answers
    ]
    assert statistics.mean(easier) >= 0.85


def test_beliefs_that_do_not_bear_change_nothing(benchmark: ModuleType) -> None:
    base, beside = benchmark.read_base(benchmark.DOCS), benchmark.make_beliefs(benchmark.BESIDE)
    for question in benchmark.QUESTIONS[:10]:
        assert benchmark.answer(base, question, beside)[0].text == benchmark.answer(base, question, ())[0].text
