"""The labelled messages that the learned reader and the verdict are fitted on, and what counts as right on them.

`training/statements/*.jsonl.gz`, a file a writer: 24,502 cases of one to three messages, made up for this project in
thirty-two hands that worked apart and without sight of the rules, over all lines of work; under the project's licence.
A case is `messages` and what holds of their writer after the last one: `expected` (address, value, and the words it
stands in), `allowed` (arguable), `ended` (said to be over) and `forbidden` (what must not be held).
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.self_model.model import kind_of
from bot.turn import Member, Message, Said

FOLDER = Path(__file__).parent / "statements"
CASES = Path(__file__).parent.parent / "tests/self_model"
ENDING = ".jsonl.gz"
PLAIN = Path(__file__).parent / "plain.json"
PER_FRAME = 12  # things a frame is filled with
SAID = "said.pickle"  # what the teacher says of every message, in the folder that it is given
UNLABELLED = Path(__file__).parent / "unlabelled"
SHOWN = ("cases", "cases_more", "cases_third", "cases_negative", "cases_fourth")
# whom neither teacher nor network learns from: they tell how well it reads, and teach the verdict
LATER = frozenset({"ya", "yb", "yc", "yd", "ye", "yf", "yg", "yh"})
CHOSEN = frozenset({"seniority", "expertise", "preference"})  # kinds whose values are words of a list
ALIKE = frozenset({"goal", "project"})  # the same words may be either
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOMEONE = Member("training", "someone")

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message with what it says: spans as (item, start, end). `whole`: nothing it said was overtaken later."""

    hand: str
    case: str
    message: Message
    expected: tuple[tuple[Item, int, int], ...]
    allowed: tuple[tuple[Item, int, int], ...]
    ended: tuple[tuple[Item, int, int], ...] = field(default=())


def read_all() -> dict[str, list[Labelled]]:
    """All labelled messages by writer."""
    every = {
        hand: list(read_messages(hand))
        for hand in sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}"))
    }
    for one in (*read_shown(), *read_plain()):
        every.setdefault(one.hand, []).append(one)
    return every


def read_messages(hand: str) -> Iterator[Labelled]:
    """The messages of a writer whose labels are whole: the last of each case, and those before where nothing of the
    case must be given up."""
    with gzip.open(FOLDER / f"{hand}{ENDING}", "rt", encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines if line.strip()]
    for case in cases:
        for number, one in enumerate(case["messages"]):
            if case["forbidden"] and number < len(case["messages"]) - 1:
                continue
            context = tuple(make_said(line) for line in one.get("context", ()))
            at = START + timedelta(days=number)
            message = Message(id=one["id"], author=SOMEONE, text=one["text"], at=at, context=context)
            expected, allowed, ended = (place(case[name], message) for name in ("expected", "allowed", "ended"))
            yield Labelled(hand, case["id"], message, expected, allowed, ended)


def read_shown() -> Iterator[Labelled]:
    """The labelled cases of the tests that the rules were shaped on, as messages of the "writers" 0 to 4.

    They say what is expected and not where it stands: the words are looked for. A message with something expected that
    cannot be found in it is left out.
    """
    for number, name in enumerate(SHOWN):
        for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines():
            case = json.loads(line)
            if len(case["messages"]) == 1:
                yield from _find_words(str(number), case)


def _find_words(hand: str, case: dict[str, Any]) -> Iterator[Labelled]:
    (one,) = case["messages"]
    context = tuple(make_said(line) for line in one.get("context", ()))
    message = Message(id=one["id"], author=SOMEONE, text=one["text"], at=START, context=context)
    expected = [(item, find_words(item, message.text)) for item in case["expected"]]
    if all(span for _, span in expected):
        placed = tuple((item, *span) for item, span in expected if span)
        allowed = tuple((item, *span) for item in case["allowed"] if (span := find_words(item, message.text)))
        yield Labelled(hand, case["id"], message, placed, allowed)


