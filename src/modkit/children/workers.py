"""Threads for the handlers of a child: reused last-in first-out, so that calls in a row share one thread."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue

Finish = Callable[[], None]
Job = Callable[[], Finish]
"""Does the work and gives back what announces its end."""


class WorkerPool:
    """At most ``limit`` jobs at a time; more wait in order.

    One thread for calls in a row matters to native code: OpenMP keeps a team of threads for every thread that
    ever entered it. That is also why a worker counts as free before it announces the end of its job: the next
    call, sent at once by a waiting owner, finds the same thread.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._count = 0
        self._idle: list[SimpleQueue[Job]] = []
        self._waiting: deque[Job] = deque()
        self._lock = threading.Lock()

    def submit(self, job: Job) -> None:
        """Run it on a free thread, a new one, or the first that gets free; never blocks."""
        with self._lock:
            if self._idle:
                self._idle.pop().put(job)
                return
            if self._count >= self._limit:
                self._waiting.append(job)
                return
            self._count += 1
            name = f"worker-{self._count}"
        jobs: SimpleQueue[Job] = SimpleQueue()
        jobs.put(job)
        threading.Thread(target=self._work, args=(jobs,), name=name, daemon=True).start()

    def _work(self, jobs: SimpleQueue[Job]) -> None:
        while True:
            finish = jobs.get()()
            with self._lock:
                if self._waiting:
                    jobs.put(self._waiting.popleft())
                else:
                    self._idle.append(jobs)
            finish()
