"""What this computer is said to be is plausible."""

from __future__ import annotations

from pathlib import Path

from modules.llm_manager.infra.hardware import LocalHardware


async def test_this_computer_has_cores_memory_and_a_name(tmp_path: Path) -> None:
    hardware = await LocalHardware().look(tmp_path / "not" / "there" / "yet")
    assert 1 <= hardware.physical_cores <= hardware.logical_cores
    assert 0 < hardware.memory_free_bytes <= hardware.memory_bytes
    assert hardware.disk_free_bytes > 0
    assert hardware.cpu
