"""Windows job objects: the nearest thing to death-binding and limits there."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMIT_INFORMATION = 9
    _LIMIT_ACTIVE_PROCESS = 0x8
    _LIMIT_PROCESS_MEMORY = 0x100
    _LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x400
    _LIMIT_KILL_ON_JOB_CLOSE = 0x2000
    _PROCESS_SET_QUOTA_AND_TERMINATE = 0x0101

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _kernel32() -> ctypes.WinDLL:
        library = ctypes.WinDLL("kernel32", use_last_error=True)
        library.CreateJobObjectW.restype = wintypes.HANDLE
        library.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        library.OpenProcess.restype = wintypes.HANDLE
        library.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        library.GetCurrentProcess.restype = wintypes.HANDLE
        library.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        library.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        library.CloseHandle.argtypes = (wintypes.HANDLE,)
        return library

    def bind_to_this_process(pid: int) -> object | None:
        """A job that dies with us, holding the process ``pid``. None if Windows refuses."""
        kernel32 = _kernel32()
        job = _job(kernel32, _LIMIT_KILL_ON_JOB_CLOSE | _LIMIT_DIE_ON_UNHANDLED_EXCEPTION)
        process = kernel32.OpenProcess(_PROCESS_SET_QUOTA_AND_TERMINATE, False, pid)
        bound = bool(job and process and kernel32.AssignProcessToJobObject(job, process))
        if process:
            kernel32.CloseHandle(process)
        return job if bound else None

    def limit_this_process(memory_bytes: int | None) -> bool:
        """No further processes, and a memory limit, for the process that calls. The job stays open until it ends."""
        kernel32 = _kernel32()
        memory_flag = 0 if memory_bytes is None else _LIMIT_PROCESS_MEMORY
        flags = _LIMIT_ACTIVE_PROCESS | _LIMIT_DIE_ON_UNHANDLED_EXCEPTION | memory_flag
        job = _job(kernel32, flags, memory_bytes or 0)
        return bool(job and kernel32.AssignProcessToJobObject(job, kernel32.GetCurrentProcess()))

    def _job(kernel32: ctypes.WinDLL, flags: int, memory_bytes: int = 0) -> int | None:
        job: int | None = kernel32.CreateJobObjectW(None, None)
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = flags
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = memory_bytes
        size = ctypes.sizeof(limits)
        if not job or not kernel32.SetInformationJobObject(
            job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), size
        ):
            return None
        return job

    def close(job: object | None) -> None:
        """Close a job; whatever still lives in it ends."""
        if isinstance(job, int):
            _kernel32().CloseHandle(job)
