"""``hyperspot backup`` from end to end: on one computer, and with only a folder and a recovery code on another."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hyperspot_desktop.bootstrap import open_host
from hyperspot_desktop.cli.main import run
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient
from tests.modules.backups.backups_support import damage, stored
from tests.support.starter import environment


@dataclass
class Profile:
    """The program on one home, in this process."""

    home: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *words: str) -> tuple[int, str]:
        """The exit code, and what was printed."""
        code = run(["--home", str(self.home), *words])
        printed = self.capture.readouterr()
        return code, printed.out + printed.err

    def json(self, *words: str) -> Any:
        assert run(["--home", str(self.home), *words, "--json"]) == 0
        return json.loads(self.capture.readouterr().out)

    def fill(self, *titles: str) -> None:
        asyncio.run(self._fill(titles))
        self.capture.readouterr()

    async def _fill(self, titles: tuple[str, ...]) -> None:
        async with open_host(self.home) as host:
            for title in titles:
                await stored(host.client_hub.get(ChatClient), SecurityContext.local_user(), title)

    def titles(self) -> set[str]:
        return {one["title"] for one in self.json("conversations", "list")}

    def backup(self) -> str:
        """Make one; its name."""
        return str(self.json("backup", "create")["name"])


@pytest.fixture
def profile_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Profile]:
    for name in ("HYPERSPOT_STARTER_MODELS", "HYPERSPOT_KEYRING"):
        monkeypatch.setenv(name, environment()[name])
    return lambda name: Profile(tmp_path / name, capsys)


@pytest.fixture
def mine(profile_at: Callable[[str], Profile]) -> Profile:
    return profile_at("mine")


def recovery_code(profile: Profile) -> str:
    return str(profile.json("recovery-code")["recovery_code"])


def test_a_conversation_is_looked_at_in_a_backup_and_brought_back(mine: Profile) -> None:
    mine.fill("Tea", "Milk")
    name = mine.backup()
    [listed] = [one for one in mine.json("backup", "list") if one["path"].endswith(name)]
    assert (listed["conversations"], listed["messages"], listed["check"]["ok"]) == (2, 6, True)
    assert "good" in mine.run("backup", "list")[1]
    previewed = {one["conversation"]["title"]: one for one in mine.json("backup", "preview", name)}
    tea = previewed["Tea"]["conversation"]["id"]
    shown = mine.run("backup", "preview", name, "--conversation", tea)[1]
    assert "Tea is good" in shown
    assert "Tea is bad" not in shown
    assert len(mine.json("backup", "preview", name, "--conversation", tea)["messages"]) == 2
    # when
    assert mine.run("conversations", "delete", tea)[0] == 0
    assert "in the trash" in mine.run("backup", "preview", name)[1]
    restored = mine.run("backup", "restore", name, "--conversation", tea)
    # then
    assert "taken out of the trash" in restored[1]
    assert mine.titles() == {"Tea", "Milk"}
    assert "nothing was missing" in mine.run("backup", "restore", name, "--all-conversations")[1]
    refused = mine.run("backup", "restore", name, "--conversation", "0")
    assert refused[0] == 2
    assert "2 conversations start with" in refused[1]
    assert mine.run("backup", "restore", name, "--conversation", "zzz")[0] == 3
    assert mine.run("backup", "preview", "nothing.db")[0] == 3


def test_everything_comes_back_on_a_fresh_computer_with_a_folder_and_the_code(
    mine: Profile, profile_at: Callable[[str], Profile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine.fill("Tea")
    code = recovery_code(mine)
    name = mine.backup()
    usb = tmp_path / "usb stick"
    shutil.copytree(mine.home / "backups", usb)
    shutil.rmtree(mine.home)
    path = str(usb / name)
    other = profile_at("other")
    assert name in other.run("backup", "list", "--folder", str(usb))[1]
    assert other.run("backup", "verify", path, "--recovery-code", code)[0] == 0
    assert other.run("backup", "restore", path, "--recovery-code", code)[0] == 2
    assert not other.home.exists()
    # when
    wrong = other.run("backup", "restore", path, "--recovery-code", "wrong", "--yes")
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{code}\n"))
    restored = other.run("backup", "restore", path, "--recovery-code", "-", "--yes")
    # then
    assert wrong[0] == 2
    assert restored[0] == 0, restored[1]
    assert other.titles() == {"Tea"}
    # and: the code leads to this profile from now on
    (other.home / "keys" / "data.key").unlink()
    assert other.run("conversations", "list")[0] != 0
    assert other.run("backup", "restore", path, "--recovery-code", code, "--yes")[0] == 0
    assert other.titles() == {"Tea"}


def test_a_profile_in_use_takes_conversations_and_everything_of_another_one(
    mine: Profile, profile_at: Callable[[str], Profile]
) -> None:
    mine.fill("Tea")
    code = recovery_code(mine)
    path = str(mine.home / "backups" / mine.backup())
    other = profile_at("other")
    other.fill("Wine")
    refused = other.run("backup", "preview", path)
    assert (refused[0], "--recovery-code" in refused[1]) == (1, True)
    assert "Tea" in other.run("backup", "preview", path, "--recovery-code", code)[1]
    assert other.run("backup", "restore", path, "--all-conversations", "--recovery-code", code)[0] == 0
    assert other.titles() == {"Tea", "Wine"}
    # when
    replaced = other.json("backup", "restore", path, "--recovery-code", code, "--yes")
    # then: with the key of the profile that it is in now
    assert other.titles() == {"Tea"}
    assert Path(replaced["kept"]).exists()
    [safety] = [one for one in other.json("backup", "list") if one["path"] == replaced["safety"]]
    assert (safety["label"], safety["conversations"]) == ("before-restore", 2)
    assert "key of this profile now" in other.run("backup", "restore", path, "--recovery-code", code, "--yes")[1]
    assert other.run("backup", "restore", replaced["safety"], "--yes")[0] == 0
    assert other.titles() == {"Tea", "Wine"}


def test_a_restore_can_wait_for_the_next_start_and_be_taken_back(mine: Profile) -> None:
    mine.fill("Tea")
    name = mine.backup()
    mine.fill("Milk")
    assert mine.run("backup", "restore", name, "--at-next-start")[0] == 2
    later = ("backup", "restore", name, "--at-next-start", "--yes")
    assert "takes the place" in mine.run(*later)[1]
    assert "stays as it is" in mine.run("backup", "undo-restore")[1]
    assert mine.titles() == {"Tea", "Milk"}
    assert mine.json(*later)["safety"]["conversations"] == 2
    assert mine.titles() == {"Tea"}
    assert "No restore was decided" in mine.run("backup", "undo-restore")[1]


def test_damage_is_found_named_and_remembered_by_verify(mine: Profile) -> None:
    mine.fill("Tea")
    name = mine.backup()
    damage(mine.home / "backups" / name)
    code, printed = mine.run("backup", "verify", name)
    assert code == 1
    assert f"✗ {name}" in printed
    assert "DAMAGED" in mine.run("backup", "list")[1]
    assert mine.run("backup", "verify", "nothing.db")[0] == 2
    assert mine.run("backup", "restore", name, "--yes")[0] == 1
    assert mine.titles() == {"Tea"}


def test_a_sound_backup_of_another_profile_is_not_remembered_as_damaged(
    mine: Profile, profile_at: Callable[[str], Profile]
) -> None:
    mine.fill("Tea")
    path = mine.home / "backups" / mine.backup()
    other = profile_at("other")
    other.fill("Wine")
    # when
    code, printed = other.run("backup", "verify", str(path))
    # then
    assert (code, "--recovery-code" in printed) == (1, True)
    assert "DAMAGED" not in mine.run("backup", "list")[1]
    # but: a start that is destroyed looks the same, and is remembered by the profile that made it
    data = bytearray(path.read_bytes())
    data[:16] = bytes(16)
    path.write_bytes(data)
    assert mine.run("backup", "verify", path.name)[0] == 1
    assert "DAMAGED" in mine.run("backup", "list")[1]
