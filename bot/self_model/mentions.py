"""Tools, topics and terms of art named in a text, by looking its words up in the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.self_model.lexicon import LONG_WORD, Tool, load, mend
from bot.self_model.quick import Quick

WORD = re.compile(r"[A-Za-z0-9.][\w+#.@/=&-]*(?:\(\))?|[\w]")
EDGE = ".,;:!?/-&="
SHORTEST_NOUN = 5
JOINED = re.compile(r"(?:\s|,|\+|&|/|\band\b|\bplus\b)*[,+&/a][\s\w]{0,5}?(?<!\w)|\s*(?:,|\+|&|/|and|plus|,\s*and)\s*")
PUT_TO_USE = Quick(
    r"\b(?:uses?|using|live in|lives in|live on|work(?:s|ing)? in|(?:are|'re|is|'s|run|runs|running|stuck|"
    r"all|still|i'm|be) on|stuck with|moved to|"
    r"switched to|migrated to|swear by|everything in|everything on|all in|(?:day|days|time|life|week) in|"
    r"learning|learn|done in|tracked in|"
    r"kept in|in our|on our|new to|(?:code|write|program) in|expert in|good (?:at|with|in)|touched|never "
    r"used|fluent in|beginner in|"
    r"rely on|through|via|setup:|stack:|tools:|plain|good old|behind|deployed? on) $",
)
NAME_ENDS = Quick(
    r"\s*(?:[,.;:!?)+&]|$)|\s-|\s(?:for|as|and|or|here|at|to|since|with|all|every|daily|mostly|but|"
    r"because|so|on|now|instead|where|too|"
    r"is|we|i|like|in|before|day)\b",
)
TOO_ORDINARY = frozenset(
    """
    access front signal things element mode box branch deputy planner outline render railway evidence shiny height
    exchange drift remedy lever square adjust canvas banner arena ray root assembly segment beam express heap preset
    census outreach harness drone concourse neon realm node tally linear vault cursor apache inventor eagle unity
    relativity disco galaxy sabre toast locus radar emblem prophet archer autopsy ramp pigment copper chorus apex
    element remedy scribe teamwork shortcut guru rally bubble radar ignition rhino homer spine substance reaper nuke
    alma primo captivate cornerstone fiji maple octave manhattan descartes lattice factorial sanity rider eclipse
    keynote harvest nexus harbor backstage consul whisper packer foreman envoy highspot duo monday domo druid impala
    blast step orca cortex aims tops lido galileo render railway tempo elite banner front mes ris elo aha gusto
    concur presto singer stitch sigma sage heap mage hive argo prefect temporal coalesce swift flux helm nomad soda
    notion bamboo vena lisp rpg ada dart r go
    """.split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of the lexicon found in a text: what it names, and where. Any of `tool`, `topic`, `deep` may be empty."""

    start: int
    end: int
    tool: Tool | None = None
    topic: str = ""
    deep: str = ""
    unsure: bool = False  # an ordinary word, not written like a name

    @property
    def subject(self) -> str:
        """What someone can know or not know here: the topic, else the tool; "" where only a term of art is named."""
        if self.topic or self.tool is None:
            return self.topic
        return "-".join(self.tool.name.lower().split())


@lru_cache(maxsize=2_000)  # several rules ask of the same sentence
def find_mentions(text: str) -> tuple[Mention, ...]:
    """The names of tools and topics, and the terms of art, in order; the longest name at each place."""
    found = list(_look_through(text))
    return tuple(one for place, one in enumerate(found) if not one.unsure or _is_meant(text, found, place))


def _look_through(text: str) -> Iterator[Mention]:
    words = [(found.start(), found[0].rstrip(EDGE)) for found in WORD.finditer(text)]
    at = 0
    while at < len(words):
        for count in range(min(_longest_from(words[at][1]), len(words) - at), 0, -1):
            mention = _look_up(text, words[at : at + count])
            if mention is not None:
                yield mention
                at += count - 1
                break
        else:
            if len(words[at][1]) >= LONG_WORD and (mention := _look_up_misspelt(*words[at])) is not None:
                yield mention
        at += 1


