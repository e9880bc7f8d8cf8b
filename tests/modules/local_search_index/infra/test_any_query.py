"""Any text is a valid query, on the real full-text index."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modkit.security import SecurityContext
from modules.local_search_index.contract import LocalSearchIndexClient, SearchRequest
from tests.modules.local_search_index.index_support import put


@pytest.fixture
async def filled(embedded: LocalSearchIndexClient, ctx: SecurityContext) -> LocalSearchIndexClient:
    await put(embedded, ctx, "a.md", "the night train", "getUserName a b", "東京都に行く", "NEAR AND OR NOT")
    return embedded


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.text(alphabet='ab"*()^:-+{}. ANDORNT\x00\ud800é漢字'), st.booleans())
async def test_any_text_is_a_valid_query(
    filled: LocalSearchIndexClient, ctx: SecurityContext, text: str, typing: bool
) -> None:
    assert (await filled.search(ctx, SearchRequest(text=text, typing=typing))).hits is not None


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20))
async def test_what_was_put_is_found_by_its_own_text(
    embedded: LocalSearchIndexClient, ctx: SecurityContext, text: str
) -> None:
    await put(embedded, ctx, "a.md", text, revision=text)
    answer = await embedded.search(ctx, SearchRequest(text=text))
    assert [hit.passage.text for hit in answer.hits] == [text]
