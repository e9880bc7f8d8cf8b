"""What the domain needs from the outside: engines, sources of model files, a store, and this computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from modkit.security import SecurityContext
from modules.llm_manager.contract.engine import EngineSession
from modules.llm_manager.contract.models import (
    Benchmark,
    CatalogueEntry,
    EngineBuild,
    Hardware,
    InstalledModel,
    ModelFormat,
    ModelSource,
)


class ManagedEngine(EngineSession, Protocol):
    """An engine session together with the life of the child behind it."""

    @property
    def alive(self) -> bool:
        """False once the child ended, for whatever reason."""

    async def wait_ended(self) -> None:
        """Return when the child has ended, by ``stop`` or by itself."""

    async def stop(self) -> None:
        """Unload and end the child; harmless when it has ended already."""


class EngineFactory(Protocol):
    """Starts one engine child per model. Registered in the ClientHub under the scope ``engine:<name>``."""

    @property
    def name(self) -> str: ...

    async def start(self, model: InstalledModel, *, context_length: int) -> ManagedEngine:
        """Load ``model.path`` with a context of ``context_length`` tokens; cancelling ends the child.

        Raises:
            ModelLoadFailed: the engine refused the file, or its child ended while loading.
        """


class EngineBuilds(Protocol):
    """The builds of an engine that are on this computer."""

    async def builds(self) -> list[EngineBuild]:
        """All of them; the first call tries those that were added."""


class Requantizer(Protocol):
    """Rewrites a GGUF in another quantisation, outside the main process. Scope ``engine:<name>``."""

    async def requantize(
        self,
        source: Path,
        target: Path,
        quantization: str,
        on_progress: Callable[[float], None] | None = None,
    ) -> None:
        """Write ``target`` (any existing file there is replaced); on failure nothing usable is left there.

        ``on_progress`` hears shares from 0 to 1.

        Raises:
            ModelLoadFailed: the engine cannot read the source or does not know the quantisation.
        """


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """Bytes on disk so far, of how many (None = unknown), and the present speed in bytes per second."""

    done_bytes: int
    total_bytes: int | None
    bytes_per_s: float | None = None
    note: str = ""

    @property
    def seconds_left(self) -> float | None:
        """None while speed or size is unknown."""
        if not self.total_bytes or not self.bytes_per_s:
            return None
        return max(0.0, (self.total_bytes - self.done_bytes) / self.bytes_per_s)


ProgressSink = Callable[[DownloadProgress], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is complete on disk. ``sha256`` is lower-case hex of its content.

    ``created`` False: it was there before, so it may be the user's own and is not ours to delete.
    """

    path: Path
    size_bytes: int
    sha256: str
    created: bool = True


