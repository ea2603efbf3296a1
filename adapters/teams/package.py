"""The app package that an administrator uploads to Teams: manifest 1.30, its words in English, and two icons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from adapters.hosts import check_host
from adapters.teams.explain import EXPLAIN
from bot.errors import Refused

VERSION = "1.30"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}"
ACCENT = "#17202A"
SHORT = "Answers from your documents, at your depth, and gets better for each person."
FULL = (
    "Daytwo answers questions from the documents of a pilot. It learns from what each person writes, once they agree, "
    "how deep and from which angle to answer them, shows them what it believes and why, and forgets it when they say "
    "so. The pilot's champion gets one digest a day, with ratings, themes and counts, never anyone's beliefs or direct "
    "messages."
)
COMMANDS = (
    ("home", "Your home: what I believe, what you agreed to, what the champion sees"),
    ("What do you believe about me?", "Show what I believe about you, and why"),
    ("help", "What else I understand"),
    ("pause", "Learn nothing more until you say resume"),
    ("resume", "Learn again from what you write"),
    ("export", "All I hold about you, as JSON"),
    ("forget everything", "Erase all I hold about you"),
    ("What does the champion see?", "What the champion of the pilot sees about you"),
)
EXPLAIN_TITLE = "Explain this to me at my depth"  # Teams shows 32 characters
OBSERVING = ("ChannelMessage.Read.Group", "ChatMessage.Read.Chat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What differs from one installation to another. `observe`: ask each team and chat for the consent to read messages
    that do not mention the bot. The addresses of pages are shown to users; the bot's host where none is named."""

    app_id: str
    host: str
    version: str
    observe: bool = False
    website: str = ""
    privacy: str = ""
    terms: str = ""


def write_package(package: Package, file: Path) -> None:
    """Write the zip, the same for the same package. Raises Refused where the id or the host cannot be one."""
    parts: dict[str, bytes] = {
        "manifest.json": to_json(make_manifest(package)),
        "en.json": to_json(make_words()),
        "color.png": read_icon("color.png"),
        "outline.png": read_icon("outline.png"),
    }
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)


def make_manifest(package: Package) -> Mapping[str, object]:
    """The manifest. Raises Refused where the id or the host cannot be one."""
    app_id, host = check_id(package.app_id), check_host(package.host)
    home = f"https://{host}"
    manifest: dict[str, object] = {
        "$schema": f"{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": VERSION,
        "version": package.version,
        "id": app_id,
        "localizationInfo": {"defaultLanguageTag": "en", "defaultLanguageFile": "en.json"},
        "developer": {
            "name": "Daytwo",
            "websiteUrl": package.website or home,
            "privacyUrl": package.privacy or home,
            "termsOfUseUrl": package.terms or home,
        },
        "name": {"short": "Daytwo", "full": "Daytwo, for the days after the demo"},
        "description": {"short": SHORT, "full": FULL},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "bots": [make_bot(app_id)],
        "composeExtensions": [make_extension(app_id)],
        "validDomains": [host],
        "defaultInstallScope": "personal",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
    }
    return manifest | (ask_to_observe(app_id) if package.observe else {})


def make_bot(app_id: str) -> Mapping[str, object]:
    """The bot, where it can be talked to, and the commands that its menu offers."""
    scopes = ["personal", "team", "groupChat"]
    commands = [{"title": title, "description": description} for title, description in COMMANDS]
    return {
        "botId": app_id,
        "scopes": scopes,
        "supportsFiles": True,
        "isNotificationOnly": False,
        "supportsTargetedMessages": True,
        "commandLists": [{"scopes": scopes, "triggers": ["mention", "slash"], "commands": commands}],
    }


def make_extension(app_id: str) -> Mapping[str, object]:
    """What a message's own menu offers."""
    command = {
        "id": EXPLAIN,
        "type": "action",
        "context": ["message"],
        "title": EXPLAIN_TITLE,
        "description": "Explains the message to you alone, as deep as it helps you",
        "fetchTask": True,
    }
    return {"botId": app_id, "commands": [command]}


def ask_to_observe(app_id: str) -> dict[str, object]:
    """The consent, given by each team's or chat's owner, to read what does not mention the bot."""
    asked = [{"name": name, "type": "Application"} for name in OBSERVING]
    return {
        "webApplicationInfo": {"id": app_id, "resource": "https://RscBasedStoreApp"},
        "authorization": {"permissions": {"resourceSpecific": asked}},
    }


def make_words() -> Mapping[str, object]:
    """The words of the manifest that Teams may translate."""
    return {
        "$schema": f"{SCHEMA}/MicrosoftTeams.Localization.schema.json",
        "name.short": "Daytwo",
        "name.full": "Daytwo, for the days after the demo",
        "description.short": SHORT,
        "description.full": FULL,
    }


def check_id(app_id: str) -> str:
    """The application id as Teams spells it; raises Refused where it is none."""
    try:
        return str(UUID(app_id))
    except ValueError:
        raise Refused(f"{app_id!r} is no application id; Azure shows it as 8-4-4-4-12 hexadecimal digits.") from None


def to_json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def read_icon(name: str) -> bytes:
    return resources.files("adapters.teams").joinpath("icons", name).read_bytes()
