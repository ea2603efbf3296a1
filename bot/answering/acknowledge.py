"""What is said to a message that asks nothing: a short word, or nothing at all."""

from __future__ import annotations

from bot.answering.intent import Intent, Want
from bot.turn import Decision, Reply

HELP = "*help* lists what else I understand."
WORDS = {
    Want.THANKS: "Glad that helped.",
    Want.GREETING: f"Hello. Ask me anything about the documents: I say where the answer stands. {HELP}",
    Want.NOTED: f"There is nothing in that for me to look up. Ask me anything about the documents; {HELP}",
    Want.NOTHING: "",
}
SAID = {
    "told": "Thank you for telling me.",  # true as well where nothing is learned of it
    "wrong": "Thank you for saying so. I have noted that answer as wrong, so that it is looked at.",
    "change": "I took nothing of that question to mean anything but what it says.",
}


def acknowledge(intent: Intent) -> Reply:
    """The reply to thanks or a remark; an empty text means that the bot stays out of it."""
    words = SAID.get(intent.how) or WORDS[intent.want]
    return Reply(decision=Decision.ANSWER, text=words, confidence=1.0, engine="")
