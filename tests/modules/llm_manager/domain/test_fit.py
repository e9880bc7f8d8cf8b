"""Memory needed against memory free."""

from __future__ import annotations

import pytest

from modkit.security import SecurityContext
from modules.llm_manager.contract import FitLevel
from modules.llm_manager.domain.fit import Needs, effective_context, fit_of
from tests.modules.llm_manager.conftest import Workplace


@pytest.mark.parametrize(
    ("needed", "level"),
    [
        (50, FitLevel.FITS_EASILY),
        (51, FitLevel.FITS),
        (80, FitLevel.FITS),
        (81, FitLevel.TIGHT),
        (100, FitLevel.TIGHT),
        (101, FitLevel.DOES_NOT_FIT),
    ],
)
def test_levels_are_shares_of_what_is_free(needed: int, level: FitLevel) -> None:
    assert fit_of(Needs(needed, 0, 0), 100, 1).level is level


def test_the_parts_add_up() -> None:
    assert fit_of(Needs(1, 20, 300), 1000, 1).needed_bytes == 321


@pytest.mark.parametrize(("wanted", "limit", "expected"), [(8192, 2048, 2048), (512, 2048, 512), (8192, 0, 8192)])
def test_a_model_without_a_stated_limit_gets_what_is_wanted(wanted: int, limit: int, expected: int) -> None:
    assert effective_context(wanted, limit) == expected


async def test_a_longer_context_of_a_catalogue_entry_needs_more(work: Workplace, ctx: SecurityContext) -> None:
    short = await work.models.fit(ctx, "qwen3-8b", context_length=1024)
    long = await work.models.fit(ctx, "qwen3-8b", context_length=32_768)
    assert long.kv_bytes == 32 * short.kv_bytes
    assert long.weights_bytes == short.weights_bytes > 4 * 10**9
