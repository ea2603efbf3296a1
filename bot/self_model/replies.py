"""Short answers to a question just asked, said in full: "product manager" after "what is your role?" is "I'm a product
manager". The question is context only; what counts is what the writer wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.self_model.ellipsis import Full
from bot.self_model.lexicon import load_stances
from bot.self_model.mentions import find_mentions
from bot.self_model.quick import Quick
from bot.self_model.sentences import Finding, Sentence, words_of
from bot.self_model.titles import match_title
from bot.turn import Depth, Said

SHORT = 14  # words an answer that is no sentence may have
YOU = r"(?:you|u|ya|your|ur|you guys|your team|you all|y'all)"
ASKED = (  # what is asked for, and how the answer would begin if it were a sentence
    (
        "role",
        Quick(
            r"\b(?:(?:what|which)(?:'s| is| are)? (?:your|ur) (?:\w+ )?(?:role|job|title|position|function|"
            r"profession|occupation|line of work|day job)"
            r"|what do you (?:do|actually do)\b|who are you|who (?:am i|do i have) \w+|what (?:are|r) you(?: "
            r"again)?\?|tell (?:me|us) (?:about|who)|introduce yourself"
            r"|(?:what|which) (?:team|department|area|part) are you|where do you (?:work|sit)|and you\b|what "
            r"brings a)[^?]*\?*\s*$",
        ),
        "I'm ",
    ),
    (
        "tool",
        Quick(
            r"\b(?![^?]*\b(?:working on|busy with|up to)\b)"
            rf"(?:(?:what|which) (?:\w+ ){{0,4}}(?:are|do|does|is|did) {YOU}\b[^?]*\b(?:on|use|using|run|running|"
            r"have|in|with|"
            rf"warehouse|database|stack|cloud|tool|orchestrator|crm|queue|work)|what(?:'s| is) your (?:\w+ )?(?:stack"
            r"|warehouse|database|cloud|tool|setup|system|editor|software|orchestrator|crm|language|idp|queue)|"
            rf"what do {YOU} (?:use|run|work with|work in))[^?]*\?",
        ),
        "we use ",
    ),
    (
        "goal",
        Quick(
            r"\b(?:what (?:brings|brought) you|what(?:'s| is| are) your (?:\w+ )?(?:goals?|aims?|objectives?|"
            rf"priority|priorities|target|hopes?)|what (?:do|would|are|did) {YOU} "
            r"(?:\w+ )?(?:want|hope|like|expect|trying|after|looking|aiming|need)|what should (?:it|this|the "
            r"(?:pilot|bot)) (?:do|achieve|change)|why are you (?:here|trying|doing))[^?]*\?",
        ),
        "my goal is ",
    ),
    (
        "criterion",
        Quick(
            rf"\b(?:how (?:will|would|do|are) {YOU} (?:\w+ )?(?:judge|judging|measure|decide|deciding|evaluate|"
            r"know|rate|tell)|what (?:would|will|does it take to) (?:make|convince|count|matter|decide|win|"
            r"success)|"
            r"what(?:'s| is| are) (?:your )?(?:\w+ )?(?:criteria|criterion|deal-?breakers?|must-haves?|success)|"
            r"what matters|what does success|when (?:is|would) (?:it|the pilot|this))[^?]*\?",
        ),
        "what matters to me is ",
    ),
    (
        "project",
        Quick(
            rf"\b(?:what (?:are|r) {YOU} (?:\w+ )?(?:working on|up to|busy with|building|doing)|what(?:'s| is) "
            r"(?:on your (?:plate|desk)|keeping you busy|your (?:\w+ )?project)|which project)[^?]*\?",
        ),
        "I'm working on ",
    ),
    (
        "constraint",
        Quick(
            r"\b(?:constraints?|limits?|limitations?|restrictions?|deadlines?|budget|rules|anything (?:i|we) "
            r"should (?:respect|know)|not allowed|off-limits|blockers?|requirements?)\b[^?]*\?",
        ),
        "",
    ),
    (
        "background",
        Quick(
            rf"\b(?:what(?:'s| is) your background|where (?:do|did) {YOU} come from|what did you (?:do|study)|"
            r"(?:before|previously)|what(?:'s| was) your (?:previous|last|old))[^?]*\?",
        ),
        "my background is ",
    ),
    (
        "preference",
        Quick(
            rf"\b(?:how (?:would|do|should|shall) (?:{YOU}|i|we) (?:\w+ )?(?:like|prefer|want|answer|put|explain|"
            r"format)|short or long|long or short|(?:bullets?|table|list|steps|prose|text|examples?|code|details?|"
            rf"summary|short|long|brief|simple|technical)\b[^?]{{0,40}}\bor\b|"
            r"(?:which|what) (?:format|form|style|length|level)|how (?:much detail|detailed|long|technical|deep|"
            r"short))[^?]*\?",
        ),
        "I prefer ",
    ),
)
KNOWN = Quick(
    rf"\b(?:how (?:familiar|well|much|comfortable|experienced|good|deep)|(?:have|did|do) {YOU} (?:ever "
    r")?(?:use|used|work|worked|know|done|touch|touched|heard|understand|speak)|experience (?:with|in)|"
    r"familiar with|new to|comfortable with)\b",
)
STEPS = (
    (
        Quick(
            r"^\W*(?:never|not at all|no\b|nope|nah|zero|not really|barely|hardly|none|what'?s that|first time|"
            r"only heard|only the name|once|twice|heard of it|new to me|a beginner|beginner|not much|very little|"
            r"little|i've seen it (?:once|twice)|not (?:very|yet|so|too))",
        ),
        Depth.FOUNDATIONAL,
    ),
    (
        Quick(
            r"^\W*(?:a bit|a little|some|somewhat|so-?so|kind of|sort of|the basics|basics|enough|ok-?ish|okay|"
            r"fairly|reasonably|more or less|occasionally|sometimes|now and then|from time to time|on and off|"
            r"rusty|used to)",
        ),
        Depth.WORKING,
    ),
    (
        Quick(
            r"^\W*(?:very|daily|every day|all the time|inside out|well\b|quite well|pretty well|very well|a lot|"
            r"extensively|for years|for (?:\d+|ten|many) years|since|it'?s my (?:job|bread)|in my sleep|expert|"
            r"fluent|too well|(?:\d+|ten|five|many) years|yes,? (?:daily|a lot|for years|every day))",
        ),
        Depth.ADVANCED,
    ),
)
SHORT_ANSWER = re.compile(r"[,;.!—-]\s")  # an answer ends here and a question of one's own follows
OPENING = Quick(
    r"^\W*(?:(?:i'?d say|well|uh|um|hm+|oh|so|that'?s|that would be|mostly|mainly|probably|hi|hey|sure|ok|"
    r"yes|yeah|honestly|easy|simple|good question)\b[\s,:.-]+)*",
)
NO_ANSWER = Quick(
    r"\b(?:wish|ask|why do|none of|nobody|neither|no idea|don't know|dunno|not sure|depends|what do you "
    r"mean|secret|guess|lol|haha|you\b|your)\b",
)
A_SENTENCE = Quick(r"^\W*(?:i|i'm|im|i've|i'd|we|we're|we've|my|our|it|it's|he|she|they|there|if|when)\b")
NOT_MINE = Quick(r"^\W*(?:not|no|never|nope)\b")


def find_reply(sentence: Sentence, context: Sequence[Said]) -> Iterator[Finding]:
    """What a short answer at the start of a message says by itself, given what was asked just before."""
    if not _answers(sentence, context):
        return
    asked = context[-1].text
    answer = SHORT_ANSWER.split(sentence.text, maxsplit=1)[0] if sentence.question else sentence.text
    if KNOWN.search(asked):
        yield from _find_step(answer, asked)
    for kind, pattern, _ in ASKED:
        if pattern.search(asked) is None or NOT_MINE.match(answer) or NO_ANSWER.search(answer):
            continue
        if kind == "role":
            found = OPENING.match(answer)
            start = found.end() if found else 0
            title = match_title(answer, _after_article(answer, start), unlisted=True)
            if title:
                yield Finding(address="role", value=title.role, start=title.start, end=title.end, weight=0.9)
        elif kind == "tool":
            for mention in find_mentions(answer.title()):
                if mention.tool:
                    yield Finding(
                        address=f"tool:{mention.tool.category}",
                        value=mention.tool.name,
                        start=mention.start,
                        end=mention.end,
                        weight=0.9,
                    )
        elif kind == "constraint" and len(answer.split()) > 1 and not A_SENTENCE.match(answer):
            yield Finding(address="constraint", value=answer.strip(" .!"), start=0, end=len(answer), weight=0.7)


def say_with_question(sentence: Sentence, context: Sequence[Said]) -> tuple[str, Full] | None:
    """The answer as the sentence it stands for, and what it was asked about; None where it is no such answer."""
    if not _answers(sentence, context) or A_SENTENCE.match(sentence.text) or NOT_MINE.match(sentence.text):
        return None
    if sentence.question or NO_ANSWER.search(sentence.text):
        return None
    for kind, pattern, beginning in ASKED:
        if beginning and pattern.search(context[-1].text):
            found = OPENING.match(sentence.text)
            at = found.end() if found else 0
            text = sentence.text[:at] + beginning + sentence.text[at:]
            full = replace(sentence, text=text, words=words_of(text), question=False)
            return kind, Full(full, ((at, at, beginning),))
    return None


def _answers(sentence: Sentence, context: Sequence[Said]) -> bool:
    return bool(
        context
        and sentence.start == 0
        and not sentence.joking
        and (not sentence.question or SHORT_ANSWER.search(sentence.text) is not None)
        and "?" in context[-1].text
        and len(sentence.text.split()) <= SHORT
    )


def _after_article(text: str, position: int) -> int:
    found = re.compile(r"(?:an?|the|just an?|just|only) ", re.IGNORECASE).match(text, position)
    return found.end() if found else position


def _find_step(answer: str, asked: str) -> Iterator[Finding]:
    """How well someone knows what they were asked about."""
    topic = next((one.subject for one in find_mentions(asked) if one.subject), "")
    if not topic or any(one.subject for one in find_mentions(answer)):
        return
    step = next((depth for pattern, depth in STEPS if pattern.match(answer)), None)
    if step is None:
        step = next((Depth(depth) for depth, pattern in load_stances() if pattern.search(answer)), None)
    if step is not None:
        yield Finding(address=f"expertise:{topic}", value=step, start=0, end=len(answer), weight=0.8)
