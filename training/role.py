"""Fit the phrases that vote for a role: `python training/role.py --data DIR [--write]`.

DIR holds `qmsum_ami.jsonl.gz` (meetings of the AMI corpus as shipped with QMSum; AMI is CC BY 4.0, QMSum MIT): 80
people in four roles, in 20 groups. A logistic regression over words and pairs of words of the first 100 to 4,000
words of each person, the mean over groups drawn anew; each phrase keeps one vote, for the role it speaks for most. What
other people's chat is full of (the other `*.jsonl.gz` in DIR, user turns only) has no vote. Figures are
cross-validated, leaving one group out, on the path that serves people: observe, revise, read. Deterministic. The
options were chosen on these figures; docs/self-model.md says what is left of them when chosen inside each fold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.self_model.model import Belief, SelfModel, Source
from bot.self_model.observe import observe, observe_manner
from bot.self_model.revise import revise
from bot.self_model.role_model import WORD, Votes, phrases_of
from bot.turn import Member, Message
from bot.words import STOP_WORDS

ROLES = {
    "Project Manager": "project manager",
    "Marketing": "marketing expert",
    "User Interface": "user interface designer",
    "Industrial Designer": "industrial designer",
}
WORD_COUNTS = (100, 300, 1000)
FIT_COUNTS = (100, 300, 600, 1000, 2000, 4000)  # words of each person that the regression sees
RESAMPLES = 20  # draws of as many groups as there are, with replacement; weights are the mean over a fit on each
LEAST_PEOPLE = 4  # who must use a phrase, in all that they said, for it to have a vote
LEAST_VOTE = 0.06  # weights below are dropped
COMMON = 3e-5  # share of other people's words above which a phrase has no vote
NAMED = 4  # a word written with a capital so many times as often as without is a name
STRENGTH = 40.0  # inverse of the L2 penalty
SCALE = 0.13  # from the regression's log-odds to weight: set so that confidence is calibrated (printed below)
FILLERS = frozenset(
    """
    actually ah dunno alright anyway basically bit cause cool course exactly fine first five four get gets getting
    go goes going gonna good got guess hm hmm huh kind kinda know let lets like lot make makes maybe mean mister mm mmm
    need nice oh okay one probably really right said say second see something sort sure thing things think three
    two uh um wanna want way well yeah yep yes
    """.split()
)
OUT = Path(__file__).parent.parent / "bot/self_model/weights/role.json"
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SOMEONE = Member("training", "someone")

Person = tuple[str, str, tuple[str, ...]]  # group, role, what they said in order


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="fit on everybody and write the weights")
    given = parser.parse_args()
    people = list(read_people(given.data / "qmsum_ami.jsonl.gz"))
    others = list(read_others(given.data))
    common = count_common(others)
    cross_validate(people, common)
    print_guard(others[1::2], fit(people, count_common(others[::2])))
    if given.write:
        write(fit(people, common))


def read_people(path: Path) -> Iterator[Person]:
    """Each person of each group with what they said over its meetings."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        meetings = sorted((json.loads(line) for line in lines), key=lambda meeting: meeting["id"])
    for group, of_group in groupby(meetings, key=lambda meeting: meeting["group"]):
        said: dict[str, list[str]] = {}
        for meeting in of_group:
            for speaker, text in meeting["turns"]:
                if text.strip():
                    said.setdefault(speaker, []).append(text)
        for speaker, texts in sorted(said.items()):
            yield group, ROLES[speaker], tuple(texts)


