"""Learn how likely a finding is right: `python training/verdict.py [--write]`.

Findings of the rules and of the learned reader on messages by the writers who came later (`training/statements.py`),
right or not by their labels; what the reader makes of a message comes from a network that has seen none of these
writers (`training/tagger.py`). Beside them what the rules find on all other labelled messages, where what
the network says counts by weights of its own, as it has seen them: so only their words teach anything. A logistic
regression on the features of `bot/self_model/verdict.py`; figures are cross-validated, a writer of the eight left out
at a time. `--write` fits on all and keeps the weights that are not near zero.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from statements import LATER, Labelled, fits, is_right, read_all

from bot.self_model.learned import find_spans, is_told, judged_ones, name_span, place
from bot.self_model.observe import observe_rules
from bot.self_model.tagger import Tags, tag
from bot.self_model.verdict import ANYWHERE, LOOKS, Candidate, Words, describe

OUT = Path(__file__).parent.parent / "bot/self_model/weights/verdict.json"
STRENGTH = 0.2  # inverse of the L2 penalty
FEWEST = 3  # findings that must have a feature for it to count
LEAST = 0.01  # weights nearer to zero are dropped
BOUNDS = (0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its features, whether it is right (None: arguable), and which expected items it says."""

    hand: str
    candidate: Candidate
    features: dict[str, float]
    right: bool | None
    says: tuple[int, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    found: list[Found] = []
    expected = 0
    for one in (one for messages in read_all().values() for one in messages):
        tags = tag(one.message.text, one.message.context)
        if tags.words:
            found += find_all(one, tags, expected)
            expected += len(one.expected) if one.hand in LATER else 0
    seen = [one for one in found if one.hand not in LATER]
    found = [one for one in found if one.hand in LATER]
    print(f"{len(found)} findings, {expected} expected items, {len(seen)} findings beside them")
    shares = cross_validate(found, seen)
    rules = [one.candidate.by_rule for one in found]
    print("rules as they are:  ", measure([f for f, r in zip(found, rules, strict=True) if r], None, expected))
    print("rules, judged:      ", curve(pick(found, rules), pick(shares, rules), expected))
    print("rules and reader:   ", curve(found, shares, expected))
    if given.write:
        write([*seen, *found])


def find_all(one: Labelled, tags: Tags, first: int) -> Iterator[Found]:
    """All that the rules and the reader find in a message. `first`: the number of its first expected item."""
    text, words = one.message.text, Words(one.message.text)
    observed = judged_ones(observe_rules(one.message))
    by_rule = [place(text, each) for each in observed]
    spans = [each for each in find_spans(tags) if not is_told(each, by_rule)]
    values = [(each.address, each.value) for each in observed]
    values += [name_span(text[each.start : each.end], tags, each) for each in spans]
    for candidate, (address, value) in zip([*by_rule, *spans], values, strict=True):
        if not address:
            continue
        features = dict(describe(words, tags, candidate))
        features |= dict.fromkeys(words.anywhere(), ANYWHERE)
        if one.hand not in LATER:
            if not candidate.by_rule:
                continue
            features = {f"seen {name}" if is_look(name) else name: size for name, size in features.items()}
            features["seen"] = 1.0
        right = is_right(one, address, value, candidate.start, candidate.end)
        says = [
            first + number
            for number, (item, start, end) in enumerate(one.expected)
            if fits(item, address, value, overlaps=start < candidate.end and candidate.start < end)
        ]
        yield Found(one.hand, candidate, features, right, tuple(says[:1]))


def is_look(name: str) -> bool:
    """Whether a feature tells what the reader made of a finding."""
    return name.endswith(LOOKS) and ":" not in name


def cross_validate(found: Sequence[Found], seen: Sequence[Found]) -> list[float]:
    """How likely each finding is right, by weights from the other writers."""
    shares = np.zeros(len(found))
    for hand in sorted(LATER):
        inside = np.array([one.hand == hand for one in found])
        names, model = fit([*seen, *(one for one in found if one.hand != hand)])
        rows = names.transform([one.features for one in found if one.hand == hand])
        shares[inside] = model.predict_proba(rows)[:, 1]
    return [float(one) for one in shares]


def fit(found: Sequence[Found]) -> tuple[DictVectorizer, LogisticRegression]:
    """The regression on those findings that are right or wrong."""
    clear = [one for one in found if one.right is not None]
    often = Counter(name for one in clear for name in one.features)
    names = DictVectorizer()
    kept = [{name: size for name, size in one.features.items() if often[name] >= FEWEST} for one in clear]
    rows = names.fit_transform(kept)
    return names, LogisticRegression(C=STRENGTH, max_iter=400, tol=1e-3).fit(rows, [one.right for one in clear])


def pick(some: Sequence[Any], which: Sequence[bool]) -> list[Any]:
    return [one for one, wanted in zip(some, which, strict=True) if wanted]


def measure(found: Sequence[Found], shares: Sequence[float] | None, expected: int, least: float = 0.0) -> str:
    """Precision and recall of the findings at or above a share."""
    kept = [one for number, one in enumerate(found) if shares is None or shares[number] >= least]
    right = sum(one.right is True for one in kept)
    wrong = sum(one.right is False for one in kept)
    said = len({number for one in kept for number in one.says})
    return f"precision {right / max(1, right + wrong):.3f} recall {said / expected:.3f}"


def curve(found: Sequence[Found], shares: Sequence[float], expected: int) -> str:
    """Precision and recall at several bounds."""
    return " | ".join(f"{bound}: {measure(found, shares, expected, bound)}" for bound in BOUNDS)


def write(found: Sequence[Found]) -> None:
    """The weights with where they come from."""
    names, model = fit(found)
    weights = {
        name: round(float(one), 3)
        for name, one in zip(names.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(one) >= LEAST and not name.startswith("seen")
    }
    header = {
        "script": "training/verdict.py",
        "data": "training/statements, plain.json: labelled messages made up for this project; shown cases of the tests",
        "licence": "that of the project",
        "weights": {"": round(float(model.intercept_[0]), 3), **weights},
    }
    OUT.write_text(json.dumps(header, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
