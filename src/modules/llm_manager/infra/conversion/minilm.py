"""Converts all-MiniLM-L6-v2 (a BERT sentence encoder) from safetensors to the GGUF that llama.cpp runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from modules.llm_manager.infra.conversion.safetensors import FloatArray, read_float_tensors

_FIRST_SPECIAL, _WORD_START = "[", "\u2581"
_MEAN_POOLING = 1
_MOSTLY_F16 = 1
_CONTROL, _NORMAL = 3, 1

_OUTER = {
    "embeddings.word_embeddings.weight": "token_embd.weight",
    "embeddings.token_type_embeddings.weight": "token_types.weight",
    "embeddings.position_embeddings.weight": "position_embd.weight",
    "embeddings.LayerNorm.weight": "token_embd_norm.weight",
    "embeddings.LayerNorm.bias": "token_embd_norm.bias",
}
_INNER = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
# The engine adds these two to the word embeddings in f32 and has no other kernel for them.
_KEPT_F32 = {"token_types.weight", "position_embd.weight"}


def convert_minilm(model_folder: Path, target: Path) -> None:
    """Write ``target`` (F16 weights, f32 norms and biases) from config.json, vocab.txt and model.safetensors.

    Raises:
        ValueError, KeyError: the folder does not hold a BERT encoder of the expected shape.
    """
    config = json.loads((model_folder / "config.json").read_text("utf-8"))
    vocabulary = (model_folder / "vocab.txt").read_text("utf-8").splitlines()
    if len(vocabulary) != config["vocab_size"]:
        raise ValueError(f"vocab.txt has {len(vocabulary)} pieces, config.json says {config['vocab_size']}")
    writer = gguf.GGUFWriter(target, "bert")
    _write_settings(writer, config)
    _write_vocabulary(writer, vocabulary)
    for name, tensor in _renamed(read_float_tensors(model_folder / "model.safetensors"), config).items():
        writer.add_tensor(name, _stored(name, tensor))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def wordpiece_token(piece: str) -> str:
    """A BERT piece as llama.cpp's WordPiece wants it: word-initial pieces marked, continuations bare."""
    if piece.startswith(_FIRST_SPECIAL) and piece.endswith("]"):
        return piece
    return piece.removeprefix("##") if piece.startswith("##") else _WORD_START + piece


def _write_settings(writer: Any, config: dict[str, Any]) -> None:
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_license("apache-2.0")
    writer.add_file_type(_MOSTLY_F16)
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType(_MEAN_POOLING))


def _write_vocabulary(writer: Any, vocabulary: list[str]) -> None:
    writer.add_tokenizer_model("bert")
    writer.add_token_type_count(2)
    writer.add_token_list([wordpiece_token(piece) for piece in vocabulary])
    writer.add_token_types([_CONTROL if wordpiece_token(piece) == piece else _NORMAL for piece in vocabulary])
    number = {piece: index for index, piece in enumerate(vocabulary)}
    writer.add_bos_token_id(number["[CLS]"])
    writer.add_eos_token_id(number["[SEP]"])
    writer.add_unk_token_id(number["[UNK]"])
    writer.add_sep_token_id(number["[SEP]"])
    writer.add_pad_token_id(number["[PAD]"])
    writer.add_mask_token_id(number["[MASK]"])


def _renamed(tensors: dict[str, FloatArray], config: dict[str, Any]) -> dict[str, FloatArray]:
    renamed = {new: tensors[old] for old, new in _OUTER.items()}
    for layer in range(config["num_hidden_layers"]):
        for old, new in _INNER.items():
            for part in ("weight", "bias"):
                renamed[f"blk.{layer}.{new}.{part}"] = tensors[f"encoder.layer.{layer}.{old}.{part}"]
    return renamed


def _stored(name: str, tensor: FloatArray) -> Any:
    plain = tensor.ndim == 1 or name in _KEPT_F32
    return np.ascontiguousarray(tensor, dtype=np.float32 if plain else np.float16)
