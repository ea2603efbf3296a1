"""Candidates: the words said before that the question may lean on, each measured.

What is measured is general: where and how often a word was said and by whom, how words of its kind behave in English,
what stands beside it, how it ranks among the others, and how these meet the question's own cues.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.enrichment.mentions import WORD, Mention, base, find_mentions, small
from bot.enrichment.vocabulary import BEFORE_VERBS, BEING, DETERMINERS, PREPOSITIONS, look_up
from bot.turn import Said
from bot.words import stem

TOLD = 30  # candidates at the most that only the bot said
NEVER = 9.0  # an age or sentence number that stands for "was not"
RANKED = ("u turns", "a count", "a last count", "count", "w rarity")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stem said before and not in the question: its usual form as written, measures, and the stems most often right
    beside it ("" where none stands there twice or more often than chance)."""

    stem: str
    form: str
    features: dict[str, float]
    beside: tuple[str, str]


def find_candidates(text: str, history: Sequence[Said], cues: Mapping[str, float]) -> list[Candidate]:
    """What a question with these cues may lean on, in the order in which it was first said."""
    own = frozenset(stem(word for one in WORD.findall(text) if not small(word := base(one))))
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in find_mentions(history):
        grouped[mention.stem].append(mention)
    kept = keep_salient({name: some for name, some in grouped.items() if name not in own})
    near = {(one.turn, one.sentence) for word in own for one in grouped.get(word, ())}
    users = 1 + max((one.age for some in grouped.values() for one in some if not one.by_bot), default=0)
    found = [make_candidate(some, own, near, users) for some in kept]
    rank(found)
    for one in found:
        one.features.update(cross(one.features, cues))
    return found


def keep_salient(grouped: Mapping[str, list[Mention]]) -> list[list[Mention]]:
    """All that the person said, and of what only the bot said the words it said most often and first."""
    told = [some for some in grouped.values() if all(one.by_bot for one in some)]
    salient = sorted(told, key=lambda some: (-len(some), -some[-1].turn, some[-1].place))[:TOLD]
    left_out = {some[0].stem for some in told} - {some[0].stem for some in salient}
    return [some for name, some in grouped.items() if name not in left_out]


def make_candidate(
    some: Sequence[Mention], own: Collection[str], near: Collection[tuple[int, int]], users: int
) -> Candidate:
    """One stem's mentions, measured."""
    said = [one for one in some if not one.by_bot and not one.idle]
    told = [one for one in some if one.by_bot]
    left, on_left = find_commonest([one.joined[0] for one in some if one.joined[0]])
    right, on_right = find_commonest([one.joined[1] for one in some if one.joined[1]])
    form, _ = find_commonest([one.form for one in said or some])
    features = {
        **measure_word(some[0].stem),
        **measure_said(said, users),
        **measure_told(told),
        **measure_use(some),
        **measure_form(form),
        "u idle only": float(not said and len(told) < len(some)),
        "n before own": min(sum(one.joined[1] in own for one in some), 4.0),
        "n after own": min(sum(one.joined[0] in own for one in some), 4.0),
        "n with own": min(len({(one.turn, one.sentence) for one in some} & set(near)), 5.0),
        "n left": min(on_left, 5.0),
        "n right": min(on_right, 5.0),
        "n left share": on_left / len(some),
        "n right share": on_right / len(some),
    }
    return Candidate(some[0].stem, find_spelling(some, form), features, (left, right))


def find_spelling(some: Sequence[Mention], form: str) -> str:
    """The form as it was written where it did not open a sentence, so that names keep their capitals."""
    written = (one.word.replace("’", "'").partition("'")[0] for one in some if one.form == form and not one.opens)
    return next(written, form)


def find_commonest(words: Sequence[str]) -> tuple[str, int]:
    """The word that stands there most often, of several the first, and how often; "" and 0 where none does."""
    if len(words) < 2:  # as nearly always
        return (words[0], 1) if words else ("", 0)
    return Counter(words).most_common(1)[0]


def measure_word(name: str) -> dict[str, float]:
    """The stem in English at large."""
    word = look_up(name)
    return {
        "w rarity": word.rarity,
        "w determined": word.determined,
        "w placed": word.placed,
        "w verbal": word.verbal,
        "w headed": word.headed,
        "w capital": word.capital,
    }


def measure_said(said: Sequence[Mention], users: int) -> dict[str, float]:
    """How the person said it: ages, turns, and its place in their last turn."""
    turns = {one.turn for one in said}
    last = [one for one in said if one.age == 0]
    return {
        "u age": float(min((one.age for one in said), default=NEVER)),
        "u turns": float(min(len(turns), 5)),
        "u share": min(len(turns), 5) / users,
        "u first": float(any(one.age == users - 1 for one in said)),
        "u last": float(bool(last)),
        "u last asked": float(any(one.asked for one in last)),
        "u last place": min((one.place for one in last), default=1.5),
    }


