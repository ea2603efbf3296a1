"""Files that someone shares with a question: which they are, and their words, read for that answer only."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from adapters.documents.attached import LARGEST, read_attached, tell_too_large
from adapters.payload import Payload, part, parts, word
from adapters.slack.web import call
from bot.errors import Refused, Unavailable
from bot.turn import Attached

MOST = 3  # files read with one question
SECONDS = 20.0  # for one file
SLACK_HOST = "slack.com"
CHECK = "check_file_info"  # how Slack marks a file of another organization, of which the message tells nothing


@dataclass(frozen=True, slots=True)
class SharedFile:
    """A file as a message tells of it; `size` in bytes, 0 where it is not told."""

    id: str
    name: str
    size: int
    address: str
    link: str
    partial: bool = False


def read_files(body: Payload) -> tuple[SharedFile, ...]:
    """The files that a message came with."""
    event = part(body, "event")
    return tuple(make_file(one) for one in parts(event, "files") if word(one, "id"))


def make_file(told: Payload) -> SharedFile:
    """A file by what Slack tells of it."""
    size = told.get("size")
    return SharedFile(
        id=word(told, "id"),
        name=word(told, "name") or word(told, "title") or "the file",
        size=size if isinstance(size, int) else 0,
        address=word(told, "url_private_download") or word(told, "url_private"),
        link=word(told, "permalink"),
        partial=word(told, "file_access") == CHECK,
    )


async def fetch_all(client: AsyncWebClient, files: tuple[SharedFile, ...]) -> tuple[list[Attached], list[str]]:
    """The words of the files, and a sentence for each that is not read. Raises Unavailable."""
    read: list[Attached] = []
    declined = [f"I read at most {MOST} files with one question, so I left out {one.name}." for one in files[MOST:]]
    for one in files[:MOST]:
        try:
            read.append(await fetch(client, one))
        except Refused as error:
            declined.append(str(error))
    return read, declined


async def fetch(client: AsyncWebClient, file: SharedFile) -> Attached:
    """One file's words. Raises Refused with a sentence for its person, Unavailable."""
    if file.partial:
        told = await call(client, "files.info", file=file.id)
        file = make_file(part(told, "file"))
    if file.size > LARGEST:
        raise Refused(tell_too_large(file.name))
    if not is_slacks(file.address, client.base_url):
        raise Refused(f"I cannot open {file.name}: it does not lie in Slack.")
    content = await download(client, file)
    return read_attached(file.name, content, link=file.link)


def is_slacks(address: str, api_url: str) -> bool:
    """Whether an address is one that the bot's token may be shown to: Slack's own, or where its Web API is."""
    asked = urlsplit(address)
    host = asked.hostname or ""
    own = asked.scheme == "https" and (host == SLACK_HOST or host.endswith(f".{SLACK_HOST}"))
    return own or (bool(host) and asked.netloc == urlsplit(api_url).netloc)


async def download(client: AsyncWebClient, file: SharedFile) -> bytes:
    """A file's content. Raises Refused where Slack does not give it, or it is too large; Unavailable."""
    headers = {"Authorization": f"Bearer {client.token}"}
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=SECONDS)) as session,
            session.get(file.address, headers=headers, allow_redirects=False) as response,
        ):
            if response.status != 200 or is_sign_in(response.content_type, file.name):
                raise Refused(f"I cannot open {file.name}: Slack does not let me (is the scope files:read granted?).")
            content = await response.content.read(LARGEST + 1)
            while len(content) <= LARGEST and (more := await response.content.read(LARGEST + 1 - len(content))):
                content += more
    except (ClientError, TimeoutError, OSError) as error:
        raise Unavailable(f"Slack cannot give the file {file.name} just now.") from error
    if len(content) > LARGEST:
        raise Refused(tell_too_large(file.name))
    return content


def is_sign_in(kind: str, name: str) -> bool:
    """Whether Slack answered with its sign-in page, as it does where a token may not read files."""
    return kind == "text/html" and not name.lower().endswith((".html", ".htm"))
