"""A tiny cross-encoder with random weights, as a GGUF and in plain NumPy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gguf
import numpy as np

from modules.llm_manager.infra.conversion.minilm import wordpiece_token
from tests.modules.llm_manager.bert_reference import EPSILON, HEADS, Array, MiniLm

LAYERS, WIDTH, WIDE, CONTEXT = 6, 96, 192, 64
WORDS = ("cat", "dog", "boat", "harbour", "winter", "light", "stone", "river", "bread", "##s", ".", ",", "?")
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_LAYER = {
    "attention.self.query": ("attn_q", WIDTH, WIDTH),
    "attention.self.key": ("attn_k", WIDTH, WIDTH),
    "attention.self.value": ("attn_v", WIDTH, WIDTH),
    "attention.output.dense": ("attn_output", WIDTH, WIDTH),
    "intermediate.dense": ("ffn_up", WIDE, WIDTH),
    "output.dense": ("ffn_down", WIDTH, WIDE),
}
_NORMS = {"attention.output.LayerNorm": "attn_output_norm", "output.LayerNorm": "layer_output_norm"}


class CrossEncoder(MiniLm):
    """Judges a query with a text by what the first token has become."""

    def __init__(self, seed: int = 7) -> None:
        self._ids = {piece: number for number, piece in enumerate((*_SPECIAL, *WORDS))}
        self._tensors, self.names = _weights(np.random.default_rng(seed), len(self._ids))

    def score(self, query: str, text: str) -> float:
        return self.score_ids([*self.tokens(query), *self.tokens(text)[1:]])

    def score_ids(self, ids: list[int]) -> float:
        tensors = self._tensors
        hidden = self._norm(
            tensors["embeddings.word_embeddings.weight"][ids]
            + tensors["embeddings.position_embeddings.weight"][: len(ids)]
            + tensors["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )
        for layer in range(LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        pooled = np.tanh(self._linear(hidden[:1], "pooler.dense"))
        return float(self._linear(pooled, "classifier")[0, 0])

    def write(self, path: Path) -> Path:
        """As llama.cpp reads it: pooling by rank, in full precision."""
        writer: Any = gguf.GGUFWriter(path, "bert")
        writer.add_name("tiny-judge")
        writer.add_block_count(LAYERS)
        writer.add_context_length(CONTEXT)
        writer.add_embedding_length(WIDTH)
        writer.add_feed_forward_length(WIDE)
        writer.add_head_count(HEADS)
        writer.add_layer_norm_eps(EPSILON)
        writer.add_causal_attention(False)
        writer.add_pooling_type(gguf.PoolingType.RANK)
        writer.add_tokenizer_model("bert")
        writer.add_token_type_count(2)
        writer.add_token_list([wordpiece_token(piece) for piece in self._ids])
        writer.add_token_types([3 if piece in _SPECIAL else 1 for piece in self._ids])
        for name, piece in (("bos", "[CLS]"), ("eos", "[SEP]"), ("unk", "[UNK]"), ("sep", "[SEP]"), ("pad", "[PAD]")):
            getattr(writer, f"add_{name}_token_id")(self._ids[piece])
        for name, stored in self.names.items():
            writer.add_tensor(stored, np.ascontiguousarray(self._tensors[name], dtype=np.float32))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path


def _weights(chance: np.random.Generator, vocabulary: int) -> tuple[dict[str, Array], dict[str, str]]:
    """Tensors by their names in a checkpoint, and those names' names in a GGUF."""
    tensors: dict[str, Array] = {}
    names: dict[str, str] = {}

    def add(name: str, stored: str, *shape: int, around: float = 0.0) -> None:
        tensors[name] = (around + chance.standard_normal(shape) * 0.1).astype(np.float32)
        names[name] = stored

    def add_norm(name: str, stored: str) -> None:
        add(f"{name}.weight", f"{stored}.weight", WIDTH, around=1.0)
        add(f"{name}.bias", f"{stored}.bias", WIDTH)

    def add_linear(name: str, stored: str, outputs: int, inputs: int) -> None:
        add(f"{name}.weight", f"{stored}.weight", outputs, inputs)
        add(f"{name}.bias", f"{stored}.bias", outputs)

    add("embeddings.word_embeddings.weight", "token_embd.weight", vocabulary, WIDTH)
    add("embeddings.token_type_embeddings.weight", "token_types.weight", 2, WIDTH)
    add("embeddings.position_embeddings.weight", "position_embd.weight", CONTEXT, WIDTH)
    add_norm("embeddings.LayerNorm", "token_embd_norm")
    for layer in range(LAYERS):
        for name, (stored, outputs, inputs) in _LAYER.items():
            add_linear(f"encoder.layer.{layer}.{name}", f"blk.{layer}.{stored}", outputs, inputs)
        for name, stored in _NORMS.items():
            add_norm(f"encoder.layer.{layer}.{name}", f"blk.{layer}.{stored}")
    add_linear("pooler.dense", "cls", WIDTH, WIDTH)
    add_linear("classifier", "cls.output", 1, WIDTH)
    return tensors, names
