"""Observations from one message, offline: what its writer states, asks and shows, each with their verbatim words.

Rules and word lists only; the same message always gives the same observations, whatever came before it. A model's own
extraction adds to these elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.self_model.circumstances import find_circumstances
from bot.self_model.criteria import find_criteria
from bot.self_model.ellipsis import say_in_full
from bot.self_model.endings import find_endings
from bot.self_model.expertise import find_expertise
from bot.self_model.gate import LEAST, likely_states
from bot.self_model.given_up import find_given_up
from bot.self_model.goals import find_goals
from bot.self_model.learned import likely_kinds, read_again
from bot.self_model.likings import find_likings
from bot.self_model.limits import find_limits
from bot.self_model.model import SINGLE_VALUED, DirectoryEntry, Observation, Source, kind_of
from bot.self_model.new_post import put_in_place
from bot.self_model.own_words import BLANK, keep_own
from bot.self_model.projects import find_projects
from bot.self_model.quick import Quick
from bot.self_model.redirect import find_new_date, find_redirect, takes_place
from bot.self_model.replies import find_reply, say_with_question
from bot.self_model.role_model import Votes, find_manner
from bot.self_model.scope import is_out_of_scope
from bot.self_model.sensitive import is_sensitive
from bot.self_model.sentences import OF_SELF, Finding, Sentence, split_sentences
from bot.self_model.stack import find_stack
from bot.self_model.tagger import OVER, Tags, tag
from bot.self_model.tastes import find_tastes
from bot.self_model.titles import match_title
from bot.self_model.who import find_who
from bot.turn import Member, Message, Said

LONGEST = 20_000  # characters of a message that are read
DIRECTORY_WEIGHT = 0.4
TITLE_WEIGHT = 0.65  # a role of less is but the line of work that someone names
PUTS_RIGHT = Quick(
    r"^\W*(?:ok(?:ay)?,? |no,? |oops,? |sorry,? |ah,? |wait,? |hm+,? )*(?:scratch that|strike that|correction\b|i"
    r" meant|"
    r"(?:i )?meant to (?:say|write)|make that|to be (?:more )?precise|my mistake|i misspoke|i was wrong|typo\b|"
    r"change of plans?|let me correct|not \w+, \w+|that (?:reads|came out|was|is) wrong|(?:that|my) "
    r"(?:reads|came out) wrong|let me rephrase|wrong,|"
    r"no,? (?:i'm|i am|we're|we are|it's) |no,? wait\b|\W?auto-?correct|badly (?:put|worded|phrased)|wrong \w+ above|"
    r"correction to|slip of|on second thoughts?|on reflection|(?:i(?:'ve| have)? )?changed my mind|(?:i(?:'ve)? "
    r")?thought about "
    r"it|having thought|(?:scrap|forget|ignore|disregard|never mind) that|i take (?:it|that) back|(?:i )?mixed up|"
    r"that was (?:wrong|a (?:slip|typo|mistake))|actually no|my bad|update:|edit:|"
    r"[\"“']?\w+[\"”']? was wrong)",
)
RULES_OF_SELF = (  # each with the kinds of statement that it finds; without any it is always asked
    (find_who, {"role", "seniority", "background"}),
    (find_projects, {"project", OVER}),
    (find_goals, {"goal"}),
    (find_criteria, {"criterion"}),
    (find_limits, {"constraint", OVER}),
    (find_endings, ()),
    (find_given_up, {OVER, "preference"}),
    (find_stack, {"tool", OVER}),
    (find_circumstances, {"other"}),
)
ALL_KINDS = frozenset({"preference", "expertise"}).union(*(kinds for _, kinds in RULES_OF_SELF))


def observe(message: Message) -> tuple[Observation, ...]:
    """What a message suggests about its writer. Only their own words count; `context` only tells what was pasted."""
    own = keep_own(message.text[:LONGEST], message.context)
    if likely_states(own) < LEAST:
        return observe_manner(message)
    tags = tag(message.text[: len(own)], message.context)
    found = _observe_by_rules(message, own, tags)
    return read_again(message, own, tags, found) + observe_manner(message)


def observe_rules(message: Message) -> tuple[Observation, ...]:
    """What its writer states, asks and shows by the terms they use, as the rules alone see it."""
    return _observe_by_rules(message, keep_own(message.text[:LONGEST], message.context))


def _observe_by_rules(message: Message, own: str, tags: Tags | None = None) -> tuple[Observation, ...]:
    """What the rules find; with `tags` those for what the reader rules out in a sentence are not asked."""
    corrects = PUTS_RIGHT.match(own) is not None
    sentences = list(split_sentences(own))
    found = [
        (sentence, _as_correction(finding) if corrects or takes_place(sentence, finding) else finding)
        for number, sentence in enumerate(sentences)
        for finding in _find_in_context(
            sentence, message.context, _kinds_in(sentence, tags), corrects=corrects and number == 0
        )
    ]
    made = (_make(message, sentence, finding) for sentence, finding in _keep_one_role(put_in_place(sentences, found)))
    return tuple(dict.fromkeys(one for one in made if one is not None))


def _kinds_in(sentence: Sentence, tags: Tags | None) -> frozenset[str]:
    return likely_kinds(tags, sentence.start, sentence.start + len(sentence.text)) if tags else ALL_KINDS


def _keep_one_role(found: Sequence[tuple[Sentence, Finding]]) -> Iterator[tuple[Sentence, Finding]]:
    """What was found, with one line of work at most for a role, and none beside a title."""
    named = any(one.address == "role" and one.weight >= TITLE_WEIGHT for _, one in found)
    for sentence, finding in found:
        line = finding.address == "role" and 0 < finding.weight < TITLE_WEIGHT
        if not (line and named):
            named = named or line
            yield sentence, finding


def observe_manner(message: Message, votes: Votes | None = None) -> tuple[Observation, ...]:
    """What the way it is written suggests about its writer's role; `votes`: other than those shipped."""
    own = keep_own(message.text[:LONGEST], message.context)
    whole = Sentence(own, 0, question=False, joking=False)
    made = (_make(message, whole, finding) for finding in find_manner(own, votes))
    return tuple(one for one in made if one is not None)


