"""The guard of the shared fixtures: does it see what it should see?"""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.fixture
def guarded(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(CONFTEST.parents[1] / "src"))
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8").replace("JOIN_TIMEOUT_S = 5.0", "JOIN_TIMEOUT_S = 0.1"))
    pytester.makeini("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n")
    return pytester


def test_a_task_left_behind_fails_its_test(guarded: pytest.Pytester) -> None:
    guarded.makepyfile(
        """
        import asyncio
        async def test_leaves_a_task():
            asyncio.create_task(asyncio.Event().wait(), name="forgotten")
        """
    )
    result = guarded.runpytest_subprocess()
    result.stdout.fnmatch_lines(["*left tasks running: *forgotten*"])


def test_a_thread_left_behind_fails_its_test(guarded: pytest.Pytester) -> None:
    guarded.makepyfile(
        """
        import threading
        def test_leaves_a_thread():
            threading.Thread(target=threading.Event().wait, name="forgotten", daemon=True).start()
        """
    )
    result = guarded.runpytest_subprocess()
    result.stdout.fnmatch_lines(["*left threads running: *forgotten*"])


def test_a_clean_async_test_with_worker_threads_passes(guarded: pytest.Pytester) -> None:
    guarded.makepyfile(
        """
        import asyncio
        async def test_is_clean(home, ctx):
            assert await asyncio.to_thread(home.is_dir)
            await asyncio.gather(asyncio.create_task(asyncio.sleep(0)))
        """
    )
    guarded.runpytest_subprocess().assert_outcomes(passed=1)
