"""Scores observe and revise on the labelled cases, set by set: `python tests/self_model/score_cases.py`.

A case is one person's messages and what may be believed of them afterwards: `expected` (each must be held: an address
or alternatives, `fnmatch` patterns allowed, and a value or acceptable values), `allowed` (may be held, counts neither
way) and `forbidden` (must not be held: an address, a kind, or address=value). Free values match when one contains the
other.

Judged are usable beliefs, those at or above the confidence floor, for that is what shapes replies; `held` repeats
precision over all beliefs. Failing cases are printed of the development sets only: those held out stay unread.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.self_model.model import Belief, SelfModel, kind_of
from bot.self_model.observe import observe
from bot.self_model.revise import read, revise
from bot.turn import Member, Message, Said

HERE = Path(__file__).parent
SETS = {
    "development": HERE / "cases.jsonl",
    "more": HERE / "cases_more.jsonl",  # development too, in other phrasings
    "held out": HERE / "cases_heldout.jsonl",
    "fresh": HERE / "cases_fresh.jsonl",  # written after the rules, and read by no one who writes them
    "third": HERE / "cases_third.jsonl",  # development, written without reading the rules
    "negative": HERE / "cases_negative.jsonl",  # development: hard messages that say little or nothing of the writer
    "final": HERE / "cases_final.jsonl",  # from other domains than third; no one who writes rules opens it
    "fourth": HERE / "cases_fourth.jsonl",  # development, from everyday work, written without reading the rules
    "sealed": HERE / "cases_sealed.jsonl",  # by the same hand, other domains and wordings; no rule writer opens it
    "apart": HERE / "cases_apart.jsonl",  # by a hand that wrote nothing the learned reader was taught; never opened
}
READ = {"development", "more", "third", "negative", "fourth"}  # the sets whose failing cases may be read
BINS = 10
EDGES = (0.25, 0.35, 0.65, 0.75, 0.85, 0.95)  # of the reliability table
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOMEONE = Member("cases", "someone")
STEPS = {
    "seniority",
    "expertise",
    "preference:depth",
    "preference:length",
    "preference:format",
}  # values are words of a list

Case = Mapping[str, Any]
Item = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts over a set; `failing` holds a line for every case that is not perfect."""

    cases: int = 0
    right: int = 0
    wrong: int = 0
    wrong_held: int = 0
    right_held: int = 0
    found: int = 0
    expected: int = 0
    wrong_speaker: int = 0
    retired_wrongly: int = 0
    could_retire: int = 0
    failing: list[str] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)  # confidence held, and whether it was right


