"""Full-text search over messages and titles."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modkit.db import DatabaseFile
from modkit.security import SecurityContext
from modules.chat.contract import ConversationPatch
from modules.chat.domain.search_query import SearchQuery, Term
from modules.chat.domain.service import ChatService
from tests.modules.chat.chat_support import EngineGone, ScriptedGateway, told


async def _found(chat: ChatService, ctx: SecurityContext, query: str) -> list[str]:
    return [hit.snippet.replace("\x02", "[").replace("\x03", "]") for hit in await chat.search(ctx, query)]


@pytest.fixture
async def talked(chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext) -> ChatService:
    conversation = await chat.create(ctx, title="Journeys")
    gateway.script("Take the night train.")
    await told(chat.send(ctx, conversation.id, "How do I get to the café in Rome?"))
    gateway.script("नमस्ते हिन्दी में")
    await told(chat.send(ctx, conversation.id, "The Roman trains are slow"))
    return chat


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("rom", {"How do I get to the café in [Rome]?", "The [Roman] trains are slow"}),
        ("ROME", {"How do I get to the café in [Rome]?"}),
        ("cafe", {"How do I get to the [café] in Rome?"}),
        ("night train", {"Take the [night] [train].", "The Roman [trains] are slow"}),
        ('"night train"', {"Take the [night train]."}),
        ('"train night"', set()),
        ("हिन्", {"नमस्ते [हिन्दी] में"}),
        ("journey", {"[Journeys]"}),
        ("nowhere", set()),
        ("", set()),
        ("!!! ???", set()),
    ],
)
async def test_words_match_as_prefixes_and_phrases_exactly(
    talked: ChatService, ctx: SecurityContext, query: str, hits: set[str]
) -> None:
    assert set(await _found(talked, ctx, query)) == hits


async def test_messages_with_all_words_come_before_those_with_some(talked: ChatService, ctx: SecurityContext) -> None:
    assert (await _found(talked, ctx, "roman trains"))[0] == "The [Roman] [trains] are slow"


async def test_a_hit_says_where_it_is(talked: ChatService, ctx: SecurityContext) -> None:
    hit = (await talked.search(ctx, "night"))[0]
    message = await talked.message(ctx, hit.message_id)
    assert (hit.conversation_title, hit.role, message.content) == ("Journeys", "assistant", "Take the night train.")
    assert hit.score > 0


async def test_the_trash_is_not_searched_until_restored(talked: ChatService, ctx: SecurityContext) -> None:
    conversation = (await talked.conversations(ctx))[0]
    await talked.trash(ctx, conversation.id)
    hidden = await talked.search(ctx, "rome")
    await talked.restore(ctx, conversation.id)
    assert (hidden, len(await talked.search(ctx, "rome"))) == ([], 1)


async def test_what_is_deleted_for_ever_is_in_no_index(
    talked: ChatService, chat_file: DatabaseFile, ctx: SecurityContext
) -> None:
    conversation = (await talked.conversations(ctx))[0]
    await talked.trash(ctx, conversation.id)
    await talked.delete_for_ever(ctx, conversation.id)
    async with chat_file.reading() as connection:
        left = await connection.exec_driver_sql("SELECT count(*) FROM chat_search WHERE chat_search MATCH 'rome'")
        docs = await connection.exec_driver_sql("SELECT count(*) FROM chat_search_docs")
        assert (left.scalar_one(), docs.scalar_one()) == (0, 0)


async def test_a_search_can_stay_inside_one_conversation(talked: ChatService, ctx: SecurityContext) -> None:
    other = await talked.create(ctx)
    await told(talked.send(ctx, other.id, "Rome again"))
    hits = await talked.search(ctx, "rome", conversation_id=other.id)
    assert {hit.conversation_id for hit in hits} == {other.id}


async def test_a_new_title_replaces_the_old_one(talked: ChatService, ctx: SecurityContext) -> None:
    conversation = (await talked.conversations(ctx))[0]
    await talked.update(ctx, conversation.id, ConversationPatch(title="Holidays"))
    assert await _found(talked, ctx, "journey") == []
    assert await _found(talked, ctx, "holiday") == ["[Holidays]"]


async def test_a_title_that_repeats_a_found_message_is_no_second_hit(chat: ChatService, ctx: SecurityContext) -> None:
    conversation = await chat.create(ctx, title="Harbours of the north")
    await told(chat.send(ctx, conversation.id, "Which harbours are there?"))
    assert [hit.in_title for hit in await chat.search(ctx, "harbours which")][:1] == [False]
    assert not any(hit.in_title for hit in await chat.search(ctx, "harbours"))
    (named,) = await chat.search(ctx, "north")
    assert named.in_title
    assert await chat.search(ctx, "north", conversation_id=conversation.id) == []


async def test_a_continued_answer_is_found_as_a_whole(
    chat: ChatService, gateway: ScriptedGateway, ctx: SecurityContext
) -> None:
    gateway.script("The begin", EngineGone("Gone."))
    gateway.script("ning")
    conversation = await chat.create(ctx, title="T")
    broken = (await told(chat.send(ctx, conversation.id, "Tell"))).finished.answer
    assert await _found(chat, ctx, "begin") == ["The [begin]"]
    await told(chat.continue_answer(ctx, broken.id))
    assert await _found(chat, ctx, "beginning") == ["The [beginning]"]


async def test_the_index_agrees_with_the_messages(
    talked: ChatService, chat_file: DatabaseFile, ctx: SecurityContext
) -> None:
    conversation = (await talked.conversations(ctx))[0]
    await talked.update(ctx, conversation.id, ConversationPatch(title=""))
    async with chat_file.writing() as connection:
        await connection.exec_driver_sql("INSERT INTO chat_search (chat_search, rank) VALUES ('integrity-check', 1)")


def test_quotes_that_do_not_close_are_words() -> None:
    assert SearchQuery.parse('a "b c').terms == (Term("a", False), Term("b", False), Term("c", False))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text(alphabet='ab"*()^:-+{} ANDORNT\x00\ud800é漢'))
async def test_any_text_is_a_valid_query(talked: ChatService, ctx: SecurityContext, query: str) -> None:
    assert isinstance(await talked.search(ctx, query), list)
