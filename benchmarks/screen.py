"""How many short texts a second are screened on one core: `python benchmarks/screen.py`. Prints a line and no more.

The texts are the labelled chat messages of the tests, each once a round, so that most have nothing to find, as in life.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from bot.trust.screening import screen

CASES = Path(__file__).parents[1] / "tests" / "self_model" / "cases.jsonl"
ROUNDS = 20


def main() -> None:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    texts = [message["text"] for line in lines for message in json.loads(line)["messages"]]
    screen(texts[0])  # the lists are read when first needed
    started = time.perf_counter()
    for _ in range(ROUNDS):
        for text in texts:
            screen(text)
    seconds = time.perf_counter() - started
    print(f"screened {ROUNDS * len(texts) / seconds:,.0f} texts/s ({len(texts)} texts, {ROUNDS} rounds)")


if __name__ == "__main__":
    main()
