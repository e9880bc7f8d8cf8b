"""A BERT sentence encoder as a graph of ONNX Runtime's fused operators, with any kind of matrix products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from modules.llm_manager.infra.conversion.onnx_graph import FUSED, Graph
from modules.llm_manager.infra.conversion.safetensors import FloatArray

_FLOAT32 = 1


class Products(Protocol):
    """How the graph multiplies by weights: in floats, or in whole numbers."""

    def linear(self, graph: Graph, rows: str, weight: FloatArray, output: str) -> str:
        """``rows`` times ``weight`` (inputs x outputs), without a bias."""

    def attention(
        self, graph: Graph, rows: str, weight: FloatArray, bias: FloatArray, output: str, *, heads: int
    ) -> str:
        """Self-attention over all tokens; weight and bias hold query, key and value side by side."""


@dataclass(frozen=True, slots=True)
class Bert:
    """The weights by their names in a checkpoint, and the sizes that its config.json states."""

    tensors: Mapping[str, FloatArray]
    config: Mapping[str, Any]

    @property
    def layers(self) -> int:
        return int(self.config["num_hidden_layers"])

    def weight(self, name: str) -> FloatArray:
        """A matrix as inputs x outputs; checkpoints keep it the other way round."""
        return self.tensors[f"{name}.weight"].T

    def bias(self, name: str) -> FloatArray:
        return self.tensors[f"{name}.bias"]


def fused_bert(bert: Bert, products: Products) -> tuple[Graph, str]:
    """The graph and the name of its output: the mean of all tokens at length one, [1, hidden size].

    One text a run, so there is no padding and no mask.
    """
    graph = Graph()
    hidden = _embeddings(graph, bert)
    for number in range(bert.layers):
        hidden = _layer(graph, bert, products, hidden, number)
    pooled = graph.node("ReduceMean", [hidden], "pooled", axes=[1], keepdims=0)
    return graph, graph.node("LpNormalization", [pooled], "vector", axis=-1, p=2)


def _embeddings(graph: Graph, bert: Bert) -> str:
    """Words in half precision (half of the file is this table), positions, and the one segment there is.

    Not EmbedLayerNormalization: that takes words in full precision only, and saves nothing that could be measured.
    """
    name = "embeddings"
    words = graph.constant("words", bert.tensors[f"{name}.word_embeddings.weight"].astype(np.float16))
    segment = bert.tensors[f"{name}.token_type_embeddings.weight"][0]
    positions = graph.constant("positions", bert.tensors[f"{name}.position_embeddings.weight"] + segment)
    zero = graph.constant("zero", np.zeros(1, dtype=np.int64))
    half = graph.node("Gather", [words, "ids"], "words_half", axis=0)
    found = graph.node("Cast", [half], "words_found", to=_FLOAT32)
    count = graph.node("Shape", ["ids"], "count", start=1, end=2)
    where = graph.node("Slice", [positions, zero, count, zero], "positions_found")
    summed = graph.node("Add", [found, where], "embedded")
    scale = graph.constant("embedded_scale", bert.tensors[f"{name}.LayerNorm.weight"])
    shift = graph.constant("embedded_shift", bert.bias(f"{name}.LayerNorm"))
    return graph.node("LayerNormalization", [summed, scale, shift], "hidden", axis=-1, epsilon=_epsilon(bert))


def _layer(graph: Graph, bert: Bert, products: Products, hidden: str, number: int) -> str:
    name = f"encoder.layer.{number}"
    parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    weight = np.concatenate([bert.weight(part) for part in parts], axis=1)
    bias = np.concatenate([bert.bias(part) for part in parts])
    heads = int(bert.config["num_attention_heads"])
    mixed = products.attention(graph, hidden, weight, bias, f"mixed{number}", heads=heads)
    hidden = _back(graph, bert, products, (mixed, hidden), f"{name}.attention.output", f"attended{number}")
    wide = products.linear(graph, hidden, bert.weight(f"{name}.intermediate.dense"), f"wide{number}")
    wide_bias = graph.constant(f"wide{number}_bias", bert.bias(f"{name}.intermediate.dense"))
    active = graph.node("BiasGelu", [wide, wide_bias], f"active{number}", domain=FUSED)
    return _back(graph, bert, products, (active, hidden), f"{name}.output", f"hidden{number}")


def _back(graph: Graph, bert: Bert, products: Products, rows_and_skip: tuple[str, str], name: str, output: str) -> str:
    """Back to the hidden size, added to what went past, and normalised."""
    rows, skip = rows_and_skip
    narrow = products.linear(graph, rows, bert.weight(f"{name}.dense"), f"{output}_narrow")
    constants = {
        "scale": bert.tensors[f"{name}.LayerNorm.weight"],
        "shift": bert.bias(f"{name}.LayerNorm"),
        "bias": bert.bias(f"{name}.dense"),
    }
    named = [graph.constant(f"{output}_{kind}", values) for kind, values in constants.items()]
    inputs = [narrow, skip, *named]
    return graph.node("SkipLayerNormalization", inputs, output, domain=FUSED, epsilon=_epsilon(bert))


def _epsilon(bert: Bert) -> float:
    return float(bert.config["layer_norm_eps"])
