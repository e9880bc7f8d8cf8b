"""Matrix products of a fused graph in floats, and in 8-bit whole numbers with their inputs evened out before."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from modules.llm_manager.infra.conversion.onnx_graph import FUSED, Graph
from modules.llm_manager.infra.conversion.safetensors import FloatArray

_EVENNESS = 0.7
"""How much of the unevenness of a product's inputs goes into its weights. Measured on all-MiniLM-L6-v2, mean cosine to
the float model: 0.9937 without, 0.9875 at 0.5, 0.9974 at 0.7, 0.9940 at 1."""
_LEVELS = 63
"""Seven bits of the eight: processors without VNNI instructions add two products of bytes in sixteen bits, and would
overflow. Costs 0.0014 of mean cosine, and one file is right everywhere."""
_TINY = 1e-5


class FloatProducts:
    """Exact; ``inputs`` collects the names of what is multiplied."""

    def __init__(self) -> None:
        self.inputs: list[str] = []

    def linear(self, graph: Graph, rows: str, weight: FloatArray, output: str) -> str:
        self.inputs.append(rows)
        return graph.node("MatMul", [rows, graph.constant(f"{output}_weight", weight)], output)

    def attention(
        self, graph: Graph, rows: str, weight: FloatArray, bias: FloatArray, output: str, *, heads: int
    ) -> str:
        self.inputs.append(rows)
        constants = [graph.constant(f"{output}_weight", weight), graph.constant(f"{output}_bias", bias)]
        return graph.node("Attention", [rows, *constants], output, domain=FUSED, num_heads=heads)


class Int8Products:
    """Weights as signed bytes with a scale for every output, inputs as bytes with one scale, found at run time.

    That one scale is what costs accuracy: a few inputs are many times as large as the others. So every input is
    divided by a number of its own before, and its row of weights multiplied by it.

    Source: Xiao et al., SmoothQuant, ICML 2023.
    """

    def __init__(self, largest: Mapping[str, FloatArray]) -> None:
        """``largest``: for each name of what is multiplied, the largest magnitude that each of its columns has."""
        self._largest = largest

    def linear(self, graph: Graph, rows: str, weight: FloatArray, output: str) -> str:
        rows, weight = self._evened(graph, rows, weight, output)
        constants = _quantized(graph, weight, output)
        return graph.node("DynamicQuantizeMatMul", [rows, *constants, ""], output, domain=FUSED)

    def attention(
        self, graph: Graph, rows: str, weight: FloatArray, bias: FloatArray, output: str, *, heads: int
    ) -> str:
        rows, weight = self._evened(graph, rows, weight, output)
        values, scale = _quantized(graph, weight, output)
        zero = graph.constant(f"{output}_zero", np.zeros(weight.shape[1], dtype=np.int8))
        named_bias = graph.constant(f"{output}_bias", bias)
        names = [f"{output}_bytes", f"{output}_bytes_scale", f"{output}_bytes_zero"]
        graph.node("DynamicQuantizeLinear", [rows], names)
        inputs = [names[0], values, named_bias, names[1], scale, "", names[2], zero]
        return graph.node("QAttention", inputs, output, domain=FUSED, num_heads=heads)

    def _evened(self, graph: Graph, rows: str, weight: FloatArray, output: str) -> tuple[str, FloatArray]:
        inputs = np.maximum(self._largest[rows], _TINY) ** _EVENNESS
        weights = np.maximum(np.abs(weight).max(axis=1), _TINY) ** (1 - _EVENNESS)
        factor = (inputs / weights).astype(np.float32)
        evening = graph.constant(f"{output}_evening", 1 / factor)
        return graph.node("Mul", [rows, evening], f"{output}_even"), weight * factor[:, None]


def quantize(weight: FloatArray) -> tuple[npt.NDArray[np.int8], FloatArray]:
    """Signed bytes, and for each column what one step of them is worth."""
    step = np.maximum(np.abs(weight).max(axis=0), _TINY * _TINY) / _LEVELS
    values = np.clip(np.rint(weight / step), -_LEVELS, _LEVELS).astype(np.int8)
    return values, step.astype(np.float32)


def _quantized(graph: Graph, weight: FloatArray, output: str) -> tuple[str, str]:
    values, step = quantize(weight)
    return graph.constant(f"{output}_values", values), graph.constant(f"{output}_step", step)
