"""Files that someone sends with a question in a personal chat: which they are, and their words, read for that answer
only. Elsewhere Teams tells bots of no files.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from adapters.documents.attached import LARGEST, read_attached, tell_too_large
from adapters.payload import Payload, part, parts, word
from bot.errors import Refused, Unavailable
from bot.turn import Attached

FILE = "application/vnd.microsoft.teams.file.download.info"
MOST = 3  # files read with one question
SECONDS = 20.0  # for one file
ONEDRIVE = ".sharepoint.com"  # where the files of Teams lie
WITH_A_QUESTION = (
    "I read a file together with a question. Send it again, with what you want to know in the same message."
)
PICTURE = "I read words, not pictures; I left it out."


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as a message tells of it: its name, where it can be had for some minutes without a token, its page."""

    name: str
    address: str
    link: str


def read_files(body: Payload) -> tuple[SentFile, ...]:
    """The files that a message came with; pictures have no address."""
    found = []
    for one in parts(body, "attachments"):
        kind = word(one, "contentType")
        if kind == FILE:
            address = word(part(one, "content"), "downloadUrl")
            found.append(SentFile(word(one, "name") or "the file", address, word(one, "contentUrl")))
        elif kind.startswith(("image/", "video/", "audio/")):
            found.append(SentFile(word(one, "name") or "a picture", "", ""))
    return tuple(found)


async def fetch_all(files: tuple[SentFile, ...], service: str) -> tuple[list[Attached], list[str]]:
    """The words of the files, and a sentence for each that is not read. `service`: the address that Teams speaks from.
    Raises Unavailable."""
    read: list[Attached] = []
    declined = [f"I read at most {MOST} files with one question, so I left out {one.name}." for one in files[MOST:]]
    for one in files[:MOST]:
        try:
            read.append(await fetch(one, service))
        except Refused as error:
            declined.append(str(error))
    return read, declined


async def fetch(file: SentFile, service: str) -> Attached:
    """One file's words. Raises Refused with a sentence for its person, Unavailable."""
    if not file.address:
        raise Refused(PICTURE)
    if not is_teams(file.address, service):
        raise Refused(f"I cannot open {file.name}: it does not lie in your OneDrive or SharePoint.")
    return read_attached(file.name, await download(file), link=file.link)


def is_teams(address: str, service: str) -> bool:
    """Whether an address is one where Teams keeps files, so that nobody sends the bot elsewhere."""
    asked = urlsplit(address)
    host = asked.hostname or ""
    ours = asked.scheme == "https" and host.endswith(ONEDRIVE)
    return ours or (bool(host) and asked.netloc == urlsplit(service).netloc)


async def download(file: SentFile) -> bytes:
    """A file's content. Raises Refused where it is not given, or is too large; Unavailable."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=SECONDS)) as session,
            session.get(file.address, allow_redirects=False) as response,
        ):
            if response.status >= 500:
                raise Unavailable(f"Teams cannot give the file {file.name} just now.")
            if response.status != 200:
                raise Refused(f"I cannot open {file.name}: Teams no longer gives it. Send it once more.")
            content = await response.content.read(LARGEST + 1)
            while len(content) <= LARGEST and (more := await response.content.read(LARGEST + 1 - len(content))):
                content += more
    except (ClientError, TimeoutError, OSError) as error:
        raise Unavailable(f"Teams cannot give the file {file.name} just now.") from error
    if len(content) > LARGEST:
        raise Refused(tell_too_large(file.name))
    return content
