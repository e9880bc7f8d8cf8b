"""The encrypted store under load: opening long conversations, searching very many messages, acknowledging one."""

from __future__ import annotations

import math
import random
import statistics
import time
from collections.abc import Awaitable
from typing import Any

from bench._profiles import VOCABULARY, fill, host_on, temporary_home, variables, word
from bench.table import Row
from modkit.security import SecurityContext
from modules.chat.contract import ChatClient

_CONVERSATIONS = 20
_MESSAGES_EACH = 5_000
_SEARCHES = 200
_OPEN_BUDGET_MS = 300.0
_SEARCH_P50_MS, _SEARCH_P99_MS = 50.0, 150.0


async def bench_storage() -> list[Row]:
    """On one home of 100,000 messages of 40 words."""
    ctx = SecurityContext.local_user()
    with variables(starters=False), temporary_home() as home:
        async with host_on(home) as host:
            started = time.perf_counter()
            ids = await fill(host, _CONVERSATIONS, _MESSAGES_EACH)
            stored = _CONVERSATIONS * _MESSAGES_EACH / (time.perf_counter() - started)
        async with host_on(home) as host:
            chat = host.client_hub.get(ChatClient)
            opened = [await _ms(_open(chat, ctx, conversation_id)) for conversation_id in ids]
            scrolled = [
                await _ms(chat.messages(ctx, ids[0], before=before)) for before in range(_MESSAGES_EACH, 50, -250)
            ]
            searched = [await _ms(chat.search(ctx, text)) for text in _queries()]
    p50, p99 = statistics.median(searched), statistics.quantiles(searched, n=100)[98]
    count = f"{_CONVERSATIONS * _MESSAGES_EACH:,} messages"
    return [
        Row(
            "open a chat of 5,000 messages (store)",
            statistics.median(opened),
            "ms",
            f"<= {_OPEN_BUDGET_MS:.0f} ms",
            statistics.median(opened) <= _OPEN_BUDGET_MS,
            note=f"its row and last page; first of a fresh start {opened[0]:.1f} ms",
        ),
        Row("scroll up in it by a page", statistics.median(scrolled), "ms", note="anywhere in the branch"),
        Row("search 100,000 messages, p50", p50, "ms", f"<= {_SEARCH_P50_MS:.0f} ms", p50 <= _SEARCH_P50_MS),
        Row(
            "search 100,000 messages, p99",
            p99,
            "ms",
            f"<= {_SEARCH_P99_MS:.0f} ms",
            p99 <= _SEARCH_P99_MS,
            note=f"{_SEARCHES} queries of 1 to 3 words; slowest {max(searched):.0f} ms",
        ),
        Row("store messages in bulk", stored, "per s", note=f"{count}, encrypted and indexed"),
    ]


async def _open(chat: ChatClient, ctx: SecurityContext, conversation_id: Any) -> None:
    await chat.get(ctx, conversation_id)
    page = await chat.messages(ctx, conversation_id)
    assert page.total == _MESSAGES_EACH


def _queries() -> list[str]:
    """One to three words each; people search for words that say something, so not for the most frequent ones."""
    chance = random.Random(2)
    ranks = [int(math.exp(chance.uniform(math.log(50), math.log(VOCABULARY)))) for _ in range(3 * _SEARCHES)]
    return [
        " ".join(word(rank) for rank in ranks[3 * number : 3 * number + chance.randint(1, 3)])
        for number in range(_SEARCHES)
    ]


async def _ms(work: Awaitable[object]) -> float:
    started = time.perf_counter()
    await work
    return (time.perf_counter() - started) * 1000