def load_cases(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def make_messages(case: Case) -> list[Message]:
    """The case's messages; one without a time came a minute after the one before it."""
    messages: list[Message] = []
    for one in case["messages"]:
        at = datetime.fromisoformat(one["at"]) if "at" in one else START + timedelta(minutes=len(messages))
        context = tuple(make_said(text) for text in one.get("context", ()))
        messages.append(Message(id=one["id"], author=SOMEONE, text=one["text"], at=at, context=context))
    return messages


def make_said(text: str) -> Said:
    by_bot = text.startswith("agent: ")
    return Said("agent" if by_bot else "someone else", text.removeprefix("agent: "))


def believe(messages: Sequence[Message]) -> SelfModel:
    """The self-model after these messages, one at a time, as in life."""
    model = SelfModel(member=SOMEONE)
    for message in messages:
        model = revise(model, observe(message), message.at)
    return read(model, messages[-1].at) if messages else model


def as_list(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def contains(longer: str, shorter: str) -> bool:
    return re.search(r"(?<!\w)" + re.escape(shorter), longer) is not None


def fits_value(address: str, value: str, wanted: str) -> bool:
    """Equality where values come from a list, containment either way where they are free words."""
    value, wanted = value.lower(), wanted.lower()
    if wanted == "*" or value == wanted:
        return True
    if address in STEPS or kind_of(address) in STEPS:
        return False
    return contains(value, wanted) or contains(wanted, value)


def fits(belief: Belief, item: Item) -> bool:
    return any(
        fnmatchcase(belief.address, pattern) and any(fits_value(belief.address, belief.value, one) for one in values)
        for pattern in as_list(item["address"])
        for values in (as_list(item["value"]),)
    )


def is_forbidden(belief: Belief, forbidden: Iterable[str]) -> bool:
    for one in forbidden:
        address, _, value = one.partition("=")
        at = fnmatchcase(belief.address, address) or belief.kind == address
        if at and (not value or fits_value(belief.address, belief.value, value)):
            return True
    return False


def judge(belief: Belief, case: Case) -> str:
    """right, wrong or neutral: expected beats forbidden, forbidden beats allowed, anything else is wrong."""
    if any(fits(belief, item) for item in case["expected"]):
        return "right" if not is_forbidden(belief, [one for one in case["forbidden"] if "=" in one]) else "wrong"
    if is_forbidden(belief, case["forbidden"]):
        return "wrong"
    return "neutral" if any(fits(belief, item) for item in case["allowed"]) else "wrong"


def score(case: Case, tally: Tally) -> None:
    messages = make_messages(case)
    model = believe(messages)
    usable = [one for one in model.beliefs if one.usable]
    wrong = [one for one in usable if judge(one, case) == "wrong"]
    missed = [item for item in case["expected"] if not any(fits(one, item) for one in usable)]
    tally.cases += 1
    tally.wrong += len(wrong)
    tally.right += sum(judge(one, case) == "right" for one in usable)
    tally.wrong_held += sum(judge(one, case) == "wrong" for one in model.beliefs)
    tally.right_held += sum(judge(one, case) == "right" for one in model.beliefs)
    tally.judged += [
        (one.confidence, judged == "right") for one in model.beliefs if (judged := judge(one, case)) != "neutral"
    ]
    tally.expected += len(case["expected"])
    tally.found += len(case["expected"]) - len(missed)
    retired = score_retirements(case, messages, model, tally)
    spoken = score_speakers(case, model, tally)
    if wrong or missed or retired or spoken:
        tally.failing.append(describe(case, wrong, missed))


def score_retirements(case: Case, messages: Sequence[Message], model: SelfModel, tally: Tally) -> int:
    """Of the beliefs that must outlive the last message: how many were held before it, and how many are gone."""
    if "retire-check" not in case["tags"] or len(messages) < 2:
        return 0
    before = believe(messages[:-1])
    held = [item for item in case["expected"] if any(fits(one, item) for one in before.beliefs if one.usable)]
    gone = [item for item in held if not any(fits(one, item) for one in model.beliefs if one.usable)]
    tally.could_retire += len(held)
    tally.retired_wrongly += len(gone)
    return len(gone)


def score_speakers(case: Case, model: SelfModel, tally: Tally) -> int:
    """Beliefs of any confidence that rest on what somebody else said or is."""
    if "wrong-speaker" not in case["tags"]:
        return 0
    spoken = sum(is_forbidden(one, case["forbidden"]) and judge(one, case) == "wrong" for one in model.beliefs)
    tally.wrong_speaker += spoken
    return spoken


def describe(case: Case, wrong: Sequence[Belief], missed: Sequence[Item]) -> str:
    said = " || ".join(one["text"].replace("\n", "⏎") for one in case["messages"])
    believed = ", ".join(f"{one.address}={one.value} ({one.confidence:.2f})" for one in wrong)
    absent = ", ".join(f"{'|'.join(as_list(one['address']))}={'/'.join(as_list(one['value']))}" for one in missed)
    return f"{case['id']} [{' '.join(case['tags'])}] {said}\n    wrong: {believed or '-'}\n    missed: {absent or '-'}"


def score_set(path: Path) -> Tally:
    tally = Tally()
    for case in load_cases(path):
        score(case, tally)
    return tally


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def calibrate(judged: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Brier score, and expected calibration error in ten equal bins."""
    brier = sum((confidence - right) ** 2 for confidence, right in judged) / len(judged)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in judged:
        bins.setdefault(min(int(one[0] * BINS), BINS - 1), []).append(one)
    gaps = [abs(sum(confidence - right for confidence, right in held)) for held in bins.values()]
    return brier, sum(gaps) / len(judged)


def show(name: str, tally: Tally) -> None:
    print(
        f"{name}: {tally.cases} cases\n"
        f"  precision           {share(tally.right, tally.right + tally.wrong)}\n"
        f"  precision, all held {share(tally.right_held, tally.right_held + tally.wrong_held)}\n"
        f"  recall              {share(tally.found, tally.expected)}\n"
        f"  wrong speaker       {tally.wrong_speaker}\n"
        f"  false retirements   {share(tally.retired_wrongly, tally.could_retire)}"
    )
    if tally.judged:
        brier, error = calibrate(tally.judged)
        print(f"  Brier               {brier:.3f}\n  calibration error   {error:.3f}")
        for low, high in pairwise(EDGES):
            held = [right for confidence, right in tally.judged if low <= confidence < high]
            if held:
                print(f"    {low:.2f}-{high:.2f}: {share(sum(held), len(held))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quiet", action="store_true", help="figures only, no failing cases")
    quiet = parser.parse_args().quiet
    for name, path in SETS.items():
        tally = score_set(path)
        if name in READ and not quiet:
            print(*tally.failing, sep="\n")
        show(name, tally)


if __name__ == "__main__":
    main()
