"""Learn the reader of statements: `python training/tagger.py --soft DIR [--write] [--vectors MODEL]`.

A convolutional network (see `bot/self_model/tagger.py`) learns what `training/teacher.py` left in the folder `--soft`:
for each word of many messages how likely each label is, by a language model that is too slow to ship, and the label
itself where it is known; cross-entropy, AdamW. `--vectors` makes the vectors of word pieces anew from a folder that
holds all-MiniLM-L6-v2 (Apache-2.0): each piece alone between the marks of begin and end, the mean of the last layer, 64
principal components, a byte each. Without it those shipped are used. `--write` keeps the weights; without, it only
says how well it learns. Needs torch (and transformers for `--vectors`), which are no dependencies of the project.
Deterministic on one kind of processor.
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
from statements import SAID
from torch import nn
from torch.nn import functional

from bot.self_model.tagger import JOINS, STARTS, WORD, describe_word, load_network, place_words, read_asked
from bot.turn import Said

WEIGHTS = Path(__file__).parent.parent / "bot/self_model/weights"
WIDE = 256  # of the hidden layers
OF_MESSAGE = 128  # what the message as a whole adds to each word
KNOWN_WORDS, OF_WORD = 4096, 32  # words told apart (by hash); what a word itself adds
STEPS = (1, 2, 4)  # how far apart the three words are that a layer looks at, after a first look at neighbours
PASSES, BATCH, RATE, DECAY, DROPPED = 14, 32, 3e-3, 0.02, 0.1
FORGET_WORD, FORGET_VECTOR = 0.15, 0.05  # how often a word is known by its vector only, and the other way round
TRUST = 0.15  # what a label counts beside the teacher's opinion
COMPONENTS = 64
LONGEST = 180  # words that the teacher has read


class Reader(nn.Module):
    """The network as it learns; `bot.self_model.tagger` runs it."""

    def __init__(self, inputs: int, asked: int, labels: int) -> None:
        super().__init__()
        self.words = nn.Embedding(KNOWN_WORDS, OF_WORD)
        nn.init.normal_(self.words.weight, std=0.1)
        self.into = nn.Linear(inputs + OF_WORD, 3 * WIDE)
        self.asked = nn.Linear(asked, WIDE)
        self.depths = nn.ParameterList([nn.Parameter(0.5 * torch.randn(3, WIDE)) for _ in STEPS])
        self.layers = nn.ModuleList([nn.Linear(WIDE, WIDE) for _ in STEPS])
        self.whole = nn.Linear(2 * WIDE, OF_MESSAGE)
        self.out = nn.Linear(WIDE + OF_MESSAGE, labels)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, vectors: Any, shapes: Any, numbers: Any, asked: Any, mask: Any) -> Any:
        own = self.words(numbers)
        if self.training:
            own = own * (torch.rand(numbers.shape) > FORGET_WORD).float()[..., None]
            vectors = vectors * (torch.rand(numbers.shape) > FORGET_VECTOR).float()[..., None]
        inside = mask[..., None]
        of_next, of_own, of_last = (self.into(torch.cat([vectors, own, shapes], -1)) * inside).chunk(3, -1)
        held = of_own + moved(of_next, 1) + moved(of_last, -1) + self.asked(asked)[:, None]
        held = functional.relu(held) * inside
        for step, depth, layer in zip(STEPS, self.depths, self.layers, strict=True):
            seen = self.drop(held)
            near = moved(seen, step) * depth[0] + seen * depth[1] + moved(seen, -step) * depth[2]
            held = (held + functional.relu(layer(near))) * inside
        message = torch.cat([held.sum(1) / mask.sum(1, keepdim=True), held.max(1)[0]], -1)
        of_message = functional.relu(self.whole(self.drop(message)))[:, None].expand(-1, held.shape[1], -1)
        return self.out(self.drop(torch.cat([held, of_message], -1)))


def moved(rows: Any, places: int) -> Any:
    """The rows of each message so many places further on, or back, with nothing where none is."""
    size = rows.shape[1]
    if places > 0:
        return functional.pad(rows[:, : max(0, size - places)], (0, 0, min(size, places), 0))
    return functional.pad(rows[:, -places:], (0, 0, 0, min(size, -places)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--soft", type=Path, required=True, help="the folder with what the teacher said")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(1)
    if given.vectors:
        write_vectors(given.vectors)
    labels, reader = learn(given.soft / SAID)
    if given.write:
        write(reader, labels)


def encode(text: str, context: Sequence[Said]) -> dict[str, Any]:
    """A message as the network reads it."""
    spans = [found.span() for found in WORD.finditer(text)][:LONGEST]
    described = [describe_word(text[start:end], KNOWN_WORDS) for start, end in spans]
    shapes = np.array([shape for _, _, shape in described], np.float32).reshape(len(spans), -1)
    if spans:
        shapes[:, [STARTS, JOINS]] = place_words(text, spans)
    return {
        "vectors": np.array([vector for vector, _, _ in described], np.float32),
        "numbers": np.array([number for _, number, _ in described]),
        "shapes": shapes,
        "asked": read_asked(context),
    }


def wanted_of(likely: Any, known: Sequence[str], labels: Sequence[str]) -> Any:
    """What is to be learned of each word: the teacher's opinion, and its label where there is one."""
    wanted = likely.astype(np.float32)
    for number, name in enumerate(known[: len(wanted)]):
        if name:
            wanted[number] *= 1 - TRUST
            wanted[number, labels.index(name)] += TRUST
    return wanted.astype(np.float16)


