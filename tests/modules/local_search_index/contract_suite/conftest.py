"""Every test of this folder runs for every plugin."""

from __future__ import annotations

import pytest

from modules.local_search_index.contract import LocalSearchIndexClient


@pytest.fixture(params=["embedded", "qdrant"])
def index(request: pytest.FixtureRequest) -> LocalSearchIndexClient:
    client: LocalSearchIndexClient = request.getfixturevalue(request.param)
    return client
