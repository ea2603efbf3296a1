"""The chat commands, carried out: show, explain, put right, forget, pause, export, consent.

What is said of a person goes to that person alone: where others read, the answer goes out shown to them only and the
place gets a word that says so. Everything leaves through the outbox with its audit entries, in one transaction.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Refused, Unavailable
from bot.flows.forget import all_exchanges, all_feedback, forget_all, forget_some
from bot.flows.learn import revise_stored
from bot.flows.redraw_reviews import hide_from_reviewers
from bot.flows.tell_own import tell_last_told
from bot.ports import Directory, Effects, Lease, Notice, Outgoing, Stores
from bot.self_model.model import SelfModel
from bot.self_model.revise import read, revise
from bot.trust import audit, consent, telling
from bot.trust.commands import Command, Do, parse_command
from bot.trust.correcting import observe_correction
from bot.trust.model import AuditEntry, Consent
from bot.trust.pick import pick_beliefs, pick_targets
from bot.trust.screening import screen
from bot.turn import Member, Place, Turn

NOTICE = "notice/"  # what the outbox's key of a command's answer begins with
SECRET = (
    "Your last message held what looks like a secret ({kinds}). I blacked it out before anything was kept or sent, "
    "but it still stands where you wrote it: delete it there, and replace a key or password."
)
IN_PRIVATE = "I've told you in private."
CHOICES = 8  # beliefs offered to pick from
SETTINGS = frozenset(
    {Do.PAUSE, Do.RESUME, Do.AGREE, Do.DECLINE, Do.NAME_ME, Do.DO_NOT_NAME_ME, Do.OPEN_PRIVATE, Do.CLOSE_PRIVATE}
)

OPEN = frozenset({Do.HELP, Do.OTHERS})  # whose answers say nothing of anybody


@dataclass(frozen=True, slots=True)
class Told:
    """What a command ends in: the words for its person, and the audit entries."""

    notice: Notice
    audit: tuple[AuditEntry, ...] = ()


async def control(
    stores: Stores,
    turn: Turn,
    now: datetime,
    *,
    directory: Directory | None = None,
    lease: Lease | None = None,
) -> Notice | None:
    """Carry out the command that a turn is; None where it is none. What is returned is what its place gets to see."""
    command = parse_command(turn.message.text, turn.history)
    if command is None:
        return None
    told = await carry_out(stores, turn, command, now)
    return await answer(stores, turn, told, directory=directory, lease=lease, openly=command.do in OPEN)


async def answer(
    stores: Stores,
    turn: Turn,
    told: Told,
    *,
    directory: Directory | None = None,
    lease: Lease | None = None,
    openly: bool = False,
) -> Notice:
    """Put a command's answer in the outbox: where others read, for its person alone, unless it may be said `openly`.
    What is returned is what the place gets to see."""
    in_private = not (turn.audience.alone or openly)
    shown = Notice(IN_PRIVATE) if in_private else told.notice
    outgoing = [make_outgoing(turn, f"{NOTICE}{turn.message.id}", shown, turn.place, alone=turn.audience.alone)]
    if in_private:
        outgoing.append(await make_private(turn, f"{NOTICE}{turn.message.id}/private", told.notice, directory))
    await stores.journal.commit(Effects(audit=told.audit, outgoing=tuple(outgoing), done=lease))
    return shown


async def ask_consent(stores: Stores, turn: Turn, *, directory: Directory | None = None) -> bool:
    """Ask a person who was never heard whether their messages may be learned from, once: the outbox knows the key.
    Where they cannot be reached just now, with the next of their messages. Whether they are still to be heard."""
    if not consent.is_open(await stores.consents.load(turn.asker)):
        return False
    key = f"consent/{turn.asker.workspace}/{turn.asker.id}"
    question = Notice(consent.QUESTION, consent.CHOICES)
    with suppress(Unavailable):  # what they asked is answered, and must not fail for this
        asked = await make_private(turn, key, question, directory)
        await stores.journal.commit(Effects(outgoing=(asked,)))
    return True


async def warn_of_secrets(stores: Stores, turn: Turn, *, directory: Directory | None = None) -> None:
    """Tell a person alone that their message held a secret: nothing of it is kept here, but it stands where it was
    written, for everyone who reads there."""
    kinds = sorted({one.kind.lower().replace("-", " ").replace("_", " ") for one in screen(turn.message.text).unkept})
    if not kinds:
        return
    notice = Notice(SECRET.format(kinds=", ".join(kinds)))
    with suppress(Unavailable):
        warning = await make_private(turn, f"secret/{turn.message.id}", notice, directory)
        await stores.journal.commit(Effects(outgoing=(warning,)))


def make_outgoing(
    turn: Turn, key: str, notice: Notice, place: Place, *, alone: bool, only_to: Member | None = None
) -> Outgoing:
    return Outgoing(key=key, platform=turn.platform, place=place, content=notice, only_to=only_to, alone=alone)


async def make_private(turn: Turn, key: str, notice: Notice, directory: Directory | None) -> Outgoing:
    """A notice for the asker alone: where they already are alone, else their direct conversation, else shown only to
    them where they are."""
    if turn.audience.alone:
        return make_outgoing(turn, key, notice, turn.place, alone=True)
    if directory is None:
        return make_outgoing(turn, key, notice, turn.place, alone=True, only_to=turn.asker)
    try:
        place = await directory.direct_place(turn.asker)
    except Refused:  # someone of another organization cannot be written to
        return make_outgoing(turn, key, notice, turn.place, alone=True, only_to=turn.asker)
    return make_outgoing(turn, key, notice, place, alone=True)


async def carry_out(stores: Stores, turn: Turn, command: Command, now: datetime) -> Told:
    """Do what the command says; the words are for its person alone."""
    if command.do in SETTINGS:
        return await set_consent(stores, turn.asker, command.do, now)
    match command.do:
        case Do.HELP:
            return Told(Notice(telling.HELP))
        case Do.OTHERS:
            return Told(Notice(telling.OTHERS))
        case Do.CORRECT:
            return await correct(stores, turn, command, now)
        case Do.FORGET:
            return await forget(stores, turn, command, now)
        case Do.FORGET_EVERYTHING:
            receipt = await forget_all(stores, turn.asker, id=f"forget/{turn.message.id}", at=latest(turn, now))
            return Told(Notice(telling.tell_receipt(receipt)), (audit.erased(receipt),))
        case Do.EXPORT:
            return await export(stores, turn, now)
        case Do.WHY:
            return await explain(stores, turn, command, now)
        case Do.CHAMPION_SEES:
            general = consent.tell_what_champion_sees(await stores.consents.load(turn.asker))
            own = await tell_last_told(stores, turn.asker)
            return Told(Notice(f"{general}\n\n{own}" if own else general))
        case _:
            agreed = await stores.consents.load(turn.asker)
            return Told(Notice(telling.tell_beliefs(await load(stores, turn.asker, now), agreed)))


async def load(stores: Stores, member: Member, now: datetime) -> SelfModel:
    """A person's self-model as it reads now."""
    return read(await stores.self_models.load(member), now)