def read_plain() -> Iterator[Labelled]:
    """Plain statements, which people who write examples avoid: the frames of `plain.json` with what they may hold, and
    some plain messages that say nothing; as the messages of "writer" z."""
    number = 0
    for name, group in json.loads(PLAIN.read_text("utf-8")).items():
        kind, fillers = group.get("kind", name), group["fillers"]
        for place, frame in enumerate(group["frames"]):
            for shift in range(min(PER_FRAME, len(fillers)) if kind else len(fillers)):
                filler = fillers[(place * PER_FRAME + shift) % len(fillers)]
                text = frame.format(filler)
                number += 1
                message = Message(id="m1", author=SOMEONE, text=text, at=START)
                address = group.get("address", f"expertise:{filler.lower()}" if kind == "expertise" else kind)
                item = {"address": address, "value": group.get("value", filler), "quote": filler}
                span = (item, text.index(filler), text.index(filler) + len(filler))
                yield Labelled("z", f"plain-{number}", message, (span,) if kind else (), ())


def read_unlabelled() -> list[str]:
    """Messages without labels, by the same kind of writers: what the small reader learns from the large one on."""
    texts: dict[str, None] = {}
    for path in sorted(UNLABELLED.glob("*.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts |= dict.fromkeys(line.rstrip("\n").replace("\\n", "\n") for line in lines if line.strip())
    return list(texts)


def find_words(item: Item, text: str) -> tuple[int, int] | None:
    """Where the words of an item stand in a text, if one of its values, or the topic of its address, does."""
    chosen = kind_of(as_list(item["address"])[0])
    names = as_list(item["value"]) if chosen not in CHOSEN else []
    names += (
        [one.partition(":")[2].strip("*").replace("-", " ") for one in as_list(item["address"])] if not names else []
    )
    for name in names:
        found = re.search(rf"(?<!\w){re.escape(name)}\w*", text, re.IGNORECASE) if len(name) > 1 else None
        if found:
            return found.span()
    return None


def make_said(line: str) -> Said:
    """A line of context, said by the bot where it is marked so."""
    by_bot = line.startswith("agent:")
    return Said("agent" if by_bot else "someone else", line.removeprefix("agent:").strip())


def place(items: Sequence[Item], message: Message) -> tuple[tuple[Item, int, int], ...]:
    """The items of a message with where their words stand in it."""
    found = [(one, message.text.find(one["quote"])) for one in items if one.get("message") == message.id]
    return tuple((one, start, start + len(one["quote"])) for one, start in found if start >= 0)


def kinds(item: Item) -> set[str]:
    """The kinds of statement that an item may be."""
    named = {kind_of(one) for one in as_list(item["address"])}
    return named | ALIKE if named & ALIKE else named


def is_right(labelled: Labelled, address: str, value: str, start: int, end: int) -> bool | None:
    """Whether a finding is one of the expected items; None where it is only arguable."""
    for items, verdict in ((labelled.expected, True), (labelled.allowed, None)):
        for item, first, last in items:
            if fits(item, address, value, overlaps=start < last and first < end):
                return verdict
    return False


def fits(item: Item, address: str, value: str, *, overlaps: bool) -> bool:
    """Whether a finding says the same as an item: of its kind, at its words or with its value."""
    kind = kind_of(address)
    if kind not in kinds(item):
        return False
    values = [one.lower() for one in as_list(item["value"])]
    if kind in CHOSEN:
        at = kind != "preference" or address in as_list(item["address"])
        return at and overlaps and near(kind, value.lower(), values)
    said = value.lower()
    return overlaps or any(one in said or said in one for one in values)


def near(kind: str, value: str, values: Sequence[str]) -> bool:
    """Whether a value of a list is meant: advanced and expert are told apart by no one who reads one message."""
    deep = {"advanced", "expert"}
    return value in values or (kind == "expertise" and value in deep and bool(deep & set(values)))


def as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
