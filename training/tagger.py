"""Learn the reader of statements: `python training/tagger.py --tags DIR [--fold N | --write] [--vectors MODEL]`.

Data: `training/statements.py`. A label a word: the kind of statement it is part of (with the depth, seniority or form
where those are chosen from a list), "ended" for what is said to be over, "O" for the rest; words of arguable items
count neither way. A convolutional network of three layers (see `bot/self_model/tagger.py`), cross-entropy, AdamW, 25
passes; options were chosen by looking at one writer of eleven. With `--fold` the writers of that fold are left out and
what the network makes of their messages is written to DIR, for `training/verdict.py`; with `--write` all writers teach
it and the weights are written. `--vectors` makes the vectors of word pieces anew from a folder that holds
all-MiniLM-L6-v2 (Apache-2.0): each piece alone between the marks of begin and end, the mean of the last layer, 64
principal components, a byte each. Without it those shipped are used. Needs torch (and transformers for `--vectors`),
which are no dependencies of the project. Deterministic on one thread of one kind of processor.
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
from statements import FOLDS, Labelled, as_list, read_all
from torch import nn
from torch.nn import functional

from bot.self_model.model import kind_of
from bot.self_model.tagger import (
    LONGEST,
    NO_STATEMENT,
    OVER,
    WORD,
    describe_word,
    load_network,
    place_words,
    read_asked,
)

WEIGHTS = Path(__file__).parent.parent / "bot/self_model/weights"
WIDE, KNOWN_WORDS, OF_WORD = (
    64,
    2048,
    32,
)  # of the hidden layers; words told apart (by hash); of what a word itself adds
STEPS = (1, 2, 4)  # how far apart the three words are that a layer looks at
PASSES, BATCH, RATE, DECAY, DROPPED = 25, 32, 3e-3, 0.02, 0.3
FORGET_WORD, FORGET_VECTOR = 0.15, 0.05  # how often a word is known by its vector only, and the other way round
COMPONENTS = 64
IGNORED = -100


class Reader(nn.Module):
    """The network as it learns; `bot.self_model.tagger` runs it."""

    def __init__(self, inputs: int, asked: int, labels: int) -> None:
        super().__init__()
        self.words = nn.Embedding(KNOWN_WORDS, OF_WORD)
        nn.init.normal_(self.words.weight, std=0.1)
        self.into = nn.Linear(inputs + OF_WORD, WIDE)
        self.asked = nn.Linear(asked, WIDE)
        self.layers = nn.ModuleList([nn.Conv1d(WIDE, WIDE, 3, padding=step, dilation=step) for step in STEPS])
        self.whole = nn.Linear(2 * WIDE, WIDE)
        self.out = nn.Linear(2 * WIDE, labels)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, vectors: Any, shapes: Any, numbers: Any, asked: Any, mask: Any) -> Any:
        own = self.words(numbers)
        if self.training:
            own = own * (torch.rand(numbers.shape) > FORGET_WORD).float()[..., None]
            vectors = vectors * (torch.rand(numbers.shape) > FORGET_VECTOR).float()[..., None]
        held = self.into(torch.cat([vectors, own, shapes], -1)) + self.asked(asked)[:, None]
        held = functional.relu(held) * mask[..., None]
        for layer in self.layers:
            near = layer(self.drop(held).transpose(1, 2)).transpose(1, 2)
            held = (held + functional.relu(near)) * mask[..., None]
        message = torch.cat([held.sum(1) / mask.sum(1, keepdim=True), held.max(1)[0]], -1)
        of_message = functional.relu(self.whole(self.drop(message)))[:, None].expand_as(held)
        return self.out(self.drop(torch.cat([held, of_message], -1)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tags", type=Path, help="the folder for what is made of writers left out")
    parser.add_argument("--fold", type=int, choices=range(len(FOLDS)))
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(1)
    if given.vectors:
        write_vectors(given.vectors)
    left_out = FOLDS[given.fold] if given.fold is not None else ""
    every = read_all()
    labels = sorted({label for of in every.values() for one in of for label in label_words(one) if label})
    taught = [encode(one, labels) for hand, of in every.items() if hand not in left_out for one in of]
    reader = learn([one for one in taught if len(one["numbers"])], labels)
    if given.write:
        write(reader, labels)
    if left_out and given.tags:
        made = {
            (hand, one.case, one.message.id): predict(reader, encode(one, labels))
            for hand in left_out
            for one in every.get(hand, ())
        }
        given.tags.mkdir(parents=True, exist_ok=True)
        (given.tags / f"{given.fold}.pickle").write_bytes(pickle.dumps((labels, made)))


def label_of(item: dict[str, Any]) -> str:
    """The label of an item's words."""
    address, value = as_list(item["address"])[0], as_list(item.get("value", ""))[0].lower()
    kind, _, of = address.partition(":")
    if kind == "preference":
        deep = {"foundational": "foundational", "working": "working"}.get(value, "expert")
        return {
            "depth": f"depth={deep}",
            "length": f"length={'long' if value == 'long' else 'short'}",
            "format": f"format={value}",
        }.get(of, f"preference={of}")
    return f"{kind_of(address)}={value}" if kind in ("seniority", "expertise") else kind


