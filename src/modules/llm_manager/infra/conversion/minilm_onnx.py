"""Converts all-MiniLM-L6-v2 from safetensors to the 8-bit fused graph that ONNX Runtime runs fastest on a CPU."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from modules.llm_manager.infra.conversion.fused_bert import Bert, fused_bert
from modules.llm_manager.infra.conversion.int8 import FloatProducts, Int8Products
from modules.llm_manager.infra.conversion.safetensors import FloatArray, read_float_tensors
from modules.llm_manager.infra.onnx_runtime.metadata import ENCODER, VOCABULARY, EncoderFacts
from modules.llm_manager.infra.onnx_runtime.wordpiece import WordPiece

_SENTENCE_ENDS = re.compile(r"\n\s*\n|(?<=[.!?])\s")
_SHORTEST = 30


def convert_minilm_to_onnx(model_folder: Path, target: Path) -> None:
    """Write ``target`` from config.json, vocab.txt, model.safetensors and README.md (text to measure with).

    Raises:
        ValueError, KeyError, OSError: the folder does not hold a BERT encoder of the expected shape.
    """
    config = json.loads((model_folder / "config.json").read_text("utf-8"))
    vocabulary = (model_folder / "vocab.txt").read_text("utf-8")
    pieces = vocabulary.splitlines()
    if len(pieces) != config["vocab_size"]:
        raise ValueError(f"vocab.txt has {len(pieces)} pieces, config.json says {config['vocab_size']}")
    bert = Bert(read_float_tensors(model_folder / "model.safetensors"), config)
    card = (model_folder / "README.md").read_text("utf-8")
    sentences = [piece for piece in _SENTENCE_ENDS.split(card) if len(piece) >= _SHORTEST]
    largest = _largest_inputs(bert, WordPiece(pieces, config["max_position_embeddings"]), sentences)
    graph, vector = fused_bert(bert, Int8Products(largest))
    facts = EncoderFacts(
        name="all-MiniLM-L6-v2",
        architecture="bert",
        quantization="INT8",
        parameters=sum(tensor.size for tensor in bert.tensors.values()),
        layers=bert.layers,
        context_length=config["max_position_embeddings"],
        embedding_length=config["hidden_size"],
        vocabulary=len(pieces),
        licence="apache-2.0",
    )
    model = graph.model([vector], {ENCODER: facts.to_json(), VOCABULARY: vocabulary})
    target.write_bytes(model.SerializeToString(deterministic=True))


def _largest_inputs(bert: Bert, wordpiece: WordPiece, texts: Sequence[str]) -> dict[str, FloatArray]:
    """For everything that is multiplied by weights: the largest magnitude of each column over some real text."""
    # Before the import: it reports its use to its makers unless it is told not to.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    products = FloatProducts()
    graph, _ = fused_bert(bert, products)
    names = list(dict.fromkeys(products.inputs))
    session = onnxruntime.InferenceSession(graph.model(names).SerializeToString(), providers=["CPUExecutionProvider"])
    largest = {name: np.zeros(0, dtype=np.float32) for name in names}
    for text in texts:
        ids = np.array([wordpiece.ids(text)], dtype=np.int32)
        for name, rows in zip(names, session.run(names, {"ids": ids}), strict=True):
            found = np.abs(rows[0]).max(axis=0)
            largest[name] = np.maximum(largest[name], found) if largest[name].size else found
    return largest