def learn(soft: Path) -> tuple[list[str], Reader]:
    """The labels, and the network after all passes."""
    labels, said = pickle.loads(soft.read_bytes())
    taught = [
        encode(text, context) | {"wanted": wanted_of(likely, known, labels)} for text, context, known, likely in said
    ]
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
            *inputs_of, mask, wanted = stack(batch)
            scores = functional.log_softmax(reader(*inputs_of, mask), -1)
            loss = -(wanted * scores).sum() / mask.sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            if schedule.last_epoch < steps - 1:
                schedule.step()
        print(f"pass {number + 1} of {PASSES}: {loss.item():.3f}", flush=True)
    return labels, reader.eval()


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
        name: np.zeros((len(batch), longest, *batch[0][name].shape[1:]), kind)
        for name, kind in (
            ("vectors", np.float32),
            ("shapes", np.float32),
            ("numbers", np.int64),
            ("wanted", np.float32),
        )
        if name in batch[0]
    }
    for row, one in enumerate(batch):
        mask[row, : len(one["numbers"])] = 1
        for name, all_rows in filled.items():
            all_rows[row, : len(one[name])] = one[name]
    asked = torch.from_numpy(np.stack([one["asked"] for one in batch]))
    vectors, shapes, numbers, *wanted = (torch.from_numpy(one) for one in filled.values())
    return vectors, shapes, numbers, asked, torch.from_numpy(mask), *wanted


def write(reader: Reader, labels: Sequence[str]) -> None:
    """The weights as `bot.self_model.tagger` reads them, the vectors of word pieces unchanged."""
    with np.load(WEIGHTS / "tagger.npz") as table:
        held = {name: table[name] for name in ("pieces", "scale")}
    state = {name: value.detach().numpy() for name, value in reader.state_dict().items()}
    held["words"] = state["words.weight"]
    for name in ("into", "asked", "whole", "out"):
        held[f"{name}_w"], held[f"{name}_b"] = state[f"{name}.weight"].T, state[f"{name}.bias"]
    for number in range(len(STEPS)):
        held[f"layer{number}_d"] = state[f"depths.{number}"]
        held[f"layer{number}_w"] = state[f"layers.{number}.weight"].T
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
