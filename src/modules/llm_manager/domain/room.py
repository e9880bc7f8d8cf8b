"""Decides which loaded models make room for another one."""

from __future__ import annotations

from collections.abc import Sequence

from modules.llm_manager.contract.errors import NotEnoughMemory
from modules.llm_manager.domain.load_plan import Budget, LoadPlan
from modules.llm_manager.domain.slot import Slot


def evictions(plan: LoadPlan, slots: Sequence[Slot], budget: Budget) -> list[Slot]:
    """The slots to end so that ``plan`` fits: as few as needed, oldest use first, those kept warm last.

    Raises:
        NotEnoughMemory: it would not fit even with every idle model gone; none should be ended then.
    """
    needed = plan.needs.total_bytes
    used, free = sum(slot.memory_bytes for slot in slots), budget.free_bytes
    # What is still loading has reserved memory that the system does not see as taken yet.
    free -= sum(slot.memory_bytes for slot in slots if not slot.ready)
    chosen: list[Slot] = []
    for slot in sorted((slot for slot in slots if slot.idle), key=lambda slot: (slot.keep_warm, slot.last_used)):
        if _fits(needed, used, free, budget):
            break
        chosen.append(slot)
        used -= slot.memory_bytes
        free += slot.memory_bytes
    if not _fits(needed, used, free, budget):
        raise NotEnoughMemory(_sentence(plan, budget, used, free))
    return chosen


def _fits(needed: int, used: int, free: int, budget: Budget) -> bool:
    return used + needed <= budget.limit_bytes and needed <= free


def _sentence(plan: LoadPlan, budget: Budget, used: int, free: int) -> str:
    available = max(0, min(budget.limit_bytes - used, free))
    return (
        f"{plan.model.name} needs {_gib(plan.needs.total_bytes)} of memory with a context of "
        f"{plan.context_length:,} tokens, and {_gib(available)} can be had."
    )


def _gib(size_bytes: int) -> str:
    return f"{size_bytes / 2**30:.1f} GiB"