def measure_told(told: Sequence[Mention]) -> dict[str, float]:
    """How the bot said it: ages, counts, and its place in the last reply."""
    last = [one for one in told if one.age == 0]
    return {
        "a turns": float(min(len({one.turn for one in told}), 4)),
        "a age": float(min((one.age for one in told), default=NEVER)),
        "a count": float(min(len(told), 12)),
        "a last count": float(min(len(last), 8)),
        "a last sentence": float(min((one.sentence for one in last), default=NEVER)),
        "a last place": min((one.place for one in last), default=1.5),
        "a last end": float(any(one.last for one in last)),
    }


def measure_use(some: Sequence[Mention]) -> dict[str, float]:
    """How it stood in its sentences here, as shares of its mentions."""
    inner = [one for one in some if not one.opens]
    return {
        "f capital": share([one.word[0].isupper() for one in inner]) if inner else some[0].word[0].isupper() / 2,
        "f capitals": float(any(one.word.isupper() and len(one.word) > 1 for one in some)),
        "f determined": share([one.before in DETERMINERS for one in some]),
        "f placed": share([one.before in PREPOSITIONS for one in some]),
        "f verbal": share([one.before in BEFORE_VERBS for one in some]),
        "f is": share([one.after in BEING for one in some]),
        "f of": share([one.after == "of" for one in some]),
        "count": float(min(len(some), 15)),
    }


def share(flags: Collection[bool]) -> float:
    return sum(flags) / len(flags)


def measure_form(form: str) -> dict[str, float]:
    """What its spelling says."""
    return {
        "f number": float(form.isdigit()),
        "f plural": float(form.endswith("s") and not form.endswith("ss")),
        "f ing": float(form.endswith("ing")),
        "f ed": float(form.endswith("ed")),
        "f ly": float(form.endswith("ly")),
        "f length": float(min(len(form), 12)),
    }


def rank(found: Sequence[Candidate]) -> None:
    """Add how each ranks among the others; ties share the better place."""
    for name in RANKED:
        ordered = sorted((one.features[name] for one in found), reverse=True)
        places: dict[float, int] = {}
        for place, value in enumerate(ordered):
            places.setdefault(value, place)
        for one in found:
            one.features[f"r {name}"] = float(min(places[one.features[name]], 20))
    most = max((one.features["u turns"] for one in found), default=0.0)
    names = sum(one.features["f capital"] > 0.6 and one.features["u turns"] > 0 for one in found)
    for one in found:
        one.features["r behind"] = most - one.features["u turns"]
        one.features["r candidates"] = float(min(len(found), 80))
        one.features["r names"] = float(min(names, 8))


def cross(word: Mapping[str, float], cues: Mapping[str, float]) -> dict[str, float]:
    """Where a word's measures and the question's cues meet: a name for "he", a plural for "they", and so on."""
    last, told, name = word["u last"], float(word["a age"] == 0), word["f capital"]
    bare = float(cues["q content"] <= 1)
    pointed = max(cues["q this alone"], cues["q this thing"])
    return {
        "x person name": name * cues["q person"],
        "x they plural": word["f plural"] * cues["q they"],
        "x it single": (1 - word["f plural"]) * cues["q it"],
        "x bare last": bare * last,
        "x bare told": bare * float(word["a last sentence"] == 0),
        "x about last": cues["q what about"] * last,
        "x order name": cues["q order"] * name * told,
        "x one told": cues["q one"] * told,
        "x one last": cues["q one"] * last,
        "x this told": pointed * told,
        "x this last": pointed * last,
        "x other last": cues["q other"] * last,
        "x plain first": cues["q no pointer"] * word["u first"],
        "x plain share": cues["q no pointer"] * word["u share"],
        "x pointer last": (1 - cues["q no pointer"]) * last,
        "x what last": cues["q asks what it is"] * last,
        "x both last": last * told,
        "x said told": float(word["u turns"] > 0) * told,
        "x name said": name * float(word["u turns"] > 0),
        "x name told": name * told * float(word["a last sentence"] <= 1),
        "x thing said": (word["w determined"] + word["w headed"] - word["w verbal"]) * float(word["u turns"] > 0),
        "x name often": min(word["a last count"], 4.0) * float(name > 0.5),
        "x told first": float(word["a last sentence"] == 0),
        "x said twice": float(word["u turns"] >= 2),
    }
