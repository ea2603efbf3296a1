"""Fit what enrichment carries over from earlier turns.

Data: TREC CAsT 2019-22 with the organisers' manual rewrites (treccastweb, MIT); opening questions of MTRAG-UN
(Apache-2.0), too, for changes of topic. Words are learned from turns that needed any. Figures are of 10-fold
cross-validation, conversations kept whole, the second look fitted on first looks that had not seen their conversation,
and of leaving one year out; the written weights use all of it.
Run: `python training/understand.py --data DIR`; writes bot/enrichment/weights/understand.json.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle, product
from pathlib import Path

import numpy as np
from linear_fit import Model, fit, name_weights, predict, read, write_models
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from bot.enrichment import carry
from bot.enrichment.candidates import Candidate, find_candidates
from bot.enrichment.completeness import read_completeness
from bot.enrichment.cues import points, read_cues, read_words
from bot.turn import Said
from bot.words import stem

FOLDS, INNER = 10, 5
EVERY = 2  # of the openings, one in so many is used: they are not to outweigh real follow-ups
STRENGTHS = {"leans": 0.01, "word": 0.03, "word again": 0.03}  # C of each logistic regression on standardised features
HARMLESS, PRECISE = 0.95, 0.5  # what the operating point must keep to
SMALL_WORDS = frozenset(
    """a an the of to in on for and or is are was were be been it its this that these those with as at by from i you he
    she they we do does did me my your what which who how when where why can could would should will about
    tell""".split()
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its human completion. `added`: the words the human added; `alone`: they left it as it was;
    `switch`: made up of an opening question and another conversation's history."""

    text: str
    history: tuple[Said, ...]
    added: frozenset[str]
    alone: bool
    late: bool
    group: str
    switch: bool = False

    @property
    def points(self) -> bool:
        """Whether its form shows that something is missing."""
        return shows_a_gap(self.text)


@dataclass(frozen=True, slots=True)
class Table:
    """All candidates of all turns as rows: features, whether the human added it, whether the human added any word to
    its turn, its turn's number."""

    rows: np.ndarray
    wanted: np.ndarray
    needed: np.ndarray
    turn: np.ndarray
    found: list[list[Candidate]]
    names: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the .jsonl.gz files")
    data = parser.parse_args().data
    turns = [read_turn(one) for one in read(data, "cast_rewrite")]
    turns += make_switches(turns, read(data, "mtrag_un"))
    whole = [read_completeness(one.text, one.history) for one in turns]
    table = make_table(turns)
    report(turns, whole, table)
    write_models(carry.WEIGHTS, HEADER, fit_all(turns, whole, table))


HEADER = {
    "script": "training/understand.py",
    "data": "TREC CAsT 2019-22 with manual rewrites, openings of MTRAG-UN",
    "licence": "MIT, Apache-2.0",
}


@cache
def shows_a_gap(text: str) -> bool:
    return points(read_words(text))


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_turn(record: Mapping) -> Turn:
    said = [
        Said(speaker, turn[key])
        for turn in record["history"]
        for key, speaker in (("user", "user"), ("system", "agent"))
        if turn.get(key)
    ]
    raw, human = words(record["raw"]), words(record["rewrite"])
    added = frozenset(human) - frozenset(raw) - SMALL_WORDS
    group = f"{record['year']} {record['topic']}"
    return Turn(record["raw"], tuple(said), added, raw == human, record["year"] > 2019, group)


def make_switches(turns: Sequence[Turn], records: Sequence[Mapping]) -> list[Turn]:
    """Changes of topic, which the data lacks and which need nothing: opening questions after others' conversations.

    Openings are of CAsT conversations, where the human left them as they were, and of MTRAG-UN's.
    """
    openings = {one.text: one.group for one in turns if one.alone and not one.history}
    openings |= {one["history"][0]["text"]: one["conversation_id"] for one in records if one["history"]}
    histories = [one for one in turns if one.history]
    chance = random.Random(11)
    chance.shuffle(histories)
    return [
        Turn(text, other.history, frozenset(), True, other.late, group, switch=True)
        for (text, group), other in zip(sorted(openings.items())[::EVERY], cycle(histories))
        if group != other.group
    ]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def make_table(turns: Sequence[Turn]) -> Table:
    found, rows, wanted, numbers = [], [], [], []
    for number, turn in enumerate(turns):
        cues = read_cues(turn.text, turn.history)
        some = find_candidates(turn.text, turn.history, cues)
        found.append(some)
        human = frozenset(stem(turn.added))
        rows += [cues | one.features for one in some]
        wanted += [one.stem in human for one in some]
        numbers += [number] * len(some)
    names = list(rows[0])
    measured = np.array([[row[name] for name in names] for row in rows])
    needed = np.array([bool(turns[number].added) for number in numbers])
    return Table(measured, np.array(wanted), needed, np.array(numbers), found, names)


