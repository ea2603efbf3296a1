"""The chat commands as dialogs: said → told, what is left afterwards, and who gets to see it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Unavailable
from bot.flows.control import IN_PRIVATE, ask_consent, control
from bot.flows.learn import learn
from bot.pilot.model import Feedback, FeedbackKind, FeedbackSource
from bot.ports import Effects, Notice, Outgoing, Stores
from bot.self_model.model import DirectoryEntry
from bot.trust import consent
from bot.trust.model import AuditKind
from bot.turn import Audience, Decision, Exchange, Member, Message, Place, Reply, Said, Turn
from storage.memory import open_memory

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
ANALYST = Member("acme", "analyst")
CHANNEL, DIRECT = Place("acme", "pilot"), Place("acme", "direct-analyst")
TOLD = ("I'm a data engineer", "We use Kafka for events", "I'm working on the billing migration")


class Busy:
    """A directory whose platform takes no more calls for a while."""

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        return None

    async def direct_place(self, member: Member) -> Place:
        raise Unavailable


class People:
    """A directory that knows where the bot speaks to someone alone."""

    async def look_up(self, member: Member) -> DirectoryEntry | None:
        return None

    async def direct_place(self, member: Member) -> Place:
        return Place(member.workspace, f"direct-{member.id}")


def turn(text: str, *, alone: bool = True, id: str = "c1", at: datetime = NOW, history: Sequence[Said] = ()) -> Turn:
    message = Message(id=id, author=ANALYST, text=text, at=at, private=alone)
    place = DIRECT if alone else CHANNEL
    return Turn(message=message, place=place, audience=Audience(alone), history=tuple(history), platform="slack")


async def open_known(*said: str) -> Stores:
    """Stores in which the analyst agreed, and said these things, a day apart."""
    stores = open_memory()
    await stores.consents.save(consent.agree(await stores.consents.load(ANALYST), NOW - timedelta(days=9)))
    for number, text in enumerate(said or TOLD):
        at = NOW - timedelta(days=8 - number)
        link = f"https://chat.example/m{number}"
        await learn(stores, Message(id=f"m{number}", author=ANALYST, text=text, at=at, permalink=link), at)
    return stores


async def ask(stores: Stores, text: str, **how: object) -> str:
    """What a command said in private is answered with."""
    notice = await control(stores, turn(text, **how), NOW)  # type: ignore[arg-type]
    assert notice is not None, text
    return notice.text


async def sent(stores: Stores) -> list[Outgoing]:
    """All that is waiting in the outbox."""
    out: list[Outgoing] = []
    while sending := await stores.outbox.next("test", 60):
        out.append(sending.outgoing)
        await stores.outbox.sent(sending.outgoing.key, "1")
    return out


async def held(stores: Stores) -> set[tuple[str, str]]:
    model = await stores.self_models.load(ANALYST)
    return {(one.address, one.value) for one in model.beliefs}


async def test_an_ordinary_question_is_no_command() -> None:
    stores = await open_known()
    assert await control(stores, turn("How long are messages kept?"), NOW) is None
    assert await sent(stores) == []


async def test_beliefs_are_shown_with_how_sure_their_words_and_links() -> None:
    told = await ask(await open_known(), "what do you believe about me?")
    assert "role: data engineer" in told
    assert "“I'm a data engineer”" in told
    assert "https://chat.example/m0" in told
    assert "%" in told
    assert "sure" in told


async def test_nothing_believed_is_said_so_with_where_consent_stands() -> None:
    told = await ask(open_memory(), "what do you believe about me")
    assert "nothing about you yet" in told
    assert "not said yet" in told


async def test_why_quotes_the_words_of_the_belief_asked_about_alone() -> None:
    told = await ask(await open_known(), "why do you think I'm a data engineer?")
    assert "“I'm a data engineer”" in told
    assert "Kafka" not in told


async def test_why_for_something_not_believed_says_so() -> None:
    assert "don't believe" in await ask(await open_known(), "why do you think I'm a lawyer?")


@pytest.mark.parametrize(
    "text", ["that's wrong: I'm an analyst", "correct my role to analyst", "correct role to analyst"]
)
async def test_a_correction_wins_at_once_and_is_audited(text: str) -> None:
    stores = await open_known()
    told = await ask(stores, text)
    assert "analyst" in told
    assert ("role", "analyst") in await held(stores)
    assert ("role", "data engineer") not in await held(stores)
    entries = await stores.journal.audit("acme", NOW, NOW + timedelta(seconds=1))
    assert entries[-1].detail["corrections"] == 1


async def test_what_stands_behind_a_not_is_no_longer_believed() -> None:
    stores = await open_known("We use Snowflake", "I'm a data engineer")
    await ask(stores, "that's wrong: we use BigQuery, not Snowflake")
    values = {value for _, value in await held(stores)}
    assert "BigQuery" in values
    assert "Snowflake" not in values
    assert "data engineer" in values


async def test_a_not_denies_only_what_it_names() -> None:
    stores = await open_known("We use Kafka")
    await ask(stores, "that's wrong: I'm not new to Kafka")
    assert ("tool:streaming", "Kafka") in await held(stores)


async def test_a_stated_value_takes_the_place_of_the_only_other_one_unless_it_is_one_more() -> None:
    stores = await open_known("My goal is to cut the warehouse bill")
    await ask(stores, "that's wrong: my goal is to reduce churn")
    assert [value for address, value in await held(stores) if address == "goal"] == ["reduce churn"]
    await ask(stores, "that's not right: my goal is also to hire two analysts", id="c2")
    assert len([value for address, value in await held(stores) if address == "goal"]) == 2


async def test_the_only_goal_is_replaced_by_the_right_one_and_of_several_the_named_one() -> None:
    stores = await open_known("My goal is to cut the warehouse bill")
    await ask(stores, "correct my goal to ship the churn dashboard")
    assert [value for address, value in await held(stores) if address == "goal"] == ["ship the churn dashboard"]
    two = await open_known("My goal is to cut the warehouse bill", "My goal is to hire two analysts")
    await ask(two, "correct my warehouse bill goal to halve the warehouse bill")
    goals = {value for address, value in await held(two) if address == "goal"}
    assert goals == {"hire two analysts", "halve the warehouse bill"}


async def test_a_correction_without_the_right_value_asks_which() -> None:
    told = await ask(await open_known(), "that's wrong about me")
    assert "Which belief is wrong?" in told
    assert "role: data engineer" in told


@pytest.mark.parametrize("text", ["correct my background to cancer survivor", "correct expertise:kafka to so-so"])
async def test_a_correction_to_what_is_never_kept_is_refused_in_words(text: str) -> None:
    stores = await open_known()
    before = await held(stores)
    assert "Thank you" not in await ask(stores, text)
    assert await held(stores) == before


async def test_nothing_can_be_corrected_without_consent() -> None:
    stores = open_memory()
    assert "nothing about you to put right" in await ask(stores, "correct my role to analyst")
    assert await held(stores) == set()


async def test_forgetting_removes_the_belief_gives_a_receipt_and_sticks() -> None:
    stores = await open_known()
    told = await ask(stores, "forget my role")
    assert "Receipt" in told
    assert "role" not in {address for address, _ in await held(stores)}
    assert len(await held(stores)) > 0
    (receipt,) = await stores.self_models.receipts(ANALYST)
    assert receipt.removed["beliefs"] >= 1
    await learn(stores, Message(id="m0", author=ANALYST, text=TOLD[0], at=NOW - timedelta(days=8)), NOW)
    assert "role" not in {address for address, _ in await held(stores)}


async def test_what_was_forgotten_comes_back_when_it_is_said_anew() -> None:
    stores = await open_known()
    await ask(stores, "forget that I'm a data engineer")
    later = NOW + timedelta(days=1)
    await learn(stores, Message(id="m9", author=ANALYST, text="I'm a data engineer", at=later), later)
    assert ("role", "data engineer") in await held(stores)


async def test_the_command_itself_teaches_nothing() -> None:
    stores = await open_known()
    request = turn("forget that I use Kafka")
    await control(stores, request, NOW)
    await learn(stores, request.message, NOW)
    assert "Kafka" not in {value for _, value in await held(stores)}


async def test_forgetting_what_is_not_there_asks_which_with_choices() -> None:
    stores = await open_known()
    notice = await control(stores, turn("forget my flying licence"), NOW)
    assert notice is not None
    assert "Which belief" in notice.text
    before = await held(stores)
    assert await control(stores, turn(notice.choices[0], id="c2"), NOW)
    assert len(await held(stores)) == len(before) - 1


async def test_forgetting_everything_wipes_the_model_and_the_words_of_exchanges() -> None:
    stores = await open_known()
    asked = turn("How does billing work?", id="q1", at=NOW - timedelta(hours=1))
    reply = Reply(decision=Decision.ANSWER, text="Like this.", confidence=0.9)
    await stores.journal.commit(
        Effects(exchange=Exchange(id="q1", turn=asked, enriched="billing", reply=reply, at=asked.message.at))
    )
    await ask(stores, "forget that I use Kafka")
    assert "Everything" in await ask(stores, "forget everything about me", id="c2")
    model = await stores.self_models.load(ANALYST)
    assert [one.value for one in model.tombstones] == [""]
    assert (model.beliefs, model.past, model.observations) == ((), (), ())
    exchange = await stores.journal.exchange("acme", "q1")
    assert exchange is None or "billing" not in str(exchange)
    receipt = (await stores.self_models.receipts(ANALYST))[-1]
    assert receipt.removed["exchanges"] == 1
    kinds = [one.kind for one in await stores.journal.audit("acme", NOW, NOW + timedelta(seconds=1))]
    assert kinds == [AuditKind.ERASED, AuditKind.ERASED]


async def test_an_export_is_json_and_complete() -> None:
    stores = await open_known()
    vote = Feedback(
        id="f1",
        exchange="q1",
        member=ANALYST,
        at=NOW - timedelta(hours=1),
        source=FeedbackSource.THUMBS,
        kind=FeedbackKind.TOO_BASIC,
        satisfaction=1.6,
    )
    await stores.journal.commit(Effects(feedback=(vote, replace(vote, id="f2", member=Member("acme", "other")))))
    told = await ask(stores, "export my data")
    document = json.loads(told.split("```json\n")[1].split("```")[0])
    assert {one["address"] for one in document["beliefs"]} >= {"role"}
    assert document["beliefs"][0]["evidence"][0]["quote"]
    assert document["consent"]["modelling"] is True
    assert [(one["id"], one["kind"]) for one in document["feedback"]] == [("f1", "too_basic")]


@pytest.mark.parametrize(
    ("text", "modelling", "paused"),
    [
        ("pause", True, True),
        ("don't learn about me", False, False),
        ("Yes, learn from what I write", True, False),
        ("No, answer without", False, False),
    ],
)
async def test_consent_changes_by_word_and_is_audited(text: str, modelling: bool, paused: bool) -> None:
    stores = await open_known()
    await ask(stores, text)
    now = await stores.consents.load(ANALYST)
    assert (now.modelling, now.paused) == (modelling, paused)
    (entry,) = await stores.journal.audit("acme", NOW, NOW + timedelta(seconds=1))
    assert entry.kind is AuditKind.CONSENTED
    assert entry.detail["modelling"] == int(modelling)


async def test_resume_undoes_pause_and_neither_means_anything_without_consent() -> None:
    stores = await open_known()
    await ask(stores, "pause")
    await ask(stores, "resume", id="c2")
    assert (await stores.consents.load(ANALYST)).learning
    stranger = open_memory()
    assert await ask(stranger, "pause") == consent.NOT_AGREED
    assert consent.is_open(await stranger.consents.load(ANALYST))


@pytest.mark.parametrize(("text", "modelling"), [("yes", True), ("no thanks", False)])
async def test_a_bare_yes_or_no_counts_right_after_the_question(text: str, modelling: bool) -> None:
    stores = open_memory()
    asked = [Said("agent", consent.QUESTION)]
    assert await control(stores, turn(text, history=asked), NOW)
    assert (await stores.consents.load(ANALYST)).modelling is modelling
    assert await control(open_memory(), turn(text), NOW) is None


async def test_naming_and_private_words_follow_their_commands() -> None:
    stores = await open_known()
    await ask(stores, "count me only in the aggregate")
    await ask(stores, "use what I tell you in private", id="c2")
    now = await stores.consents.load(ANALYST)
    assert (now.named_to_champion, now.private_in_public) == (False, True)
    assert "does not see your name" in await ask(stores, "what does the champion see about me?", id="c3")


PERSONAL = ["what do you believe about me", "why do you think I'm a data engineer", "export", "forget my role", "pause"]


@pytest.mark.parametrize("text", PERSONAL)
async def test_where_others_read_the_place_sees_only_that_there_was_an_answer(text: str) -> None:
    stores = await open_known()
    shown = await control(stores, turn(text, alone=False), NOW, directory=People())
    assert shown == Notice(IN_PRIVATE)
    public, private = sorted(await sent(stores), key=lambda one: one.key)
    assert (public.place, public.content) == (CHANNEL, Notice(IN_PRIVATE))
    assert (private.place, private.alone) == (DIRECT, True)
    assert private.content != public.content


async def test_without_a_directory_it_is_shown_to_them_alone_where_they_are() -> None:
    stores = await open_known()
    await control(stores, turn("what do you believe about me", alone=False), NOW)
    private = [one for one in await sent(stores) if one.content != Notice(IN_PRIVATE)]
    assert [(one.only_to, one.place) for one in private] == [(ANALYST, CHANNEL)]


async def test_help_is_for_everyone() -> None:
    stores = open_memory()
    shown = await control(stores, turn("help", alone=False), NOW)
    assert shown is not None
    assert "forget" in shown.text
    assert len(await sent(stores)) == 1


async def test_a_repeated_command_is_delivered_once() -> None:
    stores = await open_known()
    await control(stores, turn("forget my role"), NOW)
    await control(stores, turn("forget my role"), NOW)
    assert len(await sent(stores)) == 1


async def test_consent_is_asked_with_the_next_message_where_its_person_cannot_be_reached() -> None:
    stores = open_memory()
    question = turn("How long are messages kept?", alone=False)
    assert await ask_consent(stores, question, directory=Busy())
    assert not await sent(stores)
    assert await ask_consent(stores, question, directory=People())
    assert len(await sent(stores)) == 1


async def test_consent_is_asked_once_and_in_private() -> None:
    stores = open_memory()
    question = turn("How long are messages kept?", alone=False)
    assert await ask_consent(stores, question, directory=People())
    assert await ask_consent(stores, question, directory=People())
    (asked,) = await sent(stores)
    assert asked.place == DIRECT
    assert asked.content == Notice(consent.QUESTION, consent.CHOICES)
    await control(stores, replace(question, message=replace(question.message, id="c2", text=consent.NO)), NOW)
    assert not await ask_consent(stores, question, directory=People())
