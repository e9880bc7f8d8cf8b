"""Landlock through plain system calls: files by allowlist, no TCP, no signals to outside. Linux only.

Source: Linux, Documentation/userspace-api/landlock.rst and include/uapi/linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import os
import stat

from modkit.children.sandbox.allowed import SCRATCH_DEVICES, readable_paths
from modkit.children.spec import SandboxProfile

# The same numbers on every architecture.
_CREATE_RULESET = 444
_ADD_RULE = 445
_RESTRICT_SELF = 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_NET_BIND_AND_CONNECT = 0b11
_SCOPE_ABSTRACT_SOCKET_AND_SIGNAL = 0b11


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("handled_fs", ctypes.c_uint64), ("handled_net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi_version() -> int:
    """What this kernel speaks; 0 where Landlock is absent or switched off."""
    return max(0, _call(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_CREATE_RULESET_VERSION)))


def restrict(profile: SandboxProfile) -> int:
    """Lock the calling thread, and all it starts from now on, to the profile. Gives the ABI in use, 0 if none."""
    abi = abi_version()
    if abi == 0:
        return 0
    handled_fs = _handled_fs(abi)
    attributes = _RulesetAttributes(
        handled_fs, _NET_BIND_AND_CONNECT if abi >= 4 else 0, _SCOPE_ABSTRACT_SOCKET_AND_SIGNAL if abi >= 6 else 0
    )
    ruleset = _call(
        _CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(_attributes_size(abi)), ctypes.c_uint32(0)
    )
    if ruleset < 0:
        return 0
    try:
        for path in readable_paths(profile.read_paths, profile.forbidden_paths):
            _allow(ruleset, path, (_READ_FILE | _READ_DIR) & handled_fs)
        for path in map(str, profile.execute_paths):
            _allow(ruleset, path, (_EXECUTE | _READ_FILE | _READ_DIR) & handled_fs)
        for path in (*SCRATCH_DEVICES, *map(str, (*profile.device_paths, *profile.write_paths))):
            _allow(ruleset, path, (_READ_FILE | _READ_DIR | _WRITE_FILE | _TRUNCATE | _IOCTL_DEV) & handled_fs)
        restricted = _call(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)
    return abi if restricted == 0 else 0


def _handled_fs(abi: int) -> int:
    """Every right this ABI can take away: 13 at first, then refer (2), truncate (3), ioctl on devices (5)."""
    count = 13 + (abi >= 2) + (abi >= 3) + (abi >= 5)
    return (1 << count) - 1


def _attributes_size(abi: int) -> int:
    """Older kernels refuse fields they do not know, even empty ones."""
    return 8 + 8 * (abi >= 4) + 8 * (abi >= 6)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        # Type checkers of other systems do not know O_PATH, and O_CLOEXEC not on Windows.
        descriptor = os.open(path, getattr(os, "O_PATH", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return  # gone since it was listed: nothing to allow then
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _FILE_RIGHTS
        rule = _PathBeneath(rights, descriptor)
        _call(
            _ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0)
        )
    finally:
        os.close(descriptor)


def _call(number: int, *arguments: object) -> int:
    result: int = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *arguments)
    return result
