"""The inspector over a real profile: a real PDF, read, indexed and drawn by the real modules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtGui import QGuiApplication

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.clients import Clients
from hyperspot_desktop.resources import resources
from hyperspot_desktop.viewmodels.page_view import PageViewModel
from hyperspot_desktop.viewmodels.sources import SourcesViewModel
from hyperspot_desktop.window.real_host import Profile, opener
from modules.chat.contract import ChatMessage, MessageStatus
from modules.local_search_index.contract import Hit, SearchMode
from modules.rag.contract import Citation, Query
from tests.hyperspot_desktop.conftest import WaitFor

LEASE = resources() / "samples" / "boathouse-lease.pdf"
SENTENCE = "The lease begins on 1 March 2025"

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def bridge(application: QGuiApplication, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bridge]:
    monkeypatch.setenv("HYPERSPOT_KEYRING", "off")
    made = Bridge(opener(Profile(home)))
    made.start()
    yield made
    assert made.dispose()


def indexed(bridge: Bridge, wait_for: WaitFor) -> Hit:
    """The sample lease is in a collection; the passage with the sentence."""
    hits: list[Hit] = []

    async def add_and_search(clients: Clients) -> tuple[Hit, ...]:
        job = await clients.rag.add(clients.ctx, "Club", [LEASE])
        await clients.jobs.wait(clients.ctx, job)
        query = Query(text=f'"{SENTENCE}"', collections=("Club",), mode=SearchMode.KEYWORD)
        return (await clients.rag.search(clients.ctx, query)).hits

    bridge.call(add_and_search, hits.extend)
    wait_for(lambda: hits)
    return hits[0]


def cited(hit: Hit) -> ChatMessage:
    """An answer that cites the sentence, as the module keeps it."""
    passage, document = hit.passage, hit.passage.document
    start = passage.text.index(SENTENCE)
    citation = Citation(
        1,
        document.id,
        passage.id,
        document.path,
        document.file_name,
        passage.place.page,
        passage.place.char_start,
        passage.place.char_end,
        passage.heading_path,
        passage.text,
        SENTENCE,
        passage.place.char_start + start,
        passage.place.char_start + start + len(SENTENCE),
    )
    return ChatMessage(
        uuid4(),
        uuid4(),
        None,
        "assistant",
        "In March [1].",
        MessageStatus.COMPLETE,
        datetime.now(UTC),
        citations=(citation,),
    )


def test_a_real_pdf_is_shown_as_text_and_as_its_page(bridge: Bridge, wait_for: WaitFor) -> None:
    # given: an answer that cites a real file
    message = cited(indexed(bridge, wait_for))
    sources = SourcesViewModel(bridge, {str(message.id): message}.get)
    # when
    sources.show(str(message.id), 1)
    wait_for(lambda: not sources.property("loading"))
    # then: the sentence is marked in its surroundings
    assert sources.property("errorSentence") == ""
    assert sources.property("note") == ""
    assert f'<span class="m">{SENTENCE}</span>' in sources.property("html")
    assert len(sources.property("plain")) > len(message.citations[0].text)
    # and on the page itself
    assert sources.property("hasPages")
    page = PageViewModel(bridge)
    page.want(True, False)
    page.point_at(message.citations[0].file_id, message.citations[0].page or 0, SENTENCE)
    wait_for(lambda: page.property("source") or page.property("errorSentence"))
    assert page.property("errorSentence") == ""
    assert page.property("pageCount") == 3
    (mark,) = page.property("marks")
    assert all(0 < share < 1 for share in mark)