# ── fitting ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def predict_unseen(
    rows: np.ndarray, labels: np.ndarray, used: np.ndarray, groups: Sequence[str], strength: float, folds: int
) -> np.ndarray:
    """Each row's chance by a model that has not seen its group; models are fitted on the used rows alone."""
    chances = np.zeros(len(labels))
    for seen, unseen in GroupKFold(folds).split(rows, labels, groups):
        fitted = seen[used[seen]]
        chances[unseen] = predict(fit(rows[fitted], labels[fitted], strength), rows[unseen])
    return chances


def look_again(table: Table, chances: np.ndarray, numbers: Iterable[int]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of those turns with the comparison added, and their places in the table."""
    wanted = set(numbers)
    places = np.array([at for at, number in enumerate(table.turn) if number in wanted])
    more = [
        list(one.values())
        for number in sorted(wanted)
        for one in carry.compare(table.found[number], chances[table.turn == number].tolist())
    ]
    return np.column_stack([table.rows[places], np.array(more)]), places


def fit_words(table: Table, groups: np.ndarray, seen: np.ndarray) -> tuple[Model, Model]:
    """The two models of words, from these rows, as far as their turns needed words: the second look is fitted on first
    looks that had not seen their conversation."""
    fitted = seen[table.needed[seen]]
    first = np.zeros(len(groups))
    first[fitted] = predict_unseen(
        table.rows[fitted], table.wanted[fitted], table.needed[fitted], groups[fitted], STRENGTHS["word"], INNER
    )
    rows, places = look_again(table, first, set(table.turn[fitted].tolist()))
    word = fit(table.rows[fitted], table.wanted[fitted], STRENGTHS["word"])
    return word, fit(rows, table.wanted[places], STRENGTHS["word again"])


def cross_validate_words(
    table: Table, groups: np.ndarray, folds: Iterable[tuple[np.ndarray, np.ndarray]]
) -> np.ndarray:
    chances = np.zeros(len(table.wanted))
    for seen, unseen in folds:
        word, again = fit_words(table, groups, seen)
        first = np.zeros(len(chances))
        first[unseen] = predict(word, table.rows[unseen])
        rows, places = look_again(table, first, set(table.turn[unseen].tolist()))
        chances[places] = predict(again, rows)
    return chances


def cross_validate_leans(turns: Sequence[Turn], whole: Sequence[Mapping[str, float]], groups: np.ndarray) -> np.ndarray:
    """The chance that each turn leans on earlier ones, by a model that has not seen its group; 0 for openings."""
    followups = np.array([bool(one.history) for one in turns])
    rows = np.array([list(one.values()) for one in whole])[followups]
    labels = np.array([not one.alone for one in turns])[followups]
    chances = np.zeros(len(turns))
    some = groups[followups]
    used, folds = np.ones(len(labels), dtype=bool), min(FOLDS, len(set(some)))
    chances[followups] = predict_unseen(rows, labels, used, some, STRENGTHS["leans"], folds)
    return chances


def fit_all(turns: Sequence[Turn], whole: Sequence[Mapping[str, float]], table: Table) -> dict:
    """All three models on everything."""
    followups = np.array([bool(one.history) for one in turns])
    rows = np.array([list(one.values()) for one in whole])
    labels = np.array([not one.alone for one in turns])
    groups = np.array([turns[number].group for number in table.turn])
    word, again = fit_words(table, groups, np.arange(len(groups)))
    more = list(carry.compare(table.found[int(table.turn[0])], [0.1] * len(table.found[int(table.turn[0])]))[0])
    return {
        "leans": name_weights(fit(rows[followups], labels[followups], STRENGTHS["leans"]), list(whole[0])),
        "word": name_weights(word, table.names),
        "word again": name_weights(again, table.names + more),
    }


# ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def report(turns: Sequence[Turn], whole: Sequence[Mapping[str, float]], table: Table) -> None:
    """Print the figures of models that had not seen the conversation, and of models that had not seen the year."""
    topics = np.array([one.group for one in turns])
    leans = cross_validate_leans(turns, whole, topics)
    needed = np.array([not one.alone for one in turns])
    real = np.array([bool(one.history) and not one.switch for one in turns])
    print(f"leans: AUC {roc_auc_score(needed[real], leans[real]):.3f} of {real.sum()} follow-ups")
    groups = topics[table.turn]
    best = order(table, cross_validate_words(table, groups, GroupKFold(FOLDS).split(groups, groups=groups)))
    shipped = (carry.LEANS, carry.GOOD, carry.CLOSE, carry.MOST)
    print(f"shipped {shipped}: {describe(score(turns, leans, best, shipped))}")
    for good in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        print(f"from {good}: {describe(score(turns, leans, best, (carry.LEANS, good, carry.CLOSE, carry.MOST)))}")
    tried = [
        (score(turns, leans, best, point), point)
        for point in product((0, 0.6, 0.7, 0.75, 0.8), (0.1, 0.15, 0.2, 0.25, 0.3, 0.4), (0, 0.5, 0.6, 0.7), (2, 3, 4))
    ]
    for harmless in (HARMLESS, 0.9, 0.0):
        fitting = [one for one in tried if one[0]["harmless"] >= harmless and one[0]["precision"] >= PRECISE]
        for figures, point in sorted(fitting, key=lambda one: -one[0]["recall"])[:2]:
            print(f"harmless {harmless}: {point} {describe(figures)}")
    years = np.array([one.group.split()[0] if one.group[:2] == "20" else "other" for one in turns])
    best = order(table, cross_validate_words(table, groups, leave_out(years[table.turn])))
    print(f"other years' models: {describe(score(turns, cross_validate_leans(turns, whole, years), best, shipped))}")


def leave_out(groups: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(np.flatnonzero(groups != one), np.flatnonzero(groups == one)) for one in sorted(set(groups))]


def order(table: Table, chances: np.ndarray) -> list[list[tuple[float, str]]]:
    """Each turn's candidates as (chance, form in lower case), likeliest first."""
    return [
        sorted(zip(chances[table.turn == number], (one.form.lower() for one in some), strict=True), reverse=True)
        for number, some in enumerate(table.found)
    ]


def score(
    turns: Sequence[Turn], leans: np.ndarray, best: list[list[tuple[float, str]]], point: tuple
) -> dict[str, float]:
    """Added-term recall and precision as `measure` counts them, and do-no-harm."""
    lean, good, close, most = point
    ours = [
        {form for chance, form in some[:most] if chance >= max(good, close * some[0][0])}
        if some and leans[number] >= lean and turns[number].points
        else set()
        for number, some in enumerate(best)
    ]
    figures = {"harmless switch": np.mean([not said for turn, said in zip(turns, ours, strict=True) if turn.switch])}
    pairs = [(turn, said) for turn, said in zip(turns, ours, strict=True) if not turn.switch]
    for years, late in (("", True), (" 2019", False)):
        some = [(turn.added, said) for turn, said in pairs if turn.late == late and turn.added]
        figures["recall" + years] = np.mean([len(human & said) / len(human) for human, said in some])
        figures["precision" + years] = np.mean([len(human & said) / len(said) for human, said in some if said] or [0])
    figures["harmless"] = np.mean([not said for turn, said in pairs if turn.alone])
    figures["harmless late"] = np.mean([not said for turn, said in pairs if turn.alone and turn.late])
    return {name: float(one) for name, one in figures.items()}


def describe(figures: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {one:.3f}" for name, one in figures.items())


if __name__ == "__main__":
    main()