class ModelSourcePlugin(Protocol):
    """Gets files from one kind of place. Registered in the ClientHub under the scope ``source:<kind>``."""

    @property
    def kind(self) -> str:
        """The ``ModelSource.kind`` it serves."""

    def parse(self, address: str) -> ModelSource | None:
        """The source that ``address`` (typed by a person) names, or None when it is not of this kind."""

    async def fetch(self, source: ModelSource, target: Path, on_progress: ProgressSink) -> Fetched:
        """Bring the file to ``target``: it appears there only complete, checked and safe on disk.

        Going on after a cancellation or a kill needs nothing but the same call again.

        Raises:
            NotEnoughDisk, DownloadFailed, HashMismatch, InvalidModelFile
            FileInTheWay: at ``target`` lies something else.
        """

    async def discard(self, source: ModelSource, target: Path) -> None:
        """Remove what an unfinished ``fetch`` left beside ``target``."""


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What the checked header of a model file says: a GGUF, or an encoder that was converted to ONNX here.

    Counts are exact, ``parameters`` is the sum over all tensors. ``kv_bytes_per_token`` is for an f16 cache;
    ``weights_bytes`` is what the tensors occupy in the file. ``metadata`` holds scalars and strings; arrays are
    represented by their lengths under ``array_lengths``.
    """

    version: int
    architecture: str
    name: str
    quantization: str
    parameters: int
    weights_bytes: int
    tensor_count: int
    context_length: int
    embedding_length: int
    layers: int
    kv_bytes_per_token: int
    vocabulary: int
    pooling: int | None
    licence: str
    chat_template: str | None
    metadata: dict[str, int | float | bool | str] = field(default_factory=dict)
    array_lengths: dict[str, int] = field(default_factory=dict)
    format: ModelFormat = "gguf"


class ModelFiles(Protocol):
    """Files of models: read headers, copy, link, hash, remove. Every method may take long and never blocks the loop."""

    async def header(self, path: Path) -> GgufHeader:
        """
        Raises:
            InvalidModelFile: not a model file that can be trusted; the sentence says what is wrong with it.
        """

    async def require_space(self, folder: Path, size_bytes: int) -> None:
        """Make the folder, and see that a file of that size fits into it.

        Raises:
            NotEnoughDisk
        """

    async def free(self, path: Path) -> bool:
        """Whether nothing has this name, nor the name of its unfinished download."""

    async def same(self, path: Path, other: Path) -> bool:
        """Whether both are there and lead to the same file or folder."""

    async def size(self, path: Path) -> int | None:
        """Bytes, or None when the file is not there (or not reachable)."""

    async def copy(self, source: Path, target: Path, on_progress: ProgressSink | None = None) -> Fetched:
        """Copy durably: ``target`` appears complete or not at all, and nothing is ever replaced.

        The same content at ``target`` is taken as it is.

        Raises:
            FileInTheWay, InvalidModelFile, NotEnoughDisk
        """

    async def adopt(self, file: Fetched, target: Path) -> Fetched:
        """Have the same content at ``target``: as a second name where the disk allows it, else as a copy.

        Raises:
            InvalidModelFile: the file is not as long as it was.
            FileInTheWay: at ``target`` lies something else.
        """

    async def publish(self, part: Path, target: Path) -> None:
        """Durably give a finished file its final name.

        Raises:
            FileInTheWay: something has that name.
        """

    async def hash(self, path: Path, on_progress: ProgressSink | None = None) -> str: ...
    async def remove(self, path: Path) -> None:
        """Remove the file; harmless when it is gone already."""


class ModelStore(Protocol):
    """The installed models of a profile."""

    async def all(self, ctx: SecurityContext) -> list[InstalledModel]:
        """Oldest first, without those in the trash; ``state`` is ON_DISK, the caller knows better."""

    async def trashed(self, ctx: SecurityContext) -> list[InstalledModel]:
        """Those in the trash; their files are where they were."""

    async def set_deleted(self, ctx: SecurityContext, model_id: str, moment: datetime | None) -> None:
        """Into the trash, or with None out of it."""

    async def header(self, ctx: SecurityContext, model_id: str) -> GgufHeader | None: ...
    async def add(self, ctx: SecurityContext, model: InstalledModel, header: GgufHeader) -> None:
        """
        Raises:
            ModelAlreadyInstalled: the id is taken.
        """

    async def set_benchmark(self, ctx: SecurityContext, model_id: str, benchmark: Benchmark) -> None: ...
    async def delete(self, ctx: SecurityContext, model_id: str) -> None: ...
    async def offered(self, ctx: SecurityContext) -> set[str]:
        """Catalogue ids of the starter models that this profile was given once."""

    async def set_offered(self, ctx: SecurityContext, catalogue_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class PreparedModel:
    """A starter model that set-up made. ``licence_path`` None: no text came with it."""

    catalogue_id: str
    file: Fetched
    licence: str
    licence_path: Path | None


class StarterModels(Protocol):
    """The prepared starter models of this computer."""

    async def all(self) -> list[PreparedModel]: ...


class CatalogueReader(Protocol):
    """The list of models that can be added."""

    async def entries(self) -> Sequence[CatalogueEntry]: ...


class HardwareProbe(Protocol):
    """Looks at this computer."""

    async def look(self, disk_of: Path) -> Hardware: ...