def latest(turn: Turn, now: datetime) -> datetime:
    """The later of when it was said and now: forgetting means all up to then, whichever clock is ahead."""
    return max(turn.message.at, now)


async def set_consent(stores: Stores, member: Member, do: Do, now: datetime) -> Told:
    """Change what a person agrees to, and say so; nothing to pause or resume where they never agreed."""
    old = await stores.consents.load(member)
    if do in (Do.PAUSE, Do.RESUME) and not old.modelling:
        return Told(Notice(consent.NOT_AGREED))
    new, words = changed(old, do, now)
    await stores.consents.save(new)
    await hide_from_reviewers(stores, new)
    return Told(Notice(words), (audit.consented(new, now),))


def changed(old: Consent, do: Do, now: datetime) -> tuple[Consent, str]:
    """The consent after a command, and what to say of it."""
    changes = {
        Do.AGREE: (consent.agree(old, now), consent.AGREED),
        Do.DECLINE: (consent.decline(old, now), consent.DECLINED),
        Do.PAUSE: (consent.pause(old, now), consent.PAUSED),
        Do.RESUME: (consent.resume(old, now), consent.RESUMED),
        Do.NAME_ME: (replace(old, named_to_champion=True), consent.NAMED),
        Do.DO_NOT_NAME_ME: (replace(old, named_to_champion=False), consent.UNNAMED),
        Do.OPEN_PRIVATE: (replace(old, private_in_public=True), consent.OPENED),
        Do.CLOSE_PRIVATE: (replace(old, private_in_public=False), consent.CLOSED),
    }
    return changes[do]


