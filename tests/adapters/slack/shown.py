"""What the pictures of the documents show: an answer, what is less than one, a home and a digest as they come up."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.digest.model import Digest, DigestLine, Step
from bot.flows.tell_home import Home
from bot.self_model.explain import Entry, Group, Quote
from bot.self_model.model import Status
from bot.trust.model import Consent
from bot.turn import Assumption, Citation, Decision, Depth, Member, Reply


def cite(number: int, title: str) -> Citation:
    link = f"https://docs.example.com/relay/{number}"
    return Citation(number=number, passage=f"p{number}", document="relay.md", title=title, excerpt="…", link=link)


ANSWER = Reply(
    decision=Decision.ANSWER,
    text="**Plan for 30 days of retention, not 14.** The default would drop what the nightly job has not read by the "
    "second weekend [1]. Retention is set per topic and takes effect at once [1]; storage grows with it [2]:\n\n"
    "| retention | storage | a month |\n| --- | --- | --- |\n"
    "| 14 days | 210 GB | $48 |\n| 30 days | 450 GB | $103 |\n\n"
    "```sh\nrelay topic set billing-events --retention 30d\n```\n\n"
    "Raising it later cannot bring back what is gone [3].",
    confidence=0.86,
    depth=Depth.ADVANCED,
    engine="claude-sonnet-5-5",
    citations=(cite(1, "Topics › Retention"), cite(2, "Cost › Storage"), cite(3, "Limits › Deletion")),
    assumptions=(Assumption("my project", "the billing migration", "project"),),
)
HEDGE = Reply(
    decision=Decision.HEDGE,
    text="The documents give the limit for the hosted plan, 2,000 messages a second [1]. For running it yourselves "
    "they name no figure, so treat this as a lower bound.",
    confidence=0.55,
    citations=(cite(1, "Limits › Throughput"),),
)
ASK = Reply(
    decision=Decision.ASK,
    text="There are two retentions. Which one do you mean?",
    confidence=0.3,
    choices=("Messages in a topic", "The audit log"),
)
DECLINE = Reply(
    decision=Decision.DECLINE,
    text="The documents do not say anything about “a FedRAMP certificate”, so I will not guess. The pilot's owner may "
    "know; once it is written down where I can read it, I can answer it.",
    confidence=0.1,
)
AT = datetime(2026, 11, 19, 9, 12, tzinfo=UTC)


def said(text: str, number: int) -> Quote:
    return Quote(text=text, how="you said", permalink=f"https://slack.com/archives/C1/p{number}", at=AT)


def believed(address: str, label: str, value: str, confidence: float, *quotes: Quote) -> Entry:
    sureness = "sure" if confidence >= 0.8 else "fairly sure" if confidence >= 0.55 else "a guess"
    return Entry(
        address=address, label=label, value=value, confidence=confidence, sureness=sureness, quotes=tuple(quotes)
    )


DIGEST = Digest(
    pilot="p1",
    name="Relay pilot",
    on=date(2026, 11, 20),
    day=3,
    headline="Better for two of three evaluators; one still finds the answers too basic.",
    lines=(
        DigestLine(
            person=Member("T1", "U3"),
            name="Platform engineer",
            today=4.3,
            first=3.1,
            low=3.8,
            high=4.7,
            n=9,
            trend="improving",
            sure="very likely better",
        ),
        DigestLine(
            person=Member("T1", "U4"),
            name="Head of data",
            today=3.9,
            first=3.4,
            low=3.3,
            high=4.4,
            n=6,
            trend="improving",
            sure="likely better",
        ),
        DigestLine(
            person=Member("T1", "U5"),
            name="Security architect",
            today=2.6,
            first=2.7,
            low=2.0,
            high=3.3,
            n=5,
            trend="steady",
            sure="no clear change",
        ),
    ),
    attention=(
        Step(
            id="s1",
            text="Ask the security architect how deep they want the answers on encryption.",
            reason="Three of five answers were rated too basic, and no depth is known for that topic.",
        ),
    ),
    figures=(("questions", "20"), ("answered", "17"), ("cost", "$0.42")),
)
HOME = Home(
    groups=(
        Group(
            "Who you are",
            (believed("role", "role", "platform engineer", 0.91, said("I run the platform team's pipelines", 1)),),
        ),
        Group(
            "What you are after",
            (
                believed("project", "project", "the billing migration", 0.78, said("we move billing to Relay", 2)),
                believed("criterion", "criterion", "no lost events", 0.62, said("losing one event is one too many", 3)),
            ),
        ),
        Group(
            "What you know",
            (
                believed(
                    "expertise:kafka", "how well you know kafka", "advanced", 0.71, said("log compaction aside", 4)
                ),
            ),
        ),
    ),
    status=Status.KNOWN,
    consent=Consent(member=Member("T1", "U3"), modelling=True, at=AT),
    told="The digest of 20 November says of you:\n• 4.3 (3.8–4.7), very likely better, 9 rated answers",
)
