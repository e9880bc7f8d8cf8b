"""Ties a child's life to its owner's, by what each system offers; the end of stdin works on all."""

from __future__ import annotations

import os
import sys

if sys.platform == "linux":
    import ctypes
    import signal

    _PR_SET_PDEATHSIG = 1

    def bind_from_child() -> None:
        """Ask the kernel for SIGKILL when the thread that started us dies, even while native code holds the GIL.

        An owner that died before this line is noticed by the end of stdin; one that dies during it, by the
        changed parent.
        """
        parent = os.getppid()
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)

else:

    def bind_from_child() -> None:
        """Nothing here: the end of stdin ends the child (and on Windows the owner's job object)."""


if sys.platform == "win32":
    from modkit.children import windows_job

    def bind_from_owner(pid: int) -> object | None:
        """Put the child into a job that Windows ends together with us. None if Windows refuses."""
        return windows_job.bind_to_this_process(pid)

    def release(binding: object | None) -> None:
        """Give back what ``bind_from_owner`` returned; the child is gone by then."""
        windows_job.close(binding)

else:

    def bind_from_owner(pid: int) -> object | None:
        """Nothing to do on this side."""
        return None

    def release(binding: object | None) -> None:
        """Nothing to give back."""
