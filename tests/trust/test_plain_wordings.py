"""Commands in the words that people use for them, and questions about what the commands do, which are questions."""

from __future__ import annotations

import pytest

from bot.trust.commands import Command, Do, parse_command

SAID = {
    Do.FORGET_EVERYTHING: (
        "can you forget me again?",
        "please delete everything you know about me",
        "Could you please forget me",
        "Delete everything you have on me",
        "erase all you've learned about me!",
        "I want you to forget everything about me",
        "I'd like you to delete my data",
        "wipe everything you have stored about me",
        "remove all my data, please",
        "get rid of everything you know about me",
        "please forget what you know about me",
        "forget all about me",
        "hi Daytwo, can you delete all the data you have about me? thanks",
        "forget everything now",
        "kindly delete everything about me from your memory",
        "forget everything I told you",
    ),
    Do.ABOUT: (
        "what have you stored on me",
        "what do you have on me?",
        "what data do you hold about me",
        "What information do you keep about me?",
        "can you show me what you know about me?",
        "tell me everything you've learned about me",
        "what have you saved about me so far?",
        "what is stored about me?",
        "what's in my profile?",
        "could you tell me what you believe about me",
        "what do you actually know about me?",
    ),
    Do.PAUSE: (
        "stop tracking me",
        "pause learning please",
        "can you pause learning for now?",
        "please stop learning from me",
        "stop learning from my messages",
        "I want you to stop observing me",
        "stop collecting data about me",
    ),
    Do.RESUME: (
        "you can learn again",
        "start learning again",
        "can you resume learning?",
        "learn from me again please",
    ),
    Do.DECLINE: (
        "I don't want you to learn about me",
        "don't learn from me anymore",
        "please don't track me",
        "don't store anything about me",
        "I withdraw my consent",
    ),
    Do.EXPORT: (
        "can I have a copy of my data?",
        "send me everything you have on me",
        "could you export my data",
        "I want to export my data",
    ),
    Do.FORGET: (
        "can you forget my role?",
        "could you please forget that I use Kafka?",
        "I want you to forget my goals",
    ),
    Do.OTHERS: ("can you forget everything about my boss?",),
}
ASKED = (
    "how do I make it forget something?",
    "what happens when I say forget everything?",
    "can I ask you to forget me?",
    "do you forget me when I leave the company?",
    "does forget everything also delete my questions?",
    "how do I delete my data?",
    "how can I stop you from tracking me?",
    "how long do you store my data?",
    "where do you store data about me?",
    "what data do you store about users?",
    "who can see what you know about me?",
    "is my data deleted when I say forget me?",
    "will you forget everything if I ask?",
    "can you forget things?",
    "what does pause learning do?",
    "why should I pause learning?",
    "can the champion see what you have stored on me?",
    "can you explain how forgetting works?",
    "what is stored about me when I say no?",
    "can I export my data?",
    "are you tracking me?",
    "what can you forget?",
    "can you continue?",
    "can you export?",
    "can you delete everything?",
    "can you forget everything?",
    "can you export everything?",
    "do you have data about me?",
)
ABOUT_WORK = (
    "stop tracking orders in the dashboard",
    "delete everything in the staging bucket",
    "please delete everything you don't need from the summary",
    "can you forget the last answer?",
    "what have you stored on the cluster?",
    "what data do you have on churn?",
    "stop learning rate decay",
    "pause the learning pipeline",
    "export my data to BigQuery",
    "I want to delete my data from the warehouse",
    "can you delete my account?",
    "I want to delete my branch",
    "could you change my ticket to high priority?",
    "can you set my alert: 5 minutes",
    "get rid of all that legacy code",
    "stop recording",
)

# More of both, by the same hand, that the rules met when they were done.
UNSEEN = {
    Do.FORGET_EVERYTHING: (
        "please remove everything you've got on me",
        "can you erase everything you know about me",
        "could you wipe my data please",
        "I would like you to forget me",
        "forget whatever you know about me",
        "delete all the information you have about me",
        "pls forget me",
        "please erase my profile",
        "would you please delete all my data",
        "forget everything you've ever learned about me",
        "delete what you have on me",
    ),
    Do.ABOUT: (
        "what did you learn about me?",
        "what have you got on me?",
        "what facts do you have about me",
        "please show me what you have stored about me",
        "tell me what you know about me",
        "which data do you keep about me?",
        "what have you noted about me?",
        "what do you remember of me",
    ),
    Do.PAUSE: (
        "stop watching me",
        "please pause",
        "stop profiling me",
        "pause tracking",
        "stop learning about me for now",
        "can you stop learning from what I write?",
        "please stop tracking me",
    ),
    Do.RESUME: (
        "please resume learning",
        "you may start learning again",
        "continue learning",
        "unpause please",
    ),
    Do.DECLINE: (
        "do not track me",
        "I don't want you to learn anything about me",
        "never learn from me again",
    ),
    Do.EXPORT: (
        "give me a copy of my data",
        "can I get my data?",
        "please export everything you have about me",
        "download my data",
    ),
    Do.FORGET: (
        "please forget my seniority",
        "would you forget that I prefer tables?",
        "can you unlearn my role",
    ),
}
UNSEEN_QUESTIONS = (
    "what happens to my data when I am deleted?",
    "when do you delete my data?",
    "can an admin see what you stored on me?",
    "how can you forget me?",
    "does pausing delete anything?",
    "can you stop the pipeline?",
    "what do you have on retention limits?",
    "please delete the old records from the table",
    "what data does Slack store about me?",
    "why do you store what I write?",
    "do you track me?",
    "is learning paused?",
    "can I pause learning?",
    "how do I see what you have stored on me?",
    "what is the difference between pause and forget?",
    "can you delete old partitions?",
    "stop sending me the digest",
    "I want to export my dashboard",
    "what have you learned from the incident?",
    "what do you know about our SLA?",
    "forget the cache, use the database",
    "can forgetting be undone?",
    "export everything to csv in the pipeline",
    "I don't want you to guess",
)


@pytest.mark.parametrize(
    ("text", "does"), [(text, do) for said in (SAID, UNSEEN) for do, texts in said.items() for text in texts]
)
def test_a_command_in_plain_words_is_one(text: str, does: Do) -> None:
    found = parse_command(text)
    assert found
    assert found.do is does


@pytest.mark.parametrize("text", [*ASKED, *ABOUT_WORK, *UNSEEN_QUESTIONS])
def test_what_is_asked_about_a_command_is_a_question(text: str) -> None:
    assert parse_command(text) is None


def test_what_is_to_be_forgotten_is_named_without_the_courtesies() -> None:
    assert parse_command("Can you forget my role, please?") == Command(Do.FORGET, "my role")
    assert parse_command("could you please forget that I use Kafka?") == Command(Do.FORGET, "that I use Kafka")
