"""One loaded encoder in its child: texts to vectors, several texts side by side."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from modules.llm_manager.contract import ModelLoadFailed
from modules.llm_manager.infra.onnx_runtime.metadata import ENCODER, VOCABULARY, EncoderFacts
from modules.llm_manager.infra.onnx_runtime.wordpiece import WordPiece

_ERRORS_ONLY = 3


class Encoder:
    """Requests may come from any thread.

    A run takes one thread, and texts run side by side: a passage is too little work to be divided, and threads that
    share one wait for each other at every operator. Nothing is gained by giving a run several texts either.
    """

    def __init__(self, path: Path, *, threads: int) -> None:
        """
        Raises:
            ModelLoadFailed: the file is not a graph that this engine runs, or not one that was made for this program.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        # Memory that grew for one long text would never be given back.
        options.enable_cpu_mem_arena = False
        onnxruntime.disable_telemetry_events()
        try:
            self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            known = self._session.get_modelmeta().custom_metadata_map
            self.facts = EncoderFacts.from_json(known[ENCODER])
            self._words = WordPiece(known[VOCABULARY].splitlines(), self.facts.context_length)
        except Exception as error:  # its own errors have no common kind
            raise ModelLoadFailed(f"The engine cannot load {path.name}: {_reason(error)}.") from error
        self._workers = ThreadPoolExecutor(threads, "embed")
        self._threads = threads
        self.requests = 0

    def embed(self, texts: Sequence[str], *, threads: int) -> Iterator[bytes]:
        """A vector of native floats for each text, in order; at most ``threads`` texts at a time."""
        under_way: deque[Future[bytes]] = deque()
        for text in texts:
            if len(under_way) >= min(threads, self._threads):
                yield under_way.popleft().result()
            under_way.append(self._workers.submit(self._vector, text))
        while under_way:
            yield under_way.popleft().result()

    def tokenize(self, text: str) -> list[int]:
        return self._words.plain(text)

    def sizes(self, texts: Sequence[str]) -> list[int]:
        return [len(self._words.plain(text)) for text in texts]

    def close(self) -> None:
        self._workers.shutdown()

    def _vector(self, text: str) -> bytes:
        self.requests += 1
        ids = np.array([self._words.ids(text)], dtype=np.int32)
        found: Any = self._session.run(None, {"ids": ids})[0]
        return array("f", found[0].astype(np.float32).tobytes()).tobytes()


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
