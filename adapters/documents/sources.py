"""Where documents come from, and who may read each source: one folder for everyone, or several named in a TOML file.

`docs/integrations.md` shows such a file. Rights are labels (see `bot.turn.Audience`): a source without any is an error,
because what nobody meant to restrict must say so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from adapters.documents.folder import read_folder
from bot.errors import Misconfigured
from bot.knowledge.model import Document, Failure
from bot.turn import EVERYONE, channel_label, person_label

PLAIN = r"[^\s{}<>|()]"
LINK = rf"^(?:https://[^\s{{}}<>|()/]+/{PLAIN}*(?:\{{(?:path|page)\}}{PLAIN}*)+)?$"


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of documents, the labels that may read it, the name that goes before its paths ("" for none), and the
    address that opens one of them ("" for none; see `folder.make_link`)."""

    folder: Path
    readers: frozenset[str] = frozenset({EVERYONE})
    name: str = ""
    link: str = ""


class Circle(BaseModel):
    """People and channels, by the platform's ids."""

    model_config = ConfigDict(extra="forbid")

    channels: list[str] = []
    people: list[str] = []

    @property
    def labels(self) -> frozenset[str]:
        """The labels of all of them."""
        return frozenset({*map(channel_label, self.channels), *map(person_label, self.people)})


class GivenSource(Circle):
    """One source as written: `everyone`, or any of channels, people and groups; `link` opens its documents."""

    name: str = Field(min_length=1, pattern=r"^[^/\s]+$")
    folder: Path
    everyone: bool = False
    groups: list[str] = []
    link: str = Field("", pattern=LINK)

    @model_validator(mode="after")
    def check_readers(self) -> GivenSource:
        """Somebody may read it, and "everyone" stands alone."""
        if self.everyone == bool(self.channels or self.people or self.groups):
            raise ValueError("say who may read it: everyone = true, or some of channels, people, groups")
        return self


class GivenSources(BaseModel):
    """The file's fields."""

    model_config = ConfigDict(extra="forbid")

    source: list[GivenSource] = Field(min_length=1)
    group: dict[str, Circle] = {}

    @model_validator(mode="after")
    def check_names(self) -> GivenSources:
        """Names are given once, and groups that are named are there."""
        names = [one.name for one in self.source]
        if twice := sorted({one for one in names if names.count(one) > 1}):
            raise ValueError(f"two sources are called {twice[0]}")
        if missing := sorted({group for one in self.source for group in one.groups} - self.group.keys()):
            raise ValueError(f"there is no group {missing[0]}; write one as [group.{missing[0]}]")
        return self


def read_sources(path: Path) -> tuple[Source, ...]:
    """The sources that the file names; folders are relative to it. Raises Misconfigured naming what is wrong."""
    try:
        given = GivenSources.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Misconfigured(f"DAYTWO_SOURCES: {path} cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"DAYTWO_SOURCES: {path} is not valid TOML: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the file"
        said = first["msg"].removeprefix("Value error, ")
        raise Misconfigured(f"DAYTWO_SOURCES: {path}: {field}: {said}.") from error
    return tuple(
        Source(path.parent / one.folder, find_readers(one, given.group), one.name, one.link) for one in given.source
    )


def find_readers(given: GivenSource, groups: Mapping[str, Circle]) -> frozenset[str]:
    """The labels that may read a source; a group counts as each of its members."""
    if given.everyone:
        return frozenset({EVERYONE})
    return given.labels.union(*(groups[name].labels for name in given.groups))


def read_documents(sources: Iterable[Source]) -> Iterator[Document | Failure]:
    """Every document of every source. Raises Refused, before anything is read, where a folder is missing: what is not
    there just now must not be taken for deleted."""
    return chain.from_iterable(
        [read_folder(one.folder, one.readers, source=one.name, link=one.link) for one in sources]
    )
