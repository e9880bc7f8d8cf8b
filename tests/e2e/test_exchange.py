"""A history comes in and a profile goes out, in the real program."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.support.program import Program

SAMPLES = Path(__file__).parents[1] / "modules" / "portability" / "samples"


def test_a_history_of_another_program_is_in_the_exported_profile(tmp_path: Path) -> None:
    program = Program(tmp_path / "h", {"HYPERSPOT_STARTER_MODELS": ""})
    imported = program.run("import", str(SAMPLES / "jan"), "--yes", "--json")
    assert imported.code == 0, imported.err
    # what was there before can be had again
    backups = program.type("backup", "list", "--json").json
    assert [one["label"] for one in backups if one["label"] == "before-import"] == ["before-import"]
    exported = program.run("export", "--profile", "--output", str(tmp_path / "profile.zip"))
    assert exported.code == 0, exported.err
    with zipfile.ZipFile(tmp_path / "profile.zip") as archive:
        names = archive.namelist()
    assert names == [f"conversations/{imported.json['created'][0]}.json", "settings.json", "manifest.json"]
