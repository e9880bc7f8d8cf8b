"""Start and stop of ``stateful`` modules, whichever of the two shapes they have."""

from __future__ import annotations

import asyncio
from typing import Any

from loguru import logger

from modkit.background import BackgroundTask, StopResult, abort, wait_ended
from modkit.cancellation import CancellationToken
from modkit.module import ModuleInfo


class StatefulModules:
    """What has been started, in the order of starting."""

    def __init__(self) -> None:
        self._running: dict[str, tuple[ModuleInfo, Any, BackgroundTask | None]] = {}

    async def start(self, info: ModuleInfo, module: Any, token: CancellationToken) -> None:
        """Start one module; with ``await_ready`` this returns when it is ready.

        Raises:
            Exception: whatever its ``start`` raised, or its task before it was ready.
        """
        entry = info.lifecycle.entry
        if entry is None:
            await module.start(token)
            self._running[info.name] = (info, module, None)
            return
        task = BackgroundTask(info.name, getattr(module, entry), await_ready=info.lifecycle.await_ready)
        # Noted first: if waiting for readiness is given up, the task is there and must be stopped.
        self._running[info.name] = (info, module, task)
        await task.start(token)

    async def stop(self, info: ModuleInfo, hurry: CancellationToken) -> None:
        """Stop one module if it was started. It has its full stop time unless ``hurry`` fires; never raises."""
        _, module, task = self._running.pop(info.name, (info, None, None))
        if module is None:
            return
        timeout_s = info.lifecycle.stop_timeout_s
        if task is not None:
            result = await task.stop(timeout_s, hurry)
        else:
            result = await _call_stop(info, module, timeout_s, hurry)
        if result is StopResult.TIMEOUT:
            logger.warning("Module {} did not stop in time and was aborted", info.name)
        logger.debug("Module {} stopped ({})", info.name, result.value)


async def _call_stop(info: ModuleInfo, module: Any, timeout_s: float, hurry: CancellationToken) -> StopResult:
    token = hurry.child()
    task = asyncio.ensure_future(module.stop(token))
    if not await wait_ended(task, timeout_s, hurry):
        token.cancel()
        await abort(task, info.name)
        return StopResult.TIMEOUT
    if not task.cancelled() and (error := task.exception()):
        logger.opt(exception=error).error("Stopping module {} failed", info.name)
    return StopResult.CANCELLED
