"""Collects the nodes and constants of an ONNX graph, and writes it with what the program wants to know about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

FUSED = "com.microsoft"
"""The operators that ONNX Runtime adds to the standard ones."""
_OPSET, _FUSED_OPSET, _IR_VERSION = 17, 1, 10


class Graph:
    """A graph from token ids (int32, [1, n]) to one vector; every node has one output that is used, named by it."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: npt.NDArray[Any]) -> str:
        """Give an array a name in the graph, and give the name back."""
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def node(
        self, operator: str, inputs: Sequence[str], output: str | Sequence[str], *, domain: str = "", **attributes: Any
    ) -> str:
        """Add a node; an empty input is one that is left out. Gives the name of its first output."""
        outputs = [output] if isinstance(output, str) else list(output)
        name = f"{operator}_{outputs[0]}"
        self._nodes.append(helper.make_node(operator, list(inputs), outputs, name=name, domain=domain, **attributes))
        return outputs[0]

    def model(self, outputs: Sequence[str], metadata: dict[str, str] | None = None) -> onnx.ModelProto:
        """The finished model with these float outputs."""
        ids = helper.make_tensor_value_info("ids", TensorProto.INT32, [1, "tokens"])
        floats = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
        graph = helper.make_graph(self._nodes, "encoder", [ids], floats, list(self._constants.values()))
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(FUSED, _FUSED_OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="hyperspot")
        helper.set_model_props(model, metadata or {})
        return model
