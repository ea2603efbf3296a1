"""The files of a Slack export, in a folder or a zip: which conversations there are, which days, and their JSON."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Refused

Record = dict[str, object]
Problems = list[str]

DAY_FILE = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
LISTS = {
    "channels.json": "name",
    "groups.json": "name",
    "dms.json": "id",
    "mpims.json": "name",
}  # -> what names folders


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation by its folder; `direct`: between one person and the bot. `id`: as Slack knows it, "" where the
    export does not say."""

    folder: str
    direct: bool
    id: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """An export's files below its root, which may be one folder down in a zip."""

    root: Path | zipfile.Path
    name: str

    def read_list(self, path: str, problems: Problems) -> list[Record]:
        """The records of a JSON list; a sentence in `problems` where it is not one, or one of them is not a record."""
        try:
            found = json.loads(self.root.joinpath(path).read_text(encoding="utf-8"))
        except (OSError, KeyError):
            problems.append(f"{path} is not in the export.")
            return []
        except ValueError as error:
            problems.append(f"{path} is not valid JSON ({error}); export it again or leave it out.")
            return []
        if not isinstance(found, list):
            problems.append(f"{path} should hold a JSON list and does not; it was left out.")
            return []
        records = [one for one in found if isinstance(one, dict)]
        if len(records) < len(found):
            problems.append(f"{path}: {len(found) - len(records)} entries are not JSON objects; they were left out.")
        return records

    def conversations(self, problems: Problems) -> list[Conversation]:
        """Those that the lists name and have a folder, and folders that no list names, in order."""
        listed: dict[str, Conversation] = {}
        for path, key in LISTS.items():
            if path == "channels.json" or self.root.joinpath(path).is_file():
                for record in self.read_list(path, problems):
                    folder = str(record.get(key) or record.get("id"))
                    direct = path == "dms.json"
                    listed[folder] = Conversation(folder, direct=direct, id=str(record.get("id") or ""))
        folders = sorted(one.name for one in self.root.iterdir() if one.is_dir() and self.days(one.name))
        for folder in folders:
            if folder not in listed:
                problems.append(f"{folder}/ is in none of the export's lists; it is read as a public channel.")
        return [listed.get(folder, Conversation(folder, direct=False)) for folder in folders]

    def days(self, folder: str) -> list[str]:
        """The day files of a conversation, oldest first, as paths below the root."""
        names = (one.name for one in self.root.joinpath(folder).iterdir())
        return [f"{folder}/{name}" for name in sorted(names) if DAY_FILE.fullmatch(name)]


@contextmanager
def open_export(path: Path) -> Iterator[Files]:
    """Open a folder or a zip; raises Refused where there is neither."""
    if path.is_dir():
        yield Files(path, path.name)
    elif not path.exists():
        raise Refused(f"There is no Slack export at {path}; give the folder or zip that Slack's export made.")
    else:
        try:
            with zipfile.ZipFile(path) as archive:
                yield Files(find_root(zipfile.Path(archive)), path.name)
        except zipfile.BadZipFile as error:
            raise Refused(f"{path} is neither a folder nor a zip file; give what Slack's export made.") from error


def find_root(top: zipfile.Path) -> zipfile.Path:
    """Where users.json lies: at the top, or in the one folder there."""
    if top.joinpath("users.json").is_file():
        return top
    return next((one for one in top.iterdir() if one.is_dir() and one.joinpath("users.json").is_file()), top)
