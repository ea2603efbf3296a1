"""A file that someone hands over with a question: its words as Markdown, or a polite sentence why it is not read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from adapters.documents import convert
from adapters.documents.folder import CONVERTERS, OTHERS
from bot.errors import Garbled, Refused
from bot.turn import Attached

LARGEST = 5_000_000  # bytes
LONGEST = 200_000  # characters of words that are read
CODE = frozenset(
    ".py .js .ts .tsx .jsx .java .kt .go .rs .rb .php .c .h .cpp .cs .swift .scala .sql .sh .bash .ps1 .r .lua .json "
    ".yaml .yml .toml .ini .cfg .conf .xml .proto .graphql .tf .dockerfile .gradle .log .diff .patch".split()
)
READ = "text, Markdown, CSV, code, HTML, PDF, Word, PowerPoint and Excel"


def read_attached(name: str, content: bytes, *, link: str = "") -> Attached:
    """The file's words. Raises Refused, in a sentence for whoever sent it."""
    if len(content) > LARGEST:
        raise Refused(tell_too_large(name))
    kind = PurePath(name).suffix.lower()
    if kind in OTHERS:
        raise Refused(f"I do not read {kind} files, so I left out {name}. Saved as {OTHERS[kind]} I can read it.")
    convert_it = find_converter(kind)
    if convert_it is None:
        raise Refused(f"I left out {name}, for I read only files that hold words: {READ}.")
    try:
        text = convert_it(content)
    except Garbled as error:
        raise Refused(f"I could not read {name}. {error}") from error
    if not text.strip():
        raise Refused(f"I found no words in {name}.")
    return Attached(name=name, text=text[:LONGEST], link=link)


def find_converter(kind: str) -> Callable[[bytes], str] | None:
    """What makes words of a file of that kind; None for pictures, sound and other things without words. Code is read as
    it stands, and not as a block of code, of which the built-in engine would quote nothing."""
    return convert.read_text if kind in CODE else CONVERTERS.get(kind)


def tell_too_large(name: str) -> str:
    return f"I left out {name}: it is larger than {LARGEST // 1_000_000} MB, which is the most I read with a question."
