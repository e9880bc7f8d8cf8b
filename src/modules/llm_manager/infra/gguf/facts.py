"""What a header's raw settings mean: architecture, sizes, memory for the cache, quantisation."""

from __future__ import annotations

from modules.llm_manager.contract.errors import InvalidModelFile
from modules.llm_manager.domain.ports import GgufHeader
from modules.llm_manager.infra.gguf.metadata import Metadata
from modules.llm_manager.infra.gguf.tensors import Tensors

MAX_LAYERS = 4_096
MAX_WIDTH = 2**31
MAX_TEMPLATE_CHARACTERS = 1_000_000
F16_BYTES = 2

_FILE_TYPES = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4",
}


def header_from(version: int, metadata: Metadata, tensors: Tensors) -> GgufHeader:
    """
    Raises:
        InvalidModelFile: no architecture is stated, or its sizes are absurd.
    """
    architecture = metadata.text("general.architecture")
    if not architecture or not architecture.isprintable() or len(architecture) > 64:
        raise InvalidModelFile("The model file does not say which architecture it has.")
    layers = _bounded(metadata, f"{architecture}.block_count", MAX_LAYERS)
    template = metadata.text("tokenizer.chat_template")
    if len(template) > MAX_TEMPLATE_CHARACTERS:
        raise InvalidModelFile(f"The model file's chat template has {len(template):,} characters: no real one does.")
    return GgufHeader(
        version=version,
        architecture=architecture,
        name=metadata.text("general.name")[:200].strip(),
        quantization=_quantization(metadata, tensors),
        parameters=tensors.parameters,
        weights_bytes=tensors.weights_bytes,
        tensor_count=tensors.count,
        context_length=_bounded(metadata, f"{architecture}.context_length", MAX_WIDTH),
        embedding_length=_bounded(metadata, f"{architecture}.embedding_length", MAX_WIDTH),
        layers=layers,
        kv_bytes_per_token=_kv_bytes_per_token(metadata, architecture, layers),
        vocabulary=metadata.array_lengths.get("tokenizer.ggml.tokens", 0),
        pooling=_optional(metadata, f"{architecture}.pooling_type"),
        licence=(metadata.text("general.license") or metadata.text("general.license.name"))[:200].strip(),
        chat_template=template or None,
        metadata={key: _short(value) for key, value in metadata.values.items() if key != "tokenizer.chat_template"},
        array_lengths=dict(metadata.array_lengths),
    )


def _kv_bytes_per_token(metadata: Metadata, architecture: str, layers: int) -> int:
    """Bytes of an f16 key-value cache for one token, over all layers.

    Grouped-query models state fewer key-value heads than heads, hybrids state them per layer (0 = none), models
    with latent attention (DeepSeek) cache one compressed row instead of heads.
    """
    width = _bounded(metadata, f"{architecture}.embedding_length", MAX_WIDTH)
    latent = metadata.whole(f"{architecture}.attention.kv_lora_rank")
    if latent:
        rotary = metadata.whole(f"{architecture}.rope.dimension_count")
        return _sane(layers * (latent + rotary) * F16_BYTES)
    heads = max(metadata.per_layer(f"{architecture}.attention.head_count", layers), default=0)
    head_width = width // heads if heads else 0
    key_width = metadata.whole(f"{architecture}.attention.key_length", head_width)
    value_width = metadata.whole(f"{architecture}.attention.value_length", head_width)
    kv_heads = metadata.per_layer(f"{architecture}.attention.head_count_kv", layers, heads)
    return _sane(sum(kv_heads) * (key_width + value_width) * F16_BYTES)


def _quantization(metadata: Metadata, tensors: Tensors) -> str:
    stated = _optional(metadata, "general.file_type")
    name = _FILE_TYPES.get(stated) if stated is not None else None
    main = tensors.main_type
    # A label that the tensors contradict (seen after hand-made conversions) would mislead about speed.
    if name is None or (main and name.split("_")[0] != main.split("_")[0]):
        return main or "unknown"
    return name


def _optional(metadata: Metadata, key: str) -> int | None:
    value = metadata.values.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _bounded(metadata: Metadata, key: str, limit: int) -> int:
    value = metadata.whole(key)
    if value > limit:
        raise InvalidModelFile(f"The model file states {value:,} as {key!r}: it is damaged.")
    return value


def _sane(size: int) -> int:
    if size >= 2**40:
        raise InvalidModelFile("The model file's attention sizes are impossible: it is damaged.")
    return size


def _short(value: int | float | bool | str) -> int | float | bool | str:
    return value[:2_000] if isinstance(value, str) else value
