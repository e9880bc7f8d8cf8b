"""Answers from documents: what is asked, what is kept of it, and what is left when it ends in the middle."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest

from modkit.db import Database, DatabaseFile, migrate, open_database_file, uuid7
from modkit.keys.data_key import DataKey
from modkit.security import SecurityContext
from modules.chat.config import ChatConfig
from modules.chat.contract import (
    AnswerProgress,
    ChatParams,
    Conversation,
    ConversationPatch,
    MessageStatus,
    NotPossible,
)
from modules.chat.domain.service import ChatService
from modules.chat.infra.storage.migrations import MIGRATIONS
from modules.chat.infra.storage.repository import SqlChatStore
from modules.rag.contract import AnswerProgress as RagProgress
from modules.rag.contract import RagClient, Turn
from tests.modules.chat.chat_support import EngineGone, Gate, ScriptedGateway, soon, told
from tests.modules.chat.documents_support import GONE, LEASES, PETS, RENT, TRACE, ScriptedDocuments


@pytest.fixture
def documents() -> ScriptedDocuments:
    return ScriptedDocuments()


@pytest.fixture
async def chat(
    store: SqlChatStore, gateway: ScriptedGateway, documents: ScriptedDocuments
) -> AsyncIterator[ChatService]:
    config = ChatConfig(title_from_model=False)
    service = ChatService(store, gateway, uuid7, config, rag=lambda: cast(RagClient, documents))
    yield service
    await service.close(5)


@pytest.fixture
async def conversation(chat: ChatService, ctx: SecurityContext) -> Conversation:
    return await chat.create(ctx, collections=(LEASES,))


async def test_a_conversation_keeps_its_collections(chat: ChatService, ctx: SecurityContext) -> None:
    created = await chat.create(ctx, collections=(LEASES, GONE, LEASES))
    changed = await chat.update(ctx, created.id, ConversationPatch(collections=(GONE,)))
    left = await chat.update(ctx, created.id, ConversationPatch(title="Rent"))
    assert created.collections == (LEASES, GONE)
    assert changed.collections == left.collections == (GONE,)
    assert (await chat.update(ctx, created.id, ConversationPatch(collections=()))).collections == ()


async def test_an_answer_from_documents_keeps_its_citations_and_says_how_they_were_found(
    chat: ChatService, conversation: Conversation, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    answered = await soon(told(chat.send(ctx, conversation.id, "What is the rent?")))
    answer = answered.finished.answer
    stored = await chat.message(ctx, answer.id)
    assert answered.text == stored.content == "The rent is 900 euros [1]."
    assert stored.citations == answer.citations
    [cited] = stored.citations
    assert (cited.quote, cited.quote_start, cited.heading_path) == ("The rent is 900 euros.", 10, ("Terms", "Rent"))
    assert stored.from_documents
    assert stored.status is MessageStatus.COMPLETE
    assert await chat.trace(ctx, answer.id) == TRACE
    assert gateway.requests == []


async def test_what_it_cost_counts_the_passages(
    chat: ChatService, conversation: Conversation, ctx: SecurityContext
) -> None:
    answered = await soon(told(chat.send(ctx, conversation.id, "What is the rent?")))
    stats, meter = answered.finished.answer.stats, answered.finished.meter
    assert stats is not None
    assert meter is not None
    assert (stats.input_tokens, stats.output_tokens, stats.context_length) == (321, 9, 2048)
    assert (meter.used, meter.exact) == (330, True)
    assert (await chat.meter(ctx, conversation.id)).used == 330


async def test_an_answer_without_a_model_measured_nothing(
    chat: ChatService, conversation: Conversation, documents: ScriptedDocuments, ctx: SecurityContext
) -> None:
    documents.without_model, documents.trace = True, replace(TRACE, tokens=None)
    answered = await soon(told(chat.send(ctx, conversation.id, "How many files are there?" * 20)))
    meter = await chat.meter(ctx, conversation.id)
    assert answered.finished.meter is None
    assert meter.used > 100
    assert not meter.exact


async def test_documents_are_asked_with_the_conversation_before_the_question(
    chat: ChatService, documents: ScriptedDocuments, ctx: SecurityContext
) -> None:
    params = ChatParams(temperature=0.3, seed=7, max_output_tokens=99)
    conversation = await chat.create(ctx, collections=(LEASES, GONE), params=params, system_prompt="Be brief.")
    await soon(told(chat.send(ctx, conversation.id, "What is the rent?")))
    await soon(told(chat.send(ctx, conversation.id, "And since when?")))
    asked = documents.questions[-1]
    assert asked.text == "And since when?"
    assert asked.history == (Turn("user", "What is the rent?"), Turn("assistant", "The rent is 900 euros."))
    assert (asked.collections, asked.instructions, asked.model) == ((LEASES,), "Be brief.", "local::tiny")
    assert (asked.temperature, asked.seed, asked.max_output_tokens) == (0.3, 7, 99)


async def test_readers_hear_what_is_done_before_there_is_text(
    chat: ChatService, conversation: Conversation, documents: ScriptedDocuments, ctx: SecurityContext
) -> None:
    gate = Gate()
    documents.steps = [RagProgress("Read 5 of 13", 5, 13), gate, "Done [1]."]
    events = chat.send(ctx, conversation.id, "Summarise every file")
    progress = await soon(anext(event async for event in events if isinstance(event, AnswerProgress)))
    await soon(gate.reached.wait())
    following = chat.attach(ctx, conversation.id)
    await anext(following)
    late = await soon(anext(following))
    gate.opened.set()
    assert progress.note in ("Searching Leases", "Read 5 of 13")
    assert isinstance(late, AnswerProgress)
    assert (late.note, late.done, late.total) == ("Read 5 of 13", 5, 13)


async def test_a_conversation_whose_collections_are_gone_is_answered_by_the_model(
    chat: ChatService, documents: ScriptedDocuments, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx, collections=(GONE,))
    answered = await soon(told(chat.send(ctx, conversation.id, "Hello")))
    assert answered.text == "You said: Hello"
    assert not answered.finished.answer.from_documents
    assert await chat.trace(ctx, answered.finished.answer.id) is None
    assert documents.questions == []


async def test_without_rag_the_model_answers(
    store: SqlChatStore, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    chat = ChatService(store, gateway, uuid7, ChatConfig(title_from_model=False))
    conversation = await chat.create(ctx, collections=(LEASES,))
    assert (await soon(told(chat.send(ctx, conversation.id, "Hello")))).text == "You said: Hello"
    await chat.close(5)


async def test_a_stopped_answer_keeps_the_citations_of_its_text_and_goes_on_from_the_same_passages(
    chat: ChatService, conversation: Conversation, documents: ScriptedDocuments, ctx: SecurityContext
) -> None:
    gate = Gate()
    documents.steps = ["The rent is 900 euros [1]. ", gate]
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "What is the rent?")))
    await soon(gate.reached.wait())
    assert await soon(chat.stop(ctx, conversation.id))
    stopped = (await soon(reading)).finished.answer
    assert stopped.status is MessageStatus.STOPPED
    assert stopped.citations == (await chat.message(ctx, stopped.id)).citations == (RENT,)
    assert await chat.trace(ctx, stopped.id) == TRACE
    documents.steps = ["Dogs may stay [2]."]
    continued = (await soon(told(chat.continue_answer(ctx, stopped.id)))).finished.answer
    assert documents.questions[-1].passages == (RENT, PETS)
    assert documents.questions[-1].begun == "The rent is 900 euros [1]. "
    assert documents.questions[-1].text == "What is the rent?"
    assert documents.questions[-1].history == ()
    assert continued.content == "The rent is 900 euros [1]. Dogs may stay [2]."


async def test_a_killed_answer_has_its_citations_on_disk(
    chat: ChatService,
    store: SqlChatStore,
    conversation: Conversation,
    documents: ScriptedDocuments,
    ctx: SecurityContext,
) -> None:
    gate = Gate()
    documents.steps = ["The rent is 900 euros [1]. ", gate]
    reading = asyncio.create_task(told(chat.send(ctx, conversation.id, "What is the rent?")))
    await soon(gate.reached.wait())
    answer_id = (await chat.messages(ctx, conversation.id)).messages[-1].id
    async with asyncio.timeout(10):
        while not (row := await store.message(ctx, answer_id)) or not row.citations:
            await asyncio.sleep(0.01)
    assert await store.interrupt_all({"code": "program_ended"}) == 1
    killed = await store.message(ctx, answer_id)
    assert killed is not None
    assert (killed.status, killed.citations) == (MessageStatus.INTERRUPTED, (RENT,))
    assert await store.passages(ctx, answer_id) == (RENT, PETS)
    assert await store.trace(ctx, answer_id) == TRACE
    gate.opened.set()
    await soon(reading)


async def test_a_broken_answer_keeps_what_it_was_given(
    chat: ChatService,
    store: SqlChatStore,
    conversation: Conversation,
    documents: ScriptedDocuments,
    ctx: SecurityContext,
) -> None:
    documents.steps = ["Dogs may stay [2].", EngineGone("The engine died.")]
    broken = (await soon(told(chat.send(ctx, conversation.id, "Dogs?")))).finished.answer
    assert (broken.status, broken.citations) == (MessageStatus.INTERRUPTED, (PETS,))
    assert await store.passages(ctx, broken.id) == (RENT, PETS)


async def test_an_answer_over_whole_files_cannot_go_on_in_the_middle(
    chat: ChatService, conversation: Conversation, documents: ScriptedDocuments, ctx: SecurityContext
) -> None:
    documents.trace = replace(TRACE, whole_collection=True)
    documents.steps = ["Lease.pdf: rent [1]\n", EngineGone("The engine died.")]
    broken = (await soon(told(chat.send(ctx, conversation.id, "Summarise every file")))).finished.answer
    with pytest.raises(NotPossible):
        await soon(told(chat.continue_answer(ctx, broken.id)))
    documents.steps = ["All of it [1]."]
    again = (await soon(told(chat.regenerate(ctx, broken.id)))).finished.answer
    assert again.content == "All of it [1]."


@pytest.mark.parametrize("begun", ["The rent is 900 euros [1]. ", ""])
@pytest.mark.parametrize("left", [(), (GONE,)])
async def test_an_answer_from_documents_goes_on_from_its_passages_when_their_collections_are_not_there_now(
    chat: ChatService,
    conversation: Conversation,
    gateway: ScriptedGateway,
    documents: ScriptedDocuments,
    ctx: SecurityContext,
    begun: str,
    left: tuple[UUID, ...],
) -> None:
    documents.steps = [*([begun] if begun else []), EngineGone("The engine died.")]
    broken = (await soon(told(chat.send(ctx, conversation.id, "What is the rent?")))).finished.answer
    await chat.update(ctx, conversation.id, ConversationPatch(collections=left))
    documents.steps = ["Dogs may stay [2]."]
    continued = (await soon(told(chat.continue_answer(ctx, broken.id)))).finished.answer
    assert (continued.content, continued.error) == (f"{begun}Dogs may stay [2].", None)
    assert (documents.questions[-1].passages, documents.questions[-1].begun) == ((RENT, PETS), begun)
    assert gateway.requests == []


async def test_an_answer_that_said_nothing_yet_is_searched_for_again_while_its_collections_are_there(
    chat: ChatService, conversation: Conversation, documents: ScriptedDocuments, ctx: SecurityContext
) -> None:
    documents.steps = [EngineGone("The engine died.")]
    broken = (await soon(told(chat.send(ctx, conversation.id, "What is the rent?")))).finished.answer
    documents.steps = ["900 euros [1]."]
    continued = (await soon(told(chat.continue_answer(ctx, broken.id)))).finished.answer
    assert continued.content == "900 euros [1]."
    assert (documents.questions[-1].passages, documents.questions[-1].collections) == ((), (LEASES,))


@pytest.mark.parametrize("begun", ["The rent is 900 euros [1]. ", ""])
async def test_an_answer_from_documents_never_goes_on_by_the_model_alone(
    store: SqlChatStore,
    chat: ChatService,
    conversation: Conversation,
    gateway: ScriptedGateway,
    documents: ScriptedDocuments,
    ctx: SecurityContext,
    begun: str,
) -> None:
    documents.steps = [*([begun] if begun else []), EngineGone("The engine died.")]
    broken = (await soon(told(chat.send(ctx, conversation.id, "What is the rent?")))).finished.answer
    without = ChatService(store, gateway, uuid7, ChatConfig(title_from_model=False))
    with pytest.raises(NotPossible) as refused:
        await soon(told(without.continue_answer(ctx, broken.id)))
    assert refused.value.action
    kept = await store.message(ctx, broken.id)
    assert kept is not None
    assert (kept.content, kept.status) == (begun, broken.status)
    assert await store.passages(ctx, broken.id) == (RENT, PETS)
    assert gateway.requests == []
    await without.close(5)


async def test_an_answer_of_the_model_goes_on_by_the_model_though_documents_were_chosen_since(
    chat: ChatService, gateway: ScriptedGateway, documents: ScriptedDocuments, ctx: SecurityContext
) -> None:
    conversation = await chat.create(ctx)
    gateway.script("One ", EngineGone("The engine died."))
    broken = (await soon(told(chat.send(ctx, conversation.id, "Count")))).finished.answer
    await chat.update(ctx, conversation.id, ConversationPatch(collections=(LEASES,)))
    gateway.script("two")
    continued = (await soon(told(chat.continue_answer(ctx, broken.id)))).finished.answer
    assert (continued.content, continued.from_documents) == ("One two", False)
    assert documents.questions == []


async def test_both_exports_name_the_sources(
    chat: ChatService, conversation: Conversation, ctx: SecurityContext
) -> None:
    await soon(told(chat.send(ctx, conversation.id, "What is the rent?")))
    markdown = await chat.export(ctx, conversation.id, "markdown")
    document = json.loads(await chat.export(ctx, conversation.id, "json"))
    assert "- [1] /d/Lease.pdf, page 3" in markdown
    assert document["conversation"]["collections"] == [str(LEASES)]
    [cited] = document["messages"][-1]["citations"]
    assert (cited["file_name"], cited["page"], cited["char_start"], cited["char_end"]) == ("Lease.pdf", 3, 10, 32)


async def test_deleting_a_conversation_forgets_how_passages_were_found(
    chat: ChatService, chat_file: DatabaseFile, conversation: Conversation, store: SqlChatStore, ctx: SecurityContext
) -> None:
    answer = (await soon(told(chat.send(ctx, conversation.id, "What is the rent?")))).finished.answer
    await chat.trash(ctx, conversation.id)
    await chat.delete_for_ever(ctx, conversation.id)
    assert await store.trace(ctx, answer.id) is None


async def test_conversations_from_before_documents_are_read_as_they_were(tmp_path: Path, ctx: SecurityContext) -> None:
    file = await open_database_file(tmp_path / "old.db", DataKey.generate())
    await migrate(file, "chat", MIGRATIONS[:1])
    database, ids = Database("chat", file), {"c": uuid7().hex, "m": uuid7().hex}
    owner = {"t": ctx.subject_tenant_id.hex, "o": ctx.subject_id.hex, "now": "2026-01-01T00:00:00.000000Z"}
    async with database.write(ctx) as session:
        await session.execute(
            "INSERT INTO chat_conversations (id, tenant_id, owner_id, created_at, updated_at, hlc, title, title_source,"
            " system_prompt, params_json, active_leaf_id, used_at, draft)"
            " VALUES (:c, :t, :o, :now, :now, '0', 'Old', 'user', '', '{}', :m, :now, '')",
            {**ids, **owner},
        )
        await session.execute(
            "INSERT INTO chat_messages (id, tenant_id, owner_id, created_at, updated_at, hlc, conversation_id, depth,"
            " seq, role, status, content) VALUES (:m, :t, :o, :now, :now, '0', :c, 0, 1, 'user', 'complete', 'Hi [1]')",
            {**ids, **owner},
        )
    await migrate(file, "chat", MIGRATIONS)
    store = SqlChatStore(database)
    [conversation] = await store.conversations(ctx, trashed=False, limit=10, offset=0)
    message = await store.message(ctx, UUID(ids["m"]))
    assert (conversation.title, conversation.collections) == ("Old", ())
    assert message is not None
    assert (message.content, message.citations, message.from_documents) == ("Hi [1]", (), False)
    await file.close()
