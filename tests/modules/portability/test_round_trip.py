"""What goes out comes back as it was."""

from __future__ import annotations

import dataclasses
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from modkit.db import uuid7
from modkit.security import SecurityContext
from modules.chat.contract import (
    ChatClient,
    ChatParams,
    Conversation,
    ConversationPatch,
    ConversationTree,
    MessageStats,
)
from modules.portability.contract import ExportFormat, HistorySource
from modules.portability.domain.documents.models import ConversationDocument, ConversationFields, MessageFields
from modules.portability.domain.service import PortabilityService
from modules.portability.infra.sinks import FileSinks
from modules.portability.infra.sources import FileSources
from modules.rag.contract import Citation
from tests.modules.chat.chat_support import told
from tests.modules.portability.exchange_support import (
    BEGUN,
    LIMITS,
    Profile,
    Remembered,
    long_tree,
    members,
    nothing_to_secure,
)

MESSAGES = int(os.environ.get("HYPERSPOT_TEST_MESSAGES", "1000"))
"""In the large profile; ten thousand take some twenty seconds."""


@pytest.mark.timeout(900)
async def test_a_large_profile_is_the_same_after_a_round_trip(
    other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    # given: one very long conversation, short ones, a named empty one, one in the trash, a new one, and a setting
    trees = [
        long_tree(MESSAGES * 8 // 10),
        *(long_tree(MESSAGES // 25, title=f"Talk {number}") for number in range(5)),
        long_tree(0),
    ]
    trashed = long_tree(3, title="Gone")
    trees.append(replace(trashed, conversation=replace(trashed.conversation, deleted_at=BEGUN)))
    trees.append(ConversationTree(Conversation(uuid7(), "", "none", None, "", ChatParams(), None, BEGUN, BEGUN), ()))
    await other.settings.set(ctx, "look.theme", "dark")
    remembered = PortabilityService(
        cast(ChatClient, Remembered(trees)), other.settings, FileSinks(), FileSources(LIMITS), nothing_to_secure
    )
    # when
    exported = await remembered.export_profile(ctx, tmp_path / "one.zip")
    await other.settings.reset(ctx, "look.theme")
    report = await other.portability.import_history(ctx, tmp_path / "one.zip")
    await other.portability.export_profile(ctx, tmp_path / "two.zip")
    # then
    assert (exported.conversations, exported.messages) == (9, MESSAGES + 3)
    assert (len(report.created), report.messages_added, report.settings) == (9, MESSAGES + 3, 1)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    for tree in trees[1:]:
        assert await other.chat.tree(ctx, tree.conversation.id) == tree


async def test_what_was_really_chatted_is_the_same_after_a_round_trip(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    conversation = await profile.chat.create(ctx, system_prompt="Be brief.")
    first = await told(profile.chat.send(ctx, conversation.id, "One"))
    await told(profile.chat.regenerate(ctx, first.finished.answer.id))
    await told(profile.chat.send(ctx, conversation.id, "Two"))
    await profile.portability.export(ctx, tmp_path / "one.json", ExportFormat.JSON, [conversation.id])
    await other.portability.import_history(ctx, tmp_path / "one.json")
    assert await other.chat.tree(ctx, conversation.id) == await profile.chat.tree(ctx, conversation.id)


async def test_importing_again_changes_nothing_and_the_preview_says_so(
    profile: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    tree = long_tree(20)
    await profile.chat.import_conversation(ctx, tree)
    await profile.portability.export_profile(ctx, tmp_path / "a.zip")
    preview = await profile.portability.preview(ctx, tmp_path / "a.zip")
    report = await profile.portability.import_history(ctx, tmp_path / "a.zip")
    assert preview.source is HistorySource.HYPERSPOT
    assert (preview.messages, preview.new_messages, preview.new_conversations) == (20, 0, 0)
    [one] = preview.conversations
    assert (one.title, one.exists, one.known, one.first_at) == ("Long", True, 20, BEGUN)
    assert (report.created, report.extended, report.messages_added, report.messages_known) == ((), 0, 0, 20)
    assert await profile.chat.tree(ctx, tree.conversation.id) == tree


async def test_only_what_is_missing_is_added(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    tree = long_tree(6)
    await profile.chat.import_conversation(ctx, tree)
    await profile.portability.export_profile(ctx, tmp_path / "a.zip")
    await other.chat.import_conversation(ctx, replace(tree, messages=tree.messages[:2], passages={}, traces={}))
    await other.chat.update(ctx, tree.conversation.id, ConversationPatch(title="Renamed here"))
    preview = await other.portability.preview(ctx, tmp_path / "a.zip")
    report = await other.portability.import_history(ctx, tmp_path / "a.zip")
    assert (preview.new_messages, preview.new_conversations) == (4, 0)
    assert (report.extended, report.messages_added, report.messages_known) == (1, 4, 2)
    now = await other.chat.tree(ctx, tree.conversation.id)
    assert now.messages == tree.messages
    assert now.conversation.title == "Renamed here"


async def test_a_setting_chosen_here_is_not_overruled(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    await profile.settings.set(ctx, "look.theme", "dark")
    await profile.settings.set(ctx, "look.font_scale", 150)
    await profile.portability.export_profile(ctx, tmp_path / "a.zip")
    await other.settings.set(ctx, "look.theme", "light")
    preview = await other.portability.preview(ctx, tmp_path / "a.zip")
    report = await other.portability.import_history(ctx, tmp_path / "a.zip")
    assert (preview.settings, report.settings) == (1, 1)
    assert await other.settings.get(ctx, "look.theme") == "light"
    assert await other.settings.get(ctx, "look.font_scale") == 150


async def test_a_folder_of_documents_is_imported_as_a_whole(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    trees = [long_tree(4, title="A/B: c?"), long_tree(5, title="A/B: c?"), long_tree(2, title="")]
    for tree in trees:
        await profile.chat.import_conversation(ctx, tree)
    report = await profile.portability.export(ctx, tmp_path / "all", ExportFormat.JSON)
    await other.portability.import_history(ctx, tmp_path / "all")
    assert (report.files, report.conversations, report.messages) == (3, 3, 11)
    assert [await other.chat.tree(ctx, tree.conversation.id) for tree in trees] == trees


async def test_the_document_keeps_to_its_schema(profile: Profile, ctx: SecurityContext, tmp_path: Path) -> None:
    tree = long_tree(60)
    await profile.chat.import_conversation(ctx, tree)
    await profile.portability.export(ctx, tmp_path / "one.json", ExportFormat.JSON, [tree.conversation.id])
    document = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    read = ConversationDocument.model_validate(document)
    assert (read.version, len(read.messages)) == (2, 60)
    assert set(document["messages"][0]) == set(
        ConversationDocument.model_json_schema()["$defs"]["MessageFields"]["properties"]
    )


async def test_a_document_of_version_1_is_still_read(
    profile: Profile, other: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    tree = long_tree(12)
    await profile.chat.import_conversation(ctx, tree)
    (tmp_path / "v1.json").write_text(await profile.chat.export(ctx, tree.conversation.id, "json"), encoding="utf-8")
    await other.portability.import_history(ctx, tmp_path / "v1.json")
    now = await other.chat.tree(ctx, tree.conversation.id)
    assert [(one.id, one.parent_id, one.content, one.stats) for one in now.messages] == [
        (one.id, one.parent_id, one.content, one.stats) for one in tree.messages
    ]
    [cited] = now.messages[3].citations
    assert (cited.number, cited.path, cited.page, cited.quote) == (1, "/d/Lease.pdf", 3, "The rent is 900 euros.")


@pytest.mark.parametrize("known", [0, 3])
async def test_messages_in_any_order_find_their_places(
    other: Profile, ctx: SecurityContext, tmp_path: Path, profile: Profile, known: int
) -> None:
    tree = long_tree(8)
    await profile.chat.import_conversation(ctx, tree)
    await profile.portability.export(ctx, tmp_path / "one.json", ExportFormat.JSON, [tree.conversation.id])
    document = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    document["messages"].reverse()
    (tmp_path / "one.json").write_text(json.dumps(document), encoding="utf-8")
    await other.chat.import_conversation(ctx, replace(tree, messages=tree.messages[:known], passages={}, traces={}))
    await other.portability.import_history(ctx, tmp_path / "one.json")
    now = await other.chat.tree(ctx, tree.conversation.id)
    assert {one.id: one.parent_id for one in now.messages} == {one.id: one.parent_id for one in tree.messages}


async def test_an_archive_holds_every_file_that_its_manifest_names(
    profile: Profile, ctx: SecurityContext, tmp_path: Path
) -> None:
    tree = long_tree(3)
    await profile.chat.import_conversation(ctx, tree)
    chosen = [tree.conversation.id, tree.conversation.id]
    await profile.portability.export(ctx, tmp_path / "a.zip", ExportFormat.ARCHIVE, chosen)
    files = members(tmp_path / "a.zip")
    manifest = json.loads(files.pop("manifest.json"))
    assert [one["path"] for one in manifest["files"]] == list(files) == [f"conversations/{tree.conversation.id}.json"]
    assert (manifest["format"], manifest["conversations"], manifest["messages"]) == ("hyperspot.archive", 1, 3)


def test_the_format_is_documented_field_by_field() -> None:
    page = (Path(__file__).parents[3] / "docs" / "data-format.md").read_text(encoding="utf-8")
    fields = {*ConversationFields.model_fields, *MessageFields.model_fields}
    fields |= {one.name for kind in (ChatParams, MessageStats, Citation) for one in dataclasses.fields(kind)}
    assert [name for name in sorted(fields) if f"`{name}`" not in page] == []
