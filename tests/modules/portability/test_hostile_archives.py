"""A broken or hostile archive imports nothing and says why."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from modkit.errors import HyperSpotError
from modkit.security import SecurityContext
from modules.portability.contract import (
    ArchiveDamaged,
    ExportFormat,
    NewerFormat,
    TooLarge,
    UnknownHistory,
)
from modules.portability.infra.sources import Limits
from tests.modules.portability.exchange_support import (
    Profile,
    long_tree,
    members,
    opened_profile,
    rewritten,
    write_zip,
)

Files = dict[str, Any]


@pytest.fixture
async def archive(profile: Profile, ctx: SecurityContext, tmp_path: Path) -> Path:
    """Two conversations of six messages."""
    for _ in range(2):
        await profile.chat.import_conversation(ctx, long_tree(6))
    await profile.portability.export_profile(ctx, tmp_path / "a.zip")
    return tmp_path / "a.zip"


async def refused(other: Profile, ctx: SecurityContext, path: Path) -> HyperSpotError:
    """The error of an import, after making sure that the preview says the same and nothing was stored."""
    with pytest.raises(HyperSpotError) as previewed:
        await other.portability.preview(ctx, path)
    with pytest.raises(HyperSpotError) as caught:
        await other.portability.import_history(ctx, path)
    assert str(previewed.value) == str(caught.value)
    assert caught.value.action
    assert await other.chat.conversations(ctx) == []
    assert await other.chat.conversations(ctx, trashed=True) == []
    return caught.value


def last_document(files: Files) -> tuple[str, Any]:
    name = max(name for name in files if name.startswith("conversations/"))
    return name, json.loads(files[name])


def changing(change: Callable[[Any], None]) -> Callable[[Files], None]:
    """Change the last conversation of an archive."""

    def apply(files: Files) -> None:
        name, document = last_document(files)
        change(document)
        files[name] = document

    return apply


def _twice(document: Any) -> None:
    document["messages"].append(document["messages"][0])


def _cycle(document: Any) -> None:
    document["messages"][0]["parent_id"] = document["messages"][-1]["id"]


def _orphan(document: Any) -> None:
    document["messages"][2]["parent_id"] = str(uuid4())


def _only_roots(document: Any) -> None:
    for message in document["messages"]:
        message["parent_id"] = None


def _set(place: str, value: Any) -> Callable[[Files], None]:
    def change(document: Any) -> None:
        *path, last = place.split(".")
        at = document
        for key in path:
            at = at[int(key)] if key.isdigit() else at[key]
        at[last] = value

    return changing(change)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (changing(_twice), "same id"),
        (changing(_cycle), "circle"),
        (changing(_orphan), "answers one that is missing"),
        (_set("messages.1.role", "tool"), "message 2.role"),
        (_set("messages.1.content", None), "message 2.content"),
        (_set("messages.1.status", "fine"), "message 2.status"),
        (_set("messages.1.created_at", "2024-01-01T00:00:00"), "message 2.created_at"),
        (_set("messages.1.created_at", "0001-01-01T00:00:00+14:00"), "calendar"),
        (_set("messages.1.id", "x"), "message 2.id"),
        (_set("messages", "many"), "messages is not a list"),
        (_set("conversation.title", 5), "conversation.title"),
        (_set("conversation.id", str(uuid4())), "holds the conversation"),
        (_set("format", "other"), "no conversation of this program"),
        (_set("version", "2"), "which version"),
        (_set("version", 3), "version 3"),
        (lambda files: files.update({"settings.json": b"[]"}), "does not hold settings"),
        (lambda files: files.update({"settings.json": b"\xff\xfe"}), "not UTF-8"),
        (lambda files: files.update({last_document(files)[0]: b"[" * 100_000}), "nested too deeply"),
        (lambda files: files.update({last_document(files)[0]: b"[" + b"9" * 9_000 + b"]"}), "digits"),
    ],
)
async def test_a_wrong_conversation_stops_the_whole_archive(
    archive: Path, other: Profile, ctx: SecurityContext, change: Callable[[Files], None], reason: str
) -> None:
    rewritten(archive, change)
    assert reason in str(await refused(other, ctx, archive))


def _without(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        del files[name]

    return change


def _manifest(**values: Any) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        files["manifest.json"] = json.dumps({**json.loads(files["manifest.json"]), **values}).encode()

    return change


def _flip(files: dict[str, bytes]) -> None:
    name, _ = last_document(files)
    files[name] = files[name].replace(b"Line 1", b"Lime 1")


def _listed_twice(files: dict[str, bytes]) -> None:
    listed = json.loads(files["manifest.json"])["files"]
    _manifest(files=[*listed, listed[0]])(files)


@pytest.mark.parametrize(
    ("change", "error", "reason"),
    [
        (_flip, ArchiveDamaged, "checksum"),
        (_without("settings.json"), ArchiveDamaged, "missing from the archive"),
        (lambda files: files.update({"more.json": b"{}"}), ArchiveDamaged, "does not know it"),
        (_listed_twice, ArchiveDamaged, "twice"),
        (_manifest(version=2), NewerFormat, "version 2"),
        (_manifest(version=None), ArchiveDamaged, "which version"),
        (_manifest(format="zip"), ArchiveDamaged, "not that of an archive"),
        (_manifest(conversations=3), ArchiveDamaged, "should hold 3"),
        (_manifest(messages=13), ArchiveDamaged, "as many messages"),
        (_manifest(files="all"), ArchiveDamaged, "files"),
    ],
)
async def test_an_archive_that_is_not_what_its_manifest_says_is_refused(
    archive: Path,
    other: Profile,
    ctx: SecurityContext,
    change: Callable[[dict[str, bytes]], None],
    error: type[HyperSpotError],
    reason: str,
) -> None:
    files = members(archive)
    change(files)
    write_zip(archive, files)
    caught = await refused(other, ctx, archive)
    assert isinstance(caught, error)
    assert reason in str(caught)


async def test_a_message_in_two_conversations_is_refused(archive: Path, other: Profile, ctx: SecurityContext) -> None:
    def share(files: Files) -> None:
        first, last = (json.loads(files[name]) for name in sorted(files) if name.startswith("conversations/"))
        last["messages"][0]["id"] = first["messages"][0]["id"]
        for message in last["messages"][1:]:
            message["parent_id"] = None
        files[last_document(files)[0]] = last

    rewritten(archive, share)
    assert "belongs to another conversation too" in str(await refused(other, ctx, archive))


async def test_ids_of_a_conversation_that_is_here_are_not_taken(
    archive: Path, other: Profile, ctx: SecurityContext
) -> None:
    mine = long_tree(1)
    await other.chat.import_conversation(ctx, mine)
    rewritten(archive, _set("messages.0.id", str(mine.messages[0].id)))
    rewritten(archive, changing(_only_roots))
    with pytest.raises(ArchiveDamaged, match="belongs to another conversation that is here"):
        await other.portability.import_history(ctx, archive)
    assert [one.id for one in await other.chat.conversations(ctx)] == [mine.conversation.id]


@pytest.mark.parametrize(
    "name", ["../evil.json", "/evil.json", "a/../../evil.json", "C:/evil.json", "a\\..\\evil.json"]
)
async def test_a_name_that_climbs_out_is_refused(
    archive: Path, other: Profile, ctx: SecurityContext, name: str
) -> None:
    write_zip(archive, {**members(archive), name: b"{}"})
    assert "forbidden name" in str(await refused(other, ctx, archive))


async def test_a_link_in_an_archive_is_refused(archive: Path, other: Profile, ctx: SecurityContext) -> None:
    link = zipfile.ZipInfo("settings2.json")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    assert "holds the link" in str(await refused(other, ctx, archive))


@pytest.mark.filterwarnings("ignore:Duplicate name")
async def test_a_file_that_is_there_twice_is_refused(archive: Path, other: Profile, ctx: SecurityContext) -> None:
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr("settings.json", b"{}")
    assert "twice" in str(await refused(other, ctx, archive))


async def test_another_way_of_packing_is_refused(archive: Path, other: Profile, ctx: SecurityContext) -> None:
    files = members(archive)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_BZIP2) as opened:
        opened.writestr("manifest.json", files["manifest.json"])
    assert "not used here" in str(await refused(other, ctx, archive))


async def test_a_locked_archive_is_refused(archive: Path, other: Profile, ctx: SecurityContext) -> None:
    data = bytearray(archive.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    archive.write_bytes(data)
    assert "locked with a password" in str(await refused(other, ctx, archive))


async def test_a_cut_archive_is_refused_wherever_it_is_cut(archive: Path, other: Profile, ctx: SecurityContext) -> None:
    whole = archive.read_bytes()
    for length in (0, 3, 100, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        archive.write_bytes(whole[:length])
        error = await refused(other, ctx, archive)
        assert isinstance(error, ArchiveDamaged | UnknownHistory)
        assert length < 4 or "damaged ZIP file" in str(error)


async def test_a_flipped_byte_in_a_packed_file_is_noticed(archive: Path, other: Profile, ctx: SecurityContext) -> None:
    data = bytearray(archive.read_bytes())
    data[len(data) // 4] ^= 0xFF
    archive.write_bytes(data)
    assert isinstance(await refused(other, ctx, archive), ArchiveDamaged)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(file_bytes=1 << 20, total_bytes=1 << 30, files=100), "a file of more than 1 MiB"),
        (Limits(file_bytes=1 << 30, total_bytes=1 << 20, files=100), "more than 1 MiB"),
        (Limits(file_bytes=1 << 30, total_bytes=1 << 30, files=1), "2 files, more than the 1"),
    ],
)
async def test_a_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, ctx: SecurityContext, limits: Limits, reason: str
) -> None:
    bomb = tmp_path / "bomb.zip"
    write_zip(bomb, {"conversations.json": b" " * (5 << 20), "users.json": b" "})
    async with opened_profile(tmp_path / "small", limits) as small:
        caught = await refused(small, ctx, bomb)
    assert isinstance(caught, TooLarge)
    assert reason in str(caught)
    assert bomb.stat().st_size < 10_000


async def test_a_file_and_a_folder_have_limits_too(tmp_path: Path, ctx: SecurityContext) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_bytes(b" " * 200)
    (tmp_path / "in" / "b.json").write_bytes(b" " * 200)
    async with opened_profile(tmp_path / "small", Limits(100, 100, 1)) as small:
        assert isinstance(await refused(small, ctx, tmp_path / "in" / "a.json"), TooLarge)
        assert isinstance(await refused(small, ctx, tmp_path / "in"), TooLarge)


async def test_what_is_not_there_is_said(other: Profile, ctx: SecurityContext, tmp_path: Path) -> None:
    assert "There is no file" in str(await refused(other, ctx, tmp_path / "nothing.zip"))
    (tmp_path / "empty").mkdir()
    assert isinstance(await refused(other, ctx, tmp_path / "empty"), UnknownHistory)


async def test_an_import_that_ended_in_the_middle_goes_on_where_it_was(
    archive: Path, profile: Profile, other: Profile, ctx: SecurityContext
) -> None:
    first, second = await profile.chat.conversations(ctx)
    await other.chat.import_conversation(ctx, await profile.chat.tree(ctx, first.id))
    report = await other.portability.import_history(ctx, archive)
    assert report.created == (second.id,)
    assert (report.messages_added, report.messages_known) == (6, 6)


async def test_a_setting_that_is_not_allowed_is_left_out_and_said(
    archive: Path, other: Profile, ctx: SecurityContext
) -> None:
    chosen = {"look.theme": "pink", "look.font_scale": 120, "gone.setting": 1}
    document = {"format": "hyperspot.settings", "version": 1, "settings": chosen}
    rewritten(archive, lambda files: files.update({"settings.json": document}))
    report = await other.portability.import_history(ctx, archive)
    assert report.settings == 1
    assert any("look.theme" in note for note in report.notes)
    assert await other.settings.get(ctx, "look.font_scale") == 120


async def test_a_single_document_from_a_later_version_is_refused(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    tree = long_tree(2)
    await profile.chat.import_conversation(ctx, tree)
    target = tmp_path / "one.json"
    await profile.portability.export(ctx, target, ExportFormat.JSON, [tree.conversation.id])
    target.write_text(target.read_text(encoding="utf-8").replace('"version": 2', '"version": 9'), encoding="utf-8")
    assert isinstance(await refused(other, ctx, target), NewerFormat)
