"""Learn which messages may say anything of their writer: `python training/gate.py --data DIR [--write]`.

Data: `training/statements.py`, all its messages; a message counts as saying something where anything is expected,
arguable or said to be over. Beside them, as messages that say nothing, what people wrote to assistants in the public
sets of DIR (see `training/role.py`), without those of the tests. A logistic regression over words and pairs. Figures
are cross-validated, a fifth of the writers left out at a time: of the messages that say something how many are kept,
and of the others how many are skipped.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from role import read_others
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from statements import CASES, read_all

from bot.self_model.gate import LEAST, terms_of
from bot.self_model.own_words import keep_own

OUT = Path(__file__).parent.parent / "bot/self_model/weights/gate.json"
NOTHING = CASES / "nothing.jsonl"
GROUPS = 5  # of writers, and of other people's messages
STEP = 2  # every second one is enough
STRENGTH = 0.3  # inverse of the L2 penalty
FEWEST = 3  # messages that must have a word for it to count
SMALLEST = 0.02  # weights nearer to zero are dropped


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    every = [one for of in read_all().values() for one in of]
    others = read_ordinary(given.data)
    texts = [one.message.text for one in every] + others
    words = [dict.fromkeys(terms_of(keep_own(text)), 1.0) for text in texts]
    says = np.array([bool(one.expected or one.allowed or one.ended) for one in every] + [False] * len(others))
    hands = sorted({one.hand for one in every})
    groups = np.array([hands.index(one.hand) % GROUPS for one in every] + [n % GROUPS for n in range(len(others))])
    shares = np.zeros(len(texts))
    for group in range(GROUPS):
        inside = groups == group
        weights = fit([one for one, left in zip(words, inside, strict=True) if not left], says[~inside])
        scores = [weights[""] + sum(weights.get(word, 0.0) for word in one) for one in words]
        shares[inside] = 1 / (1 + np.exp(-np.array(scores)[inside]))
    for bound in (0.05, 0.1, LEAST, 0.2, 0.25):
        kept, skipped = np.mean(shares[says] >= bound), np.mean(shares[~says] < bound)
        print(f"from {bound:.2f}: kept {kept:.3f} of those that say something, skipped {skipped:.3f} of the others")
    if given.write:
        header = {
            "script": "training/gate.py",
            "data": "training/statements: labelled messages made up for this project, and the shown cases of the tests",
            "licence": "that of the project",
            "weights": fit(words, says),
        }
        OUT.write_text(json.dumps(header, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def read_ordinary(folder: Path) -> list[str]:
    """What people wrote to assistants, each text once, without what the tests hold."""
    tested = {json.loads(line)["text"] for line in NOTHING.read_text("utf-8").splitlines()}
    return [text for text in dict.fromkeys(read_others(folder)) if text and text not in tested][::STEP]


def fit(words: list[dict[str, float]], says: np.ndarray) -> dict[str, float]:
    """The weight of each word that counts, and the bias under ""."""
    often = Counter(word for one in words for word in one)
    names = DictVectorizer()
    rows = names.fit_transform([{word: 1.0 for word in one if often[word] >= FEWEST} for one in words])
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(rows, says)
    weights = zip(names.get_feature_names_out(), model.coef_[0], strict=True)
    kept = {str(name): round(float(one), 3) for name, one in weights if abs(one) >= SMALLEST}
    return {"": round(float(model.intercept_[0]), 3), **kept}


if __name__ == "__main__":
    main()
