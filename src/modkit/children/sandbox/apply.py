"""One call that locks the calling process in as far as this system can."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from modkit.children.sandbox import rlimits
from modkit.children.spec import SandboxProfile

if sys.platform == "linux":
    from modkit.children.sandbox import landlock, seccomp
elif sys.platform == "win32":
    from modkit.children import windows_job


def apply(profile: SandboxProfile) -> tuple[str, ...]:
    """Give up everything the profile does not allow; there is no way back. Names the mechanisms that took hold.

    Call it while the process has one thread and before foreign code is imported: Landlock holds for the calling
    thread and those it starts later, not for older ones.
    """
    if not profile.enabled:
        return ()
    return _apply_here(profile)


if sys.platform == "linux":

    def _apply_here(profile: SandboxProfile) -> tuple[str, ...]:
        with suppress(OSError):  # who eats foreign bytes is the first to go when memory runs out
            Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")
        mechanisms = list(rlimits.apply(profile))
        if seccomp.set_no_new_privileges():
            mechanisms.append("no-new-privs")
        abi = landlock.restrict(profile)
        if abi:
            mechanisms.append(f"landlock-{abi}")
        if seccomp.restrict(refuse_writing=abi == 0 and not profile.write_paths):
            mechanisms.append("seccomp")
        return tuple(mechanisms)

elif sys.platform == "win32":

    def _apply_here(profile: SandboxProfile) -> tuple[str, ...]:
        return ("job-object",) if windows_job.limit_this_process(profile.memory_bytes) else ()

else:

    def _apply_here(profile: SandboxProfile) -> tuple[str, ...]:
        return rlimits.apply(profile)
