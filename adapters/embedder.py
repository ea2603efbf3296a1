"""Static embeddings from a local folder, by model2vec (extra `semantic`). Nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import Misconfigured

if TYPE_CHECKING:
    from model2vec import StaticModel

    from bot.knowledge.vectors import Matrix


class StaticEmbedder:
    """A text's vector is the mean of its tokens' vectors, so that a thousand passages take about a second."""

    def __init__(self, model: StaticModel) -> None:
        self._model = model

    def embed(self, texts: Sequence[str]) -> Matrix:
        import numpy as np  # slow to import, and most commands embed nothing

        vectors = np.asarray(self._model.encode(list(texts), use_multiprocessing=False), dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        normal: Matrix = (vectors / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
        return normal


def load_embedder(folder: Path | None) -> StaticEmbedder | None:
    """The model in that folder, if one is set. Raises Misconfigured where the extra or the model is missing or
    damaged."""
    if folder is None:
        return None
    try:
        from model2vec import StaticModel
    except ImportError as error:
        raise Misconfigured("DAYTWO_EMBEDDINGS needs the extra: .venv/bin/pip install -e '.[semantic]'.") from error
    if not folder.is_dir():  # a name that is no folder would be looked up on the network
        raise Misconfigured(f"DAYTWO_EMBEDDINGS: there is no folder {folder}. Name one that holds a model2vec model.")
    try:
        return StaticEmbedder(StaticModel.from_pretrained(folder, force_download=False))
    except Exception as error:  # the library raises whatever its file formats do
        raise Misconfigured(
            f"DAYTWO_EMBEDDINGS: {folder} holds no model2vec model that can be read ({error}). It needs config.json, "
            "model.safetensors and tokenizer.json."
        ) from error
