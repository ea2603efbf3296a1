"""How fast messages are observed and revised on one core, without a database: `python benchmarks/self_model.py`.

Twenty people write a chat's usual mix: short talk, questions, statements about themselves, long answers. Each message
is observed and revised into its writer's self-model at once, as in life.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from statistics import median

from bot.self_model.mentions import find_mentions
from bot.self_model.model import SelfModel
from bot.self_model.observe import observe
from bot.self_model.revise import read, revise
from bot.self_model.sensitive import is_sensitive
from bot.turn import Member, Message

MESSAGES = 10_000
PEOPLE = 20
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEXTS = (
    "ok, thanks!",
    "I'm a senior data engineer, we use Kafka and Snowflake",
    "what does idempotent mean here?",
    "can you send me the link again please",
    "the consumer lag doubled after the last rebalance, any idea why?",
    "please keep it short",
    "we can't send customer data outside the EU",
    "lunch?",
    "My goal is to cut onboarding time by half. We're working on the billing migration until June, and after that I "
    "want to look at the dashboards again, because the sales team keeps asking for the numbers by region.",
    "that did not work, I get a 403 when I open the page\n```\ncurl -i https://example.com/api\n```",
    "sounds good to me",
    "is there a way to see who changed the setting?",
)


def main() -> None:
    members = [Member("bench", f"p{number}") for number in range(PEOPLE)]
    models = {member: SelfModel(member=member) for member in members}
    messages = [make_message(number, members[number % PEOPLE]) for number in range(MESSAGES)]
    print(f"patterns and weights loaded in {time_loading():.2f} s, once, with the first messages")
    started = time.perf_counter()
    for message in messages:
        find_mentions.cache_clear()  # a real chat does not repeat twelve texts
        is_sensitive.cache_clear()
        models[message.author] = revise(models[message.author], observe(message), message.at)
    seconds = time.perf_counter() - started
    print(f"observed and revised {MESSAGES / seconds:,.0f} messages/s ({PEOPLE} people, {MESSAGES:,} messages)")
    largest = max(models.values(), key=lambda model: len(model.beliefs))
    print(f"read a self-model of {len(largest.beliefs)} beliefs in {time_reading(largest):.2f} ms (median)")


def time_loading() -> float:
    """Seconds that each kind of message takes the first time, all together."""
    started = time.perf_counter()
    for number in range(len(TEXTS) * PEOPLE):
        observe(make_message(number, Member("bench", "first")))
    return time.perf_counter() - started


def make_message(number: int, author: Member) -> Message:
    text = TEXTS[(number // PEOPLE * 7 + number % PEOPLE) % len(TEXTS)]
    return Message(id=f"m{number}", author=author, text=text, at=START + timedelta(minutes=7 * number))


def time_reading(model: SelfModel) -> float:
    """Milliseconds to read a self-model at a later time, the median of a hundred."""
    times = []
    for _ in range(100):
        started = time.perf_counter()
        read(model, START + timedelta(days=90))
        times.append(time.perf_counter() - started)
    return 1000 * median(times)


if __name__ == "__main__":
    main()
