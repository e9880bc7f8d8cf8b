"""Which file a backup would take the place of, said before anything is done."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hyperspot_desktop.cli.commands.backup_files import NoSuchBackup
from hyperspot_desktop.cli.parser import parse
from hyperspot_desktop.cli.session import UsageError

TIME = "20260101T000000000000Z"


class Nowhere:
    """For a command that is refused before it prints."""

    def __init__(self) -> None:
        self.interrupted = asyncio.Event()

    def out(self, text: str) -> None:
        raise AssertionError(text)

    err = out

    async def flush(self) -> None:
        pass


async def refusal(home: Path, name: str, *options: str) -> UsageError:
    """What ``backup restore`` says without --yes."""
    args = parse(["--home", str(home), "backup", "restore", name, *options])
    with pytest.raises(UsageError) as caught:
        await args.run_alone(args, Nowhere())
    return caught.value


def saved(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.touch()
    return path


async def test_a_backup_is_found_by_its_name_and_a_copy_of_it_by_its_path(home: Path, tmp_path: Path) -> None:
    backup = saved(home / "backups", f"hyperspot-{TIME}-manual.db")
    copy = saved(tmp_path / "usb stick", "my copy.db")
    database = home / "hyperspot.db"
    for text, path in ((backup.name, backup), (str(copy), copy)):
        said = await refusal(home, text)
        assert said.sentence.startswith(f"This puts {path} in the place of {database};")
        assert "--yes" in said.action


async def test_a_replaced_file_is_found_by_its_name(home: Path) -> None:
    kept = saved(home, f"hyperspot.db.replaced-{TIME}")
    assert str(kept) in (await refusal(home, kept.name)).sentence


async def test_of_several_databases_the_one_whose_name_the_backup_has_is_replaced(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "notes.db"
    split = ("--set", f"modules.chat.database.path={elsewhere}")
    backup = saved(home / "backups", f"notes-{TIME}-manual.db")
    assert f"in the place of {elsewhere};" in (await refusal(home, backup.name, *split)).sentence
    nameless = saved(home / "backups", "copy.db")
    said = await refusal(home, nameless.name, *split)
    assert "does not say which database" in said.sentence
    assert "hyperspot, notes" in said.action


async def test_a_backup_that_is_not_there_is_said(home: Path) -> None:
    args = parse(["--home", str(home), "backup", "restore", "nothing.db", "--yes"])
    with pytest.raises(NoSuchBackup, match=r"nothing\.db"):
        await args.run_alone(args, Nowhere())
    assert list(home.iterdir()) == []
