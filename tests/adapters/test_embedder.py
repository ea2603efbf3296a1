"""A model in a local folder is loaded and embeds; what is missing or damaged is told with the setting's name."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from adapters.embedder import load_embedder
from bot.errors import Misconfigured

WORDS = {"[UNK]": [0, 0], "car": [1, 0], "vehicle": [0.9, 0.1], "invoice": [0, 1]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of three words, as its library writes it."""
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    model = StaticModel(np.array(list(WORDS.values()), dtype=np.float32), tokenizer)
    model.save_pretrained(tmp_path / "model")
    return tmp_path / "model"


def test_words_of_like_meaning_are_near_and_rows_are_of_length_one(folder: Path) -> None:
    embedder = load_embedder(folder)
    assert embedder
    car, vehicle, invoice, unknown = embedder.embed(["car", "vehicle", "invoice", "xyzzy"])
    assert car @ vehicle > 0.9 > 0.2 > car @ invoice
    assert [round(float(np.linalg.norm(one)), 5) for one in (car, vehicle, invoice, unknown)] == [1, 1, 1, 0]


def test_nothing_is_loaded_where_nothing_is_set() -> None:
    assert load_embedder(None) is None


def test_a_missing_folder_is_not_looked_for_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"DAYTWO_EMBEDDINGS: there is no folder .*nowhere"):
        load_embedder(tmp_path / "nowhere")


@pytest.mark.parametrize("damaged", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_damaged_model_is_told(folder: Path, damaged: str) -> None:
    (folder / damaged).write_bytes(b"not what it was")
    with pytest.raises(Misconfigured, match=r"holds no model2vec model that can be read"):
        load_embedder(folder)


def test_a_folder_of_something_else_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"holds no model2vec model that can be read"):
        load_embedder(tmp_path)


def test_a_missing_extra_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(Misconfigured, match=r"pip install -e '.\[semantic\]'"):
        load_embedder(folder)