def observe_all(messages: Iterable[Message]) -> tuple[Observation, ...]:
    """The observations of several messages, in the order of the messages."""
    return tuple(one for message in messages for one in observe(message))


def find_in(sentence: Sentence, kinds: frozenset[str]) -> Iterator[Finding]:
    """All that the rules for some kinds find in a sentence, as it is written and with the subjects that it leaves
    out."""
    if sentence.after_other and sentence.words.isdisjoint(OF_SELF):
        return  # a subject left out is the one of the sentence before
    if sentence.is_taken_back:
        return
    found = [one for one in _find_as_written(sentence, kinds) if not is_out_of_scope(sentence, one)]
    yield from found
    full = say_in_full(sentence)
    if full is None:
        return
    told = {(one.address, one.value.lower()) for one in found}
    surest: dict[str, float] = {}
    for one in found:
        if kind_of(one.address) in SINGLE_VALUED and not one.ends:
            surest[one.address] = max(abs(one.weight), surest.get(one.address, 0.0))
    for finding in _find_as_written(full.sentence, kinds):
        if (finding.address, finding.value.lower()) not in told and abs(finding.weight) > surest.get(
            finding.address, 0
        ):
            told_back = full.map_back(finding)
            if not is_out_of_scope(sentence, told_back):
                yield told_back


def _find_in_context(
    sentence: Sentence, context: Sequence[Said], kinds: frozenset[str], *, corrects: bool
) -> Iterator[Finding]:
    """What a sentence says by itself, as an answer to what was asked, and as the correction of what was said."""
    found = list(_drop_ended(find_in(sentence, kinds)))
    yield from found
    told = {one.address for one in found}
    for finding in find_reply(sentence, context):
        if finding.address not in told:
            told.add(finding.address)
            yield finding
    if answer := say_with_question(sentence, context):
        kind, full = answer
        for finding in _find_as_written(full.sentence, ALL_KINDS):
            if kind_of(finding.address) == kind and finding.address not in told:
                yield full.map_back(finding)
    if "constraint" not in told:
        yield from find_new_date(sentence)
    if corrects:
        yield from (one for one in find_redirect(sentence) if one.address not in told or one.weight < 0)


def _drop_ended(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What was found in a sentence but for what the same sentence says is over."""
    found = list(findings)
    over = {(one.address, one.value) for one in found if one.ends}
    yield from (one for one in found if one.ends or one.weight < 0 or (one.address, one.value) not in over)


def _find_as_written(sentence: Sentence, kinds: frozenset[str]) -> Iterator[Finding]:
    judged = False
    for rule, of_kinds in RULES_OF_SELF:
        if of_kinds and kinds.isdisjoint(of_kinds):
            continue
        for finding in rule(sentence):
            judged = judged or (finding.address == "criterion" and not finding.ends)
            if finding.ends or not (judged and finding.address == "constraint"):  # what decides is no limit beside
                yield finding
    if "preference" in kinds:
        tastes = list(find_tastes(sentence))
        yield from tastes
        told = {one.address for one in tastes}
        yield from (one for one in find_likings(sentence) if one.address not in told)
    yield from find_expertise(sentence, may_state="expertise" in kinds)


def name_entry(member: Member) -> str:
    """What stands for a directory entry where the observations of a message name the message."""
    return f"directory:{member.id}"


def seed(entry: DirectoryEntry, at: datetime) -> tuple[Observation, ...]:
    """What the workspace's directory says of a member, at low weight; its words are the title's, not a message's."""
    title = match_title(entry.title, 0) if entry.title and not is_sensitive(entry.title) else None
    if entry.is_bot or not entry.title or is_sensitive(entry.title):
        return ()
    role = title.role if title else " ".join(entry.title.lower().split()[:6])
    told = [("role", role)] + ([("seniority", title.seniority)] if title and title.seniority else [])
    return tuple(
        Observation(
            address=address,
            value=value,
            weight=DIRECTORY_WEIGHT,
            source=Source.DIRECTORY,
            quote=entry.title,
            message=name_entry(entry.member),
            at=at,
        )
        for address, value in told
    )


def _as_correction(finding: Finding) -> Finding:
    """A statement that puts right what its writer said just before."""
    stated = finding.source is Source.STATED and finding.weight > 0
    return replace(finding, source=Source.CORRECTION) if stated else finding


def _make(message: Message, sentence: Sentence, finding: Finding) -> Observation | None:
    """The observation of a finding; None where it touches what is never kept, or its words are not the writer's."""
    start, end = sentence.start + finding.start, sentence.start + finding.end
    quote = message.text[start:end].strip(" \t\n,;:-–—")
    value = " ".join(finding.value.replace(BLANK, " ").split()).strip(" .,;:!?*_~\"'")
    around = sentence.text if len(sentence.text) < 400 else quote
    if not value or not quote or is_sensitive(around) or is_sensitive(value):
        return None
    return Observation(
        address=finding.address,
        value=value,
        weight=finding.weight,
        source=finding.source,
        quote=" ".join(quote.split()) if "\n" in quote else quote,
        message=message.id,
        at=message.at,
        permalink=message.permalink,
        private=message.private,
        ends=finding.ends,
    )
