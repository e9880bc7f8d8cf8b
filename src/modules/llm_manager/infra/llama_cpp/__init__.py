"""The llama.cpp engine: ``session`` and ``requantize`` in the parent, everything else in the engine child."""
