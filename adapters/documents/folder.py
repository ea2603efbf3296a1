"""A folder's files as documents. A file that cannot be read is a Failure, and the rest goes on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from adapters.documents import convert, office
from adapters.documents.glossary import GLOSSARIES
from bot.errors import Garbled, Refused
from bot.knowledge.language import guess_language
from bot.knowledge.model import Document, Failure
from bot.turn import EVERYONE

LARGEST = 50_000_000  # bytes; what is larger is hardly a document
TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
CONVERTERS: Mapping[str, Callable[[bytes], str]] = {
    ".md": convert.read_text,
    ".markdown": convert.read_text,
    ".txt": convert.read_text,
    ".csv": convert.read_csv,
    ".html": convert.read_html,
    ".htm": convert.read_html,
    ".pdf": office.read_pdf,
    ".docx": office.read_docx,
    ".pptx": office.read_pptx,
    ".xlsx": office.read_xlsx,
}
OTHERS = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".ppt": ".pptx",
    ".odp": ".pptx",
    ".xls": ".xlsx",
    ".ods": ".xlsx",
    ".epub": ".html",
}


def read_folder(
    path: Path, readers: frozenset[str] = frozenset({EVERYONE}), *, source: str = "", link: str = ""
) -> Iterator[Document | Failure]:
    """Every document under a folder, for `readers`, in the order of their paths; hidden files and files of no document
    kind (pictures, programs) are left out. `source` goes before each path, where several folders make up one base;
    `link` is the address that opens a document (see `make_link`).

    Raises Refused, before anything is read, where the folder is missing or is not one.
    """
    if not path.exists():
        raise Refused(f"There is no folder {path}. Name one that holds the documents.")
    if not path.is_dir():
        raise Refused(f"{path} is not a folder. Name the folder that holds the documents.")
    files = sorted(one for one in path.rglob("*") if is_document(one, path))
    named = ((one, name, f"{source}/{name}" if source else name) for one, name in name_files(files, path))
    read = (read_file(one, whole, readers, make_link(link, name)) for one, name, whole in named)
    return (tell_readers(one, readers) for one in read)


def tell_readers(read: Document | Failure, readers: frozenset[str]) -> Document | Failure:
    """A failure says who may read what it had."""
    return replace(read, readers=readers) if isinstance(read, Failure) else read


def name_files(files: list[Path], folder: Path) -> Iterator[tuple[Path, str]]:
    return ((one, one.relative_to(folder).as_posix()) for one in files)


def make_link(pattern: str, name: str) -> str:
    """The address that opens a file: `{path}` stands for its path below the folder, `{page}` for that without the
    file's ending; "" where there is no pattern."""
    page = PurePosixPath(name).with_suffix("").as_posix()
    return pattern.replace("{path}", quote(name)).replace("{page}", quote(page))


def is_document(file: Path, folder: Path) -> bool:
    """Whether it is a file of a document's kind, even one we cannot read, and not hidden."""
    hidden = any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
    kind = file.suffix.lower() in CONVERTERS.keys() | OTHERS.keys() or file.name.lower() in GLOSSARIES
    return not hidden and kind and file.is_file()


def read_file(file: Path, path: str, readers: frozenset[str], link: str = "") -> Document | Failure:
    """One file as a document under that path, opened at `link`, or why it could not be read and what to do."""
    kind = file.suffix.lower()
    if kind in OTHERS:
        return Failure(path, f"Files of the kind {kind} are not read. Save it as {OTHERS[kind]}.")
    try:
        if file.stat().st_size > LARGEST:
            return Failure(
                path, f"It is larger than {LARGEST // 1_000_000} MB. Split it, or leave out what is no text."
            )
        content = file.read_bytes()
        updated = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        text = (GLOSSARIES.get(file.name.lower()) or CONVERTERS[kind])(content)
    except OSError as error:
        return Failure(path, f"It cannot be opened ({error.strerror}). Check that the bot may read it.")
    except Garbled as error:
        return Failure(path, str(error))
    if not text.strip():
        return Failure(path, "It holds no text. If it is a scan, put one with recognised text in its place.")
    return Document(
        path=path,
        title=find_title(text, file.stem),
        text=text,
        digest=make_digest(content, *sorted(readers), *filter(None, (link,))),
        updated=updated,
        language=guess_language(text),
        readers=readers,
        link=link,
    )


def make_digest(content: bytes, *more: str) -> str:
    """What changes with the content and with what else is kept of a document."""
    return hashlib.sha256(content + b"\0" + "\0".join(more).encode()).hexdigest()


def find_title(text: str, name: str) -> str:
    """The first heading of the first level, else the file's name as words."""
    heading = TITLE.search(text)
    return heading[1] if heading else name.replace("-", " ").replace("_", " ")
