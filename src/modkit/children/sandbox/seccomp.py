"""A seccomp filter: no sockets, no programs, no processes, no tampering; threads, memory and reading stay.

A deny-list on purpose: what native libraries call differs by version, system and hardware, and Landlock already
closes the file system by allowlist. Written by hand, because libseccomp comes in no wheel: every user's
computer would need it installed, and this is one screen of code.
Source: Linux, Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

from modkit.children.sandbox.syscalls import AUDIT_ARCHITECTURES, DENIED, numbers_for

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 38, 22
_SET_MODE_FILTER, _MODE_FILTER = 1, 2
_FLAG_TSYNC, _FLAG_SPEC_ALLOW = 1, 4
_SECCOMP_CALL = {"x86_64": 317, "aarch64": 277}

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_X32_BIT = 0x40000000
_CLONE_THREAD = 0x00010000
_ACCESS_MODE_AND_CREATE = 0o3 | 0o100
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPE_MASK = 1, 1, 0xF

Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def set_no_new_privileges() -> bool:
    """No setuid program can help this process, ever; also what the other two need to be allowed at all."""
    return sys.platform == "linux" and bool(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def restrict(*, refuse_writing: bool) -> bool:
    """Install the filter for all threads; False where the kernel or the processor family is unknown to us.

    ``refuse_writing`` also denies opening files for writing: for kernels without Landlock.
    """
    machine = platform.machine()
    if machine not in AUDIT_ARCHITECTURES or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    instructions = build(machine, os.getpid(), refuse_writing=refuse_writing)
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
    program = _Program(len(instructions), code)
    libc = _libc()
    # Without SPEC_ALLOW kernels before 5.16 slow the whole process down; the mitigation guards other processes'
    # secrets from code that shares their memory, and this child shares none.
    for flags in (_FLAG_TSYNC | _FLAG_SPEC_ALLOW, _FLAG_TSYNC):
        call = ctypes.c_long(_SECCOMP_CALL[machine])
        if libc.syscall(call, _SET_MODE_FILTER, flags, ctypes.byref(program)) == 0:
            return True
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def build(machine: str, own_pid: int, *, refuse_writing: bool) -> list[Instruction]:
    """The filter as classic BPF instructions (code, jump if true, jump if false, value)."""
    number = numbers_for(machine)
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, AUDIT_ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    if machine == "x86_64":
        program += [(_AT_LEAST, 0, 1, _X32_BIT), _refuse()]
    for name in DENIED:
        if name in number:
            program += _when(number[name], [_refuse()])
    # glibc then falls back to clone, whose flags a filter can see.
    program += _when(number["clone3"], [_refuse(errno.ENOSYS)])
    program += _when(number["clone"], [_argument(0), (_ANY_BIT, 1, 0, _CLONE_THREAD), _refuse(), _allow()])
    for name in ("kill", "tgkill"):
        program += _when(number[name], [_argument(0), (_EQUAL, 1, 0, own_pid), _refuse(), _allow()])
    limit_check = [_argument(0), (_EQUAL, 2, 0, 0), (_EQUAL, 1, 0, own_pid), _refuse(), _allow()]
    program += _when(number["prlimit64"], limit_check)
    typing_check = [_argument(1), (_EQUAL, 1, 0, _TIOCSTI), (_EQUAL, 0, 1, _TIOCLINUX), _refuse(), _allow()]
    program += _when(number["ioctl"], typing_check)
    program += _when(number["socketpair"], _only_connected_stream_pairs())
    if refuse_writing:
        program += _refuse_writing(number)
    return [*program, _allow()]


def _only_connected_stream_pairs() -> list[Instruction]:
    """An event loop wakes itself through such a pair; a datagram socket could be sent from to anywhere local."""
    return [
        _argument(0),
        (_EQUAL, 0, 3, _AF_UNIX),
        _argument(1),
        (_AND, 0, 0, _SOCK_TYPE_MASK),
        (_EQUAL, 1, 0, _SOCK_STREAM),
        _refuse(),
        _allow(),
    ]


def _refuse_writing(number: dict[str, int]) -> list[Instruction]:
    program = _when(number["openat2"], [_refuse(errno.ENOSYS)])
    for name, flags_argument in (("open", 1), ("openat", 2)):
        if name in number:
            check = [_argument(flags_argument), (_ANY_BIT, 0, 1, _ACCESS_MODE_AND_CREATE), _refuse(), _allow()]
            program += _when(number[name], check)
    return program


def _when(number: int, body: list[Instruction]) -> list[Instruction]:
    """Run the body, which must end in returns, for this call alone; the accumulator still holds the number after."""
    return [(_EQUAL, 0, len(body), number), *body]


def _argument(index: int) -> Instruction:
    """Load the low half of an argument: both processor families are little-endian, all we compare is 32 bits."""
    return (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * index)


def _refuse(code: int = errno.EPERM) -> Instruction:
    return (_RETURN, 0, 0, _ERRNO | code)


def _allow() -> Instruction:
    return (_RETURN, 0, 0, _ALLOW)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