@lru_cache(maxsize=20_000)  # the same words come up in every message
def _longest_from(word: str) -> int:
    """How many words the longest name has that begins with this one, in the singular or plural."""
    longest, first = load().longest, _first(word)
    return longest.get(first, 0) or longest.get(first[:-1] if first.endswith("s") else f"{first}s", 0)


def _look_up(text: str, words: list[tuple[int, str]]) -> Mention | None:
    lexicon = load()
    start, end = words[0][0], words[-1][0] + len(words[-1][1])
    name = " ".join(word.lower().strip(".") for _, word in words)
    tool, unsure = lexicon.tools.get(name), False
    if PLACE_AFTER.match(text, end):
        return None
    if name == "monday" and DAY_BEFORE.search(text[:start]):
        return None
    topic, deep = lexicon.topics.get(name, "") or _in_other_number(name), lexicon.deep.get(name, "")
    if tool is not None and tool.exact and not _is_written_as_name(text[start:end]):
        unsure = not (topic or deep) and name not in TOO_ORDINARY
        tool = tool if unsure else None
    return Mention(start, end, tool, topic, deep, unsure) if tool or topic or deep else None


UNDERTAKING = Quick(
    r"(?: (?!is|are|was|were|has|have|and|or|for|in|on|to|by|with|at|this|last|next|as)\w+)? (?:migration|rollout|"
    r"roll-out|project|clean-?up|upgrade|integration|pilot|trial|proof of concept|poc|evaluation|course|training|"
    r"certification|workshop|rewrite|refactoring|implementation|deployment|consolidation|import|export|review|redesign|"
    r"tender|set-?up)s?\b"
)


def past_undertaking(text: str, end: int) -> int:
    """Where the words end for the work on what is named up to there, "Kafka migration"; `end` where there are none."""
    found = UNDERTAKING.match(text, end)
    return found.end() if found else end


DAY_BEFORE = Quick(  # a day of the week, and not the tool that is named after it
    r"\b(?:every|each|next|last|this|by|since|until|till|before|after|coming|following)\s+$"
)


PLACE_AFTER = re.compile(  # an address or a place, and not the tool of the same name
    r" (?:Street|St\.|Road|Avenue|Lane|Square|Lake|Park|Hall|Airport|Hotel|Beach|Island|River|Valley|Mountain)\b"
)


def _in_other_number(name: str) -> str:
    """The topic that a name in the singular or plural means where only the other is listed."""
    if len(name) < SHORTEST_NOUN:
        return ""
    return load().topics.get(name[:-1] if name.endswith("s") else f"{name}s", "")


def _look_up_misspelt(start: int, word: str) -> Mention | None:
    """A long name with a slip of one letter: "Snowfalke", "kuberntes"."""
    lexicon = load()
    if name := mend(word.lower(), "tools"):
        tool = lexicon.tools[name]
        known = None if tool.exact and not word[0].isupper() else tool
        return Mention(start, start + len(word), known, lexicon.topics.get(name, "")) if known else None
    if name := mend(word.lower(), "topics"):
        return Mention(start, start + len(word), None, lexicon.topics[name])
    return None


def _is_meant(text: str, found: list[Mention], place: int) -> bool:
    """Whether an ordinary word in small letters is a tool's name here: in a list with one, or put to use like one."""
    one = found[place]
    for other in (*found[max(0, place - 1) : place], *found[place + 1 : place + 2]):
        between = text[min(one.end, other.end) : max(one.start, other.start)]
        if other.tool is not None and between and JOINED.fullmatch(between):
            return True
    return PUT_TO_USE.search(text[: one.start]) is not None and NAME_ENDS.match(text, one.end) is not None


def _first(word: str) -> str:
    return word.lower().strip(".")


def _is_written_as_name(written: str) -> bool:
    return written[:1].isupper()
