"""Several folders of documents, each with who may read it, named in one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.documents import read_documents, read_sources
from bot.errors import Misconfigured, Refused
from bot.knowledge.model import Document

FILE = """
[[source]]
name = "handbook"
folder = "handbook"
everyone = true

[[source]]
name = "plans"
folder = "internal/plans"
channels = ["C1"]
groups = ["leads"]

[group.leads]
channels = ["C2"]
people = ["U1", "U2"]
"""
ONE = '[[source]]\nname = "a"\nfolder = "a"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_document_carries_its_sources_name_and_readers(tmp_path: Path) -> None:
    for folder in ("handbook", "internal/plans"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "one.md").write_text("Some words.", encoding="utf-8")
    found = list(read_documents(read_sources(write(tmp_path, FILE))))
    assert {one.path: one.readers for one in found if isinstance(one, Document)} == {
        "handbook/one.md": {"everyone"},
        "plans/one.md": {"channel:C1", "channel:C2", "person:U1", "person:U2"},
    }


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("", ""),
        ("https://wiki.example.com/{path}", "https://wiki.example.com/sub/R%26D%20%28new%29.md"),
        ("https://wiki.example.com/{page}?view=1", "https://wiki.example.com/sub/R%26D%20%28new%29?view=1"),
    ],
)
def test_a_document_is_opened_at_the_address_that_its_source_names(tmp_path: Path, link: str, address: str) -> None:
    (tmp_path / "handbook" / "sub").mkdir(parents=True)
    (tmp_path / "handbook" / "sub" / "R&D (new).md").write_text("Some words.", encoding="utf-8")
    given = ONE.replace('"a"', '"handbook"') + "everyone = true\n" + (f'link = "{link}"\n' if link else "")
    [document] = read_documents(read_sources(write(tmp_path, given)))
    assert isinstance(document, Document)
    assert (document.path, document.link) == ("handbook/sub/R&D (new).md", address)


def test_another_address_is_taken_in_though_the_file_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.md").write_text("Some words.", encoding="utf-8")
    digests = set()
    for link in ("", "link = 'https://wiki.example.com/{path}'", "link = 'https://new.example.com/{path}'"):
        [document] = read_documents(read_sources(write(tmp_path, f"{ONE}everyone = true\n{link}\n")))
        assert isinstance(document, Document)
        digests.add(document.digest)
    assert len(digests) == 3


def test_a_folder_that_is_missing_stops_the_reading_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "handbook").mkdir()
    with pytest.raises(Refused, match="plans"):
        read_documents(read_sources(write(tmp_path, FILE)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "source"),
        ("[[source", "not valid TOML"),
        (ONE, "who may read it"),
        (ONE + "everyone = true\nchannels = ['C1']", "who may read it"),
        (ONE + "everyone = false", "who may read it"),
        (ONE + "groups = ['leads']", r"no group leads; write one as \[group.leads\]"),
        (ONE + "everyone = true\nreaders = ['x']", "readers"),
        (ONE + "everyone = true\n" + ONE + "everyone = true", "two sources are called a"),
        (ONE.replace('"a"', '"a/b"', 1) + "everyone = true", "name"),
        (ONE + "everyone = true\nlink = 'https://wiki.example.com'", "link"),
        (ONE + "everyone = true\nlink = 'http://wiki.example.com/{path}'", "link"),
        (ONE + "everyone = true\nlink = 'https://{path}'", "link"),
        (ONE + "everyone = true\nlink = 'https://wiki.example.com/{path}/{name}'", "link"),
        (ONE + "everyone = true\nlink = 'https://wiki.example.com/{path}|x>'", "link"),
    ],
)
def test_what_is_wrong_is_named_with_the_setting_and_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said) as told:
        read_sources(write(tmp_path, text))
    assert "DAYTWO_SOURCES" in str(told.value)
    assert "sources.toml" in str(told.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"sources\.toml cannot be read"):
        read_sources(tmp_path / "sources.toml")
