"""Teach a language model to read statements, for the small reader to learn from: `python training/teacher.py --model
MINILM --out DIR`.

all-MiniLM-L6-v2 (Apache-2.0; a folder that holds it) is fine-tuned on the labels of words (`training/statements.py`,
`training/labels.py`), cross-entropy, AdamW, four passes. It reads far better than the small network that is shipped,
and far too slowly for a message's way through the bot; so it is asked how likely each label is for each word of many
messages, and `training/tagger.py` learns its answers: those of the labelled messages, of two variants of each with
other words of the same kind in place of what is stated, and of messages without labels. Eight writers who came later
are left out, so that neither teacher nor network has seen them. Needs torch and transformers, which are no dependencies
of the project.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from labels import IGNORED, all_labels, fill_anew, label_words, sort_fillers
from statements import LATER, SAID, Labelled, read_all, read_unlabelled
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from bot.self_model.tagger import WORD
from bot.turn import Said

PASSES, BATCH, RATE, RATE_OUT, WARM = 4, 32, 2e-4, 1e-3, 200
VARIANTS = 2  # of each labelled message that states something
LONGEST, LONGEST_ASKED, PIECES = 180, 60, 6  # words of a message; pieces of what was said before; of a word
ROWS = 64  # messages asked about at once


class Teacher(nn.Module):
    """The language model with a layer that labels words, each by its first piece and the whole message."""

    def __init__(self, folder: Path, labels: Sequence[str]) -> None:
        super().__init__()
        self.tokens = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder)
        self.out = nn.Linear(2 * self.model.config.hidden_size, len(labels))
        self.drop = nn.Dropout(0.1)

    def forward(self, pieces: Any, mask: Any, parts: Any) -> Any:
        held = self.model(input_ids=pieces, attention_mask=mask, token_type_ids=parts).last_hidden_state
        return self.out(self.drop(torch.cat([held, held[:, :1].expand_as(held)], -1)))

    def encode(self, text: str, context: Sequence[Said], labels: Sequence[int]) -> dict[str, list[int]]:
        """A message as pieces: what was said just before, if anything, then its words."""
        pieces, parts, first = [self.tokens.cls_token_id], [0], []
        if context:
            asked = ("bot: " if context[-1].by_bot else "said: ") + context[-1].text
            known = self.tokens(asked[:300], add_special_tokens=False)["input_ids"][:LONGEST_ASKED]
            pieces += [*known, self.tokens.sep_token_id]
            parts += [0] * (len(known) + 1)
        words = [found.group() for found in WORD.finditer(text)][:LONGEST]
        for word in self.tokens(words, add_special_tokens=False)["input_ids"] if words else ():
            first.append(len(pieces))
            known = (word or [self.tokens.unk_token_id])[:PIECES]
            pieces += known
            parts += [1] * len(known)
        pieces, parts = [*pieces, self.tokens.sep_token_id], [*parts, 1]
        return {"pieces": pieces, "parts": parts, "first": first, "labels": list(labels[: len(first)])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the folder for what it says")
    given = parser.parse_args()
    every = read_all()
    labels = all_labels(every)
    taught = [one for hand, of in every.items() if hand not in LATER for one in of if WORD.search(one.message.text)]
    given.out.mkdir(parents=True, exist_ok=True)
    teacher, learned = Teacher(given.model, labels), given.out / "teacher.pt"
    if learned.exists():  # it need not learn again when there are more messages to ask about
        teacher.load_state_dict(torch.load(learned))
        teacher.eval()
    else:
        torch.save(learn(teacher, taught, labels).state_dict(), learned)
    rng = random.Random(1)
    fillers = sort_fillers(taught)
    asked: list[tuple[str, tuple[Said, ...], list[str]]] = []
    for one in taught:
        asked.append((one.message.text, one.message.context, label_words(one)))
        asked += [
            (other.message.text, other.message.context, label_words(other))
            for other in (fill_anew(one, fillers, rng) for _ in range(VARIANTS if one.expected else 0))
        ]
    asked += [(text, (), []) for text in read_unlabelled()]
    (given.out / SAID).write_bytes(pickle.dumps((labels, list(ask(teacher, asked)))))


def learn(teacher: Teacher, taught: Sequence[Labelled], labels: Sequence[str]) -> Teacher:
    """The teacher after all passes."""
    torch.manual_seed(0)
    random.seed(0)
    numbers = {label: number for number, label in enumerate(labels)} | {"": IGNORED}
    rows = [
        teacher.encode(one.message.text, one.message.context, [numbers[label] for label in label_words(one)])
        for one in taught
    ]
    steps = PASSES * (len(rows) // BATCH + 22)
    optimizer = torch.optim.AdamW(
        [
            {"params": teacher.model.parameters(), "lr": RATE},
            {"params": teacher.out.parameters(), "lr": RATE_OUT},
        ],
        weight_decay=0.01,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / WARM) * max(0.0, 1 - step / steps)
    )
    for number in range(PASSES):
        teacher.train()
        for batch in batches(rows):
            *inputs, wanted = stack(batch)
            loss = functional.cross_entropy(
                teacher(*inputs).flatten(0, 1), wanted.flatten(), ignore_index=IGNORED, label_smoothing=0.02
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        print(f"pass {number + 1} of {PASSES}: {loss.item():.3f}", flush=True)
    return teacher.eval()


def batches(rows: list[dict[str, list[int]]]) -> list[list[dict[str, list[int]]]]:
    """The messages in batches of like length, in a new order each time."""
    random.shuffle(rows)
    made = []
    for start in range(0, len(rows), BATCH * 20):
        some = sorted(rows[start : start + BATCH * 20], key=lambda one: len(one["pieces"]))
        made += [some[first : first + BATCH] for first in range(0, len(some), BATCH)]
    random.shuffle(made)
    return made


def stack(batch: Sequence[dict[str, list[int]]]) -> tuple[Any, ...]:
    """Messages side by side, filled up to the longest; a label stands at the first piece of its word."""
    longest = max(len(one["pieces"]) for one in batch)
    pieces, mask, parts = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    wanted = torch.full((len(batch), longest), IGNORED)
    for row, one in enumerate(batch):
        size = len(one["pieces"])
        pieces[row, :size], mask[row, :size] = torch.tensor(one["pieces"]), 1
        parts[row, :size] = torch.tensor(one["parts"])
        if one["labels"]:
            wanted[row, one["first"]] = torch.tensor(one["labels"])
    return pieces, mask, parts, wanted


def ask(teacher: Teacher, asked: Sequence[tuple[str, tuple[Said, ...], list[str]]]) -> Any:
    """What the teacher says of each message: (text, context, labels if known, likely labels a word)."""
    rows = [teacher.encode(text, context, ()) for text, context, _ in asked]
    order = sorted((number for number, row in enumerate(rows) if row["first"]), key=lambda one: len(rows[one]["first"]))
    for start in range(0, len(order), ROWS):
        numbers = order[start : start + ROWS]
        with torch.no_grad():
            *inputs, _ = stack([rows[number] for number in numbers])
            likely = functional.softmax(teacher(*inputs), -1).numpy()
        for row, number in enumerate(numbers):
            yield *asked[number], likely[row, rows[number]["first"]].astype(np.float16)
        if start // ROWS % 100 == 0:
            print(f"asked about {start} of {len(order)}", flush=True)


if __name__ == "__main__":
    main()