def read_others(folder: Path) -> Iterator[str]:
    """What people of other, unknown roles wrote to assistants and in chats."""
    for name in ("cast_rewrite", "eurtad_feedback", "mtrag_un", "abgcoqa"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from user_texts(json.loads(line))


def user_texts(record: Mapping[str, Any]) -> Iterator[str]:
    """The user's words in a record of any of these sets."""
    for key in ("question", "text", "user_reply", "utterance", "raw", "query"):
        if isinstance(record.get(key), str):
            yield record[key]
    for turn in record.get("history") or ():
        if turn.get("role", turn.get("speaker", "user")) == "user":
            yield turn.get("text", turn.get("user", ""))


def count_common(texts: Iterable[str]) -> frozenset[str]:
    """The phrases that make up more than their share of other people's words."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(phrases(text))
    total = sum(counts.values())
    return frozenset(phrase for phrase, count in counts.items() if count / total > COMMON)


def phrases(text: str) -> list[str]:
    return [phrase for _, _, phrase in phrases_of(list(WORD.finditer(text)))]


def first_words(texts: Sequence[str], count: int) -> list[str]:
    """The first messages, the last one cut so that there are `count` words."""
    taken: list[str] = []
    left = count
    for text in texts:
        words = text.split()[:left]
        taken.append(" ".join(words))
        left -= len(words)
        if left <= 0:
            break
    return taken


def fit(people: Sequence[Person], common: frozenset[str]) -> Votes:
    """The votes that these people's words give."""
    counts = [count_phrases(texts, n) for n in FIT_COUNTS for _, _, texts in people]
    users = Counter(phrase for _, _, texts in people for phrase in count_phrases(texts))
    names = find_names(people)
    known = sorted(
        phrase
        for phrase, n in users.items()
        if n >= LEAST_PEOPLE and phrase not in common and tells_something(phrase) and names.isdisjoint(phrase.split())
    )
    place = {phrase: number for number, phrase in enumerate(known)}
    rarity = np.array([math.log((1 + len(people)) / (1 + users[phrase])) + 1 for phrase in known])
    weights = average_fits(people, vectorize(counts, place, rarity)) * rarity * SCALE
    roles = sorted({role for _, role, _ in people})
    best = weights.argmax(axis=0)
    return {
        phrase: (roles[best[number]], round(float(weights[best[number], number]), 4))
        for phrase, number in place.items()
        if weights[best[number], number] >= LEAST_VOTE
    }


@cache
def count_phrases(texts: tuple[str, ...], words: int | None = None) -> Counter[str]:
    """How often each phrase is said in the first words of these messages, or in all of them."""
    return Counter(phrases("\n".join(texts if words is None else first_words(texts, words))))


def average_fits(people: Sequence[Person], matrix: Any) -> Any:
    """Weights by role and phrase, the mean over regressions on groups drawn anew: a row of `matrix` for each person
    at each of the FIT_COUNTS. A weight that hangs on one group's talk, and is gone without it, comes out small."""
    labels = np.array([role for _ in FIT_COUNTS for _, role, _ in people])
    groups = np.array([group for _ in FIT_COUNTS for group, _, _ in people])
    names = np.unique(groups)
    dice = np.random.default_rng(0)
    total = np.zeros((len(np.unique(labels)), matrix.shape[1]))
    for _ in range(RESAMPLES):
        drawn = Counter(dice.choice(names, len(names)).tolist())
        times = np.array([drawn[group] for group in groups], dtype=float)
        rows = times > 0
        model = LogisticRegression(C=STRENGTH, max_iter=500).fit(matrix[rows], labels[rows], sample_weight=times[rows])
        total += model.coef_ - model.coef_.mean(axis=0)
    return total / RESAMPLES


def find_names(people: Sequence[Person]) -> frozenset[str]:
    """Words that are nearly always written with a capital and are part of no role: names of people."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for _, _, texts in people:
        for word in WORD.findall(" ".join(texts)):
            (capital if word[0].isupper() else small)[word.lower()] += 1
    titles = {word for role in ROLES.values() for word in role.split()}
    return frozenset(word for word, count in capital.items() if count > NAMED * small[word] and word not in titles)


def tells_something(phrase: str) -> bool:
    """Whether a person could see why the phrase is a sign: it has a word that is no small word or filler."""
    return any(word not in STOP_WORDS and word not in FILLERS for word in re.findall(r"[a-z]{3,}", phrase))


def vectorize(counts: Sequence[Counter[str]], place: Mapping[str, int], rarity: Any) -> Any:
    """A row a text, normed: damped counts times rarity."""
    rows, columns, values = [], [], []
    for row, used in enumerate(counts):
        for phrase, count in used.items():
            if phrase in place:
                rows.append(row)
                columns.append(place[phrase])
                values.append(sum(1 / n for n in range(1, count + 1)) * rarity[place[phrase]])
    matrix = csr_matrix((values, (rows, columns)), shape=(len(counts), len(place)))
    norms = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    return csr_matrix(matrix / np.where(norms == 0, 1, norms))


def believe(texts: Sequence[str], votes: Votes, *, rules: bool = True) -> Belief | None:
    """The belief at `role` after these messages, a minute apart, on the path that serves people."""
    observations = []
    for number, text in enumerate(texts):
        at = START + timedelta(minutes=number)
        message = Message(id=f"m{number}", author=SOMEONE, text=text, at=at)
        observations += observe_manner(message, votes)
        told = observe(message) if rules else ()
        observations += [one for one in told if one.address == "role" and one.source is not Source.BEHAVIOUR]
    at = START + timedelta(minutes=len(texts))
    return revise(SelfModel(member=SOMEONE), observations, at).at("role")


def cross_validate(people: Sequence[Person], common: frozenset[str]) -> None:
    """Print the figures of the data's own measure, each person judged by votes from the other groups."""
    held: dict[tuple[bool, int], list[tuple[float, bool]]] = {}
    for group in sorted({group for group, _, _ in people}):
        votes = fit([one for one in people if one[0] != group], common)
        for _, role, texts in (one for one in people if one[0] == group):
            for rules in (True, False):
                for count in WORD_COUNTS:
                    belief = believe(first_words(texts, count), votes, rules=rules)
                    sure = belief.confidence if belief else 0.0
                    held.setdefault((rules, count), []).append((sure, belief is not None and fits(belief.value, role)))
    for (rules, count), judged in sorted(held.items(), reverse=True):
        print(f"{'statements and manner' if rules else 'manner alone':22} @{count:5} {summary(judged)}")


def fits(value: str, role: str) -> bool:
    """Whether a value names this role (the statements use other words for it, too)."""
    names = {
        "project manager": ("project manager", "project leader", "manager", "PM", "chair"),
        "marketing expert": ("market",),
        "user interface designer": ("interface",),
        "industrial designer": ("industrial",),
    }
    return any(name in value for name in names[role]) and ("market" not in value or "market" in role)


def summary(judged: Sequence[tuple[float, bool]]) -> str:
    """Accuracy with its standard error, coverage, Brier against the base rate's, calibration error."""
    right = sum(correct for _, correct in judged) / len(judged)
    error = math.sqrt(right * (1 - right) / len(judged))
    claimed = [(sure, correct) for sure, correct in judged if sure > 0]
    brier = sum((sure - correct) ** 2 for sure, correct in claimed) / len(claimed)
    rate = sum(correct for _, correct in claimed) / len(claimed)
    return (
        f"accuracy {right:.3f} ± {1.96 * error:.3f}  coverage {len(claimed) / len(judged):.2f}  Brier {brier:.3f} "
        f"(base rate {rate * (1 - rate):.3f})  ECE {calibration_error(claimed):.3f}"
    )


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """The gap between confidence and the share that is right, over ten equal bins."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, correct in judged:
        bins.setdefault(min(9, int(sure * 10)), []).append((sure, correct))
    gaps = (abs(sum(s for s, _ in one) - sum(c for _, c in one)) for one in bins.values())
    return sum(gaps) / len(judged)


def print_guard(others: Sequence[str], votes: Votes) -> None:
    """How often people of unknown roles, made up of 40 texts each, are taken for one of the four: people whose words
    did not help to choose what has no vote."""
    crowd = [others[start : start + 40] for start in range(0, min(len(others), 8000) - 40, 40)]
    beliefs = [believe(texts, votes, rules=False) for texts in crowd]
    usable = sum(1 for one in beliefs if one is not None and one.usable)
    sure = sum(1 for one in beliefs if one is not None and one.confidence >= 0.55)
    print(f"others: {len(crowd)} crowds of 40 texts, usable role {usable}, fairly sure {sure}; {len(votes)} votes")


def write(votes: Votes) -> None:
    """The votes with where they come from."""
    table: dict[str, dict[str, float]] = {role: {} for role in sorted(ROLES.values())}
    for phrase, (role, weight) in sorted(votes.items()):
        table[role][phrase] = weight
    header = {
        "script": "training/role.py",
        "data": "AMI corpus meetings as shipped with QMSum: 80 people, four roles",
        "licence": "AMI: CC BY 4.0; QMSum: MIT",
        "votes": table,
    }
    OUT.write_text(json.dumps(header, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