async def explain(stores: Stores, turn: Turn, command: Command, now: datetime) -> Told:
    """Where the beliefs that were asked about come from."""
    model = await load(stores, turn.asker, now)
    meant = pick_beliefs(model, command.subject) if command.subject else model.beliefs
    held = [one for one in meant if one.valid_to is None]
    if not held:
        return Told(Notice("I don't believe that about you. *What do you believe about me* shows what I do."))
    return Told(Notice(telling.tell_why(held)))


async def correct(stores: Stores, turn: Turn, command: Command, now: datetime) -> Told:
    """Put a belief right by the person's own words; without a right value, ask which one is meant."""
    agreed = await stores.consents.load(turn.asker)
    if not agreed.modelling:
        return Told(Notice(f"I hold nothing about you to put right. {consent.describe(agreed)}"))
    model = await load(stores, turn.asker, now)
    try:
        observations = observe_correction(model, turn.message, command)
    except Refused as error:  # a sensitive value, a step that does not exist: said to its person alone
        return Told(Notice(str(error)))
    if not observations:
        missing = "I can't tell which belief that changes." if command.value else "Which belief is wrong?"
        return Told(ask_which(model, "correct", f"{missing} Say for example *correct my role to analyst*."))
    before, after = await revise_stored(stores.self_models, turn.asker, lambda old: revise(old, observations, now))
    counts = audit.count_learning(before, after, observations, {})
    return Told(
        Notice(telling.tell_correction(observations)), (audit.learned(turn.asker, turn.message.id, counts, now),)
    )


def ask_which(model: SelfModel, verb: str, question: str) -> Notice:
    """Which belief is meant, with those held to pick from."""
    named = tuple(f"{verb} {one.address} {one.value}" for one in model.beliefs[:CHOICES])
    if verb == "correct":
        named = ()  # a value has to be written, so there is nothing to pick
    listed = "\n".join(f"- {telling.name_belief(one)}" for one in model.beliefs[:CHOICES])
    return Notice(f"{question}\n{listed}" if listed else "I believe nothing about you yet.", named)


async def forget(stores: Stores, turn: Turn, command: Command, now: datetime) -> Told:
    """Erase the beliefs that are meant; ask which, where that is not clear."""
    model = await stores.self_models.load(turn.asker)
    targets = pick_targets(model, command.subject)
    if not targets:
        return Told(ask_which(read(model, now), "forget", "Which belief shall I forget?"))
    receipt = await forget_some(stores, turn.asker, targets, id=f"forget/{turn.message.id}", at=latest(turn, now))
    return Told(Notice(telling.tell_receipt(receipt)), (audit.erased(receipt),))


async def export(stores: Stores, turn: Turn, now: datetime) -> Told:
    """All that is held about the person, as JSON."""
    member = turn.asker
    model = await load(stores, member, now)
    agreed = await stores.consents.load(member)
    start = datetime.min.replace(tzinfo=now.tzinfo)
    exchanges = await all_exchanges(stores, member, start, now)
    receipts = await stores.self_models.receipts(member)
    feedback = await all_feedback(stores, member, now)
    document = telling.export_json(model, agreed, exchanges, receipts, feedback)
    words = f"All I hold about you, as JSON:\n\n```json\n{document}\n```"
    return Told(Notice(words), (audit.exported(member, len(model.beliefs), now),))