def label_words(one: Labelled) -> list[str]:
    """The label of each word of a message; "" where it counts neither way."""
    spans = [found.span() for found in WORD.finditer(one.message.text)][:LONGEST]
    labels = [NO_STATEMENT] * len(spans)
    for items, name in ((one.allowed, ""), (one.ended, OVER), (one.expected, None)):
        for item, start, end in items:
            for number, (first, last) in enumerate(spans):
                if first < end and last > start:
                    labels[number] = label_of(item) if name is None else name
    return labels


def encode(one: Labelled, labels: Sequence[str]) -> dict[str, Any]:
    """A message as the network reads it."""
    text = one.message.text
    spans = [found.span() for found in WORD.finditer(text)][:LONGEST]
    described = [describe_word(text[start:end], KNOWN_WORDS) for start, end in spans]
    shapes = np.array([shape for _, _, shape in described], np.float32).reshape(len(spans), -1)
    if spans:
        shapes[:, 5], shapes[:, 6] = place_words(text, spans)
    return {
        "vectors": np.array([vector for vector, _, _ in described], np.float32),
        "numbers": np.array([number for _, number, _ in described]),
        "shapes": shapes,
        "asked": read_asked(one.message.context),
        "labels": np.array([labels.index(name) if name else IGNORED for name in label_words(one)]),
    }


