"""Teams' markup to plain words: mentions, entities, and messages that quote another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser

from adapters.payload import Payload, part, parts, word

AT = re.compile(r"<at[^>]*>(.*?)</at>", re.DOTALL)
QUOTING = "http://schema.skype.com/Reply"
BREAKS = frozenset({"p", "div", "br", "li", "blockquote", "pre", "tr"})


def to_plain(body: Payload) -> str:
    """What the person meant to write: the bot's mention gone, other mentions as @name, a quoted message as a quote."""
    written = next((one for one in read_html(parts(body, "attachments")) if QUOTING in one), "")
    text = from_html(written) if written else word(body, "text")
    bot = word(part(body, "recipient"), "id")
    for entity in parts(body, "entities"):
        if word(entity, "type") == "mention" and word(part(entity, "mentioned"), "id") == bot:
            text = text.replace(word(entity, "text") or "\0", " ")
    return to_words(text)


def to_words(text: str) -> str:
    """Marked-up words as plain ones: mentions as @name, entities as what they stand for."""
    plain = unescape(AT.sub(lambda found: f"@{found.group(1)}", text)).replace("\xa0", " ")
    return re.sub(r"[ \t]+", " ", plain).strip()


def mentions_bot(body: Payload) -> bool:
    """Whether the message names the bot."""
    bot = word(part(body, "recipient"), "id")
    named = (part(one, "mentioned") for one in parts(body, "entities") if word(one, "type") == "mention")
    return bool(bot) and any(word(one, "id") == bot for one in named)


def read_html(attachments: Sequence[Payload]) -> list[str]:
    """The message as HTML, which Teams sends along and which alone shows what was quoted."""
    return [word(one, "content") for one in attachments if word(one, "contentType") == "text/html"]


def from_html(html: str) -> str:
    """Words of a small HTML: blocks as lines, quotes as `> ` lines, code fenced, mentions kept as they are."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(line for line in reader.lines() if line.strip("> "))


class Reader(HTMLParser):
    """Collects the words, a line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._quoted += tag == "blockquote"
        self._mark(tag)
        if tag == "at":
            self._lines[-1] += "<at>"

    def handle_endtag(self, tag: str) -> None:
        if tag == "at":
            self._lines[-1] += "</at>"
        self._quoted -= tag == "blockquote" and self._quoted > 0
        self._mark(tag)

    def handle_data(self, data: str) -> None:
        first, *rest = data.split("\n")
        self._lines[-1] += first
        for line in rest:
            self._begin()
            self._lines[-1] += line

    def lines(self) -> list[str]:
        """What was read."""
        return [line.rstrip() for line in self._lines]

    def _mark(self, tag: str) -> None:
        if tag in BREAKS:
            self._begin()
        if tag == "pre":
            self._lines[-1] += "```"
            self._begin()
        elif tag == "code" and not self._lines[-1].endswith("```"):
            self._lines[-1] += "`"

    def _begin(self) -> None:
        self._lines.append("> " if self._quoted else "")