def learn(taught: list[dict[str, Any]], labels: Sequence[str]) -> Reader:
    """The network after all passes."""
    torch.manual_seed(0)
    random.seed(0)
    inputs = taught[0]["vectors"].shape[1] + taught[0]["shapes"].shape[1]
    reader = Reader(inputs, len(taught[0]["asked"]), len(labels))
    steps = PASSES * (len(taught) // BATCH + 21)
    optimizer = torch.optim.AdamW(reader.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for number in range(PASSES):
        reader.train()
        for batch in batches(taught):
            *inputs_of, wanted = stack(batch)
            scores = reader(*inputs_of).flatten(0, 1)
            loss = functional.cross_entropy(scores, wanted.flatten(), ignore_index=IGNORED, label_smoothing=0.02)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            if schedule.last_epoch < steps - 1:
                schedule.step()
        print(f"pass {number + 1} of {PASSES}: {loss.item():.3f}", flush=True)
    return reader.eval()


def batches(taught: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The messages in batches of like length, in a new order each time."""
    random.shuffle(taught)
    made = []
    for start in range(0, len(taught), BATCH * 20):
        some = sorted(taught[start : start + BATCH * 20], key=lambda one: len(one["numbers"]))
        made += [some[first : first + BATCH] for first in range(0, len(some), BATCH)]
    random.shuffle(made)
    return made


def stack(batch: Sequence[dict[str, Any]]) -> tuple[Any, ...]:
    """Messages side by side, filled up to the longest."""
    longest = max(len(one["numbers"]) for one in batch)
    mask = np.zeros((len(batch), longest), np.float32)
    filled = {
        name: np.full((len(batch), longest, *batch[0][name].shape[1:]), value, batch[0][name].dtype)
        for name, value in (("vectors", 0), ("shapes", 0), ("numbers", 0), ("labels", IGNORED))
    }
    for row, one in enumerate(batch):
        mask[row, : len(one["numbers"])] = 1
        for name, all_rows in filled.items():
            all_rows[row, : len(one[name])] = one[name]
    asked = np.stack([one["asked"] for one in batch])
    vectors, shapes, numbers, wanted = (torch.from_numpy(one) for one in filled.values())
    return vectors, shapes, numbers, torch.from_numpy(asked), torch.from_numpy(mask), wanted


def predict(reader: Reader, one: dict[str, Any]) -> Any:
    """How likely each label is for each word of a message."""
    if not len(one["numbers"]):
        return np.zeros((0, reader.out.out_features), np.float32)
    with torch.no_grad():
        *inputs, _ = stack([one])
        return functional.softmax(reader(*inputs)[0], -1).numpy()


def write(reader: Reader, labels: Sequence[str]) -> None:
    """The weights as `bot.self_model.tagger` reads them, the vectors of word pieces unchanged."""
    with np.load(WEIGHTS / "tagger.npz") as table:
        held = {name: table[name] for name in ("pieces", "scale")}
    state = {name: value.detach().numpy() for name, value in reader.state_dict().items()}
    held["words"] = state["words.weight"]
    for name in ("into", "asked", "whole", "out"):
        held[f"{name}_w"], held[f"{name}_b"] = state[f"{name}.weight"].T, state[f"{name}.bias"]
    for number in range(len(STEPS)):
        weights = state[f"layers.{number}.weight"]  # out, in, 3
        held[f"layer{number}_w"] = np.concatenate([weights[:, :, place].T for place in range(3)], 0)
        held[f"layer{number}_b"] = state[f"layers.{number}.bias"]
    small = {name: one.astype(np.float16) if one.dtype == np.float32 else one for name, one in held.items()}
    np.savez_compressed(WEIGHTS / "tagger.npz", **small, labels=np.array(labels), steps=np.array(STEPS))
    load_network.cache_clear()


def write_vectors(folder: Path) -> None:
    """The vectors of word pieces from a language model; the rest of the weights stays."""
    from transformers import AutoModel, AutoTokenizer

    names = sorted(AutoTokenizer.from_pretrained(folder).get_vocab().items(), key=lambda one: one[1])
    model = AutoModel.from_pretrained(folder).eval()
    begin, end = (number for name, number in names if name in ("[CLS]", "[SEP]"))
    rows = []
    with torch.no_grad():
        for start in range(0, len(names), 512):
            pieces = torch.arange(start, min(len(names), start + 512))
            ids = torch.stack([torch.full_like(pieces, begin), pieces, torch.full_like(pieces, end)], 1)
            rows.append(model(input_ids=ids).last_hidden_state.mean(1).numpy())
    whole = np.concatenate(rows)
    whole -= whole.mean(0)
    _, _, directions = np.linalg.svd(whole[1000:], full_matrices=False)
    reduced = whole @ directions[:COMPONENTS].T
    reduced = 2 * reduced / (reduced.std(0) * np.sqrt(COMPONENTS))
    scale = (np.abs(reduced).max(1, keepdims=True) / 127 + 1e-6).astype(np.float16)
    held = dict(np.load(WEIGHTS / "tagger.npz")) if (WEIGHTS / "tagger.npz").exists() else {}
    held |= {"pieces": np.round(reduced / scale.astype(np.float32)).astype(np.int8), "scale": scale[:, 0]}
    np.savez_compressed(WEIGHTS / "tagger.npz", **held)
    (WEIGHTS / "pieces.txt").write_text("\n".join(name for name, _ in names), encoding="utf-8")


if __name__ == "__main__":
    main()
