"""One holder a home, whatever happens to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hyperspot_desktop.instance import HomeHeld, HomeLock, HomeNotWritable, control_address
from tests.support.starter import unmeasured

HOLDER = """
import sys
from pathlib import Path
from hyperspot_desktop.instance import HomeLock
lock = HomeLock(Path(sys.argv[1]), "window")
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def close(process: subprocess.Popen[bytes]) -> None:
    process.communicate(timeout=30)


def test_a_second_process_is_told_who_holds_the_home(tmp_path: Path, holder: subprocess.Popen[bytes]) -> None:
    try:
        with pytest.raises(HomeHeld) as caught, HomeLock(tmp_path, "command"):
            pass
    finally:
        close(holder)
    assert "the HyperSpot window" in str(caught.value)
    assert str(holder.pid) in str(caught.value)
    assert "--home" in caught.value.action


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_holder_leaves_the_home_free(tmp_path: Path, holder: subprocess.Popen[bytes]) -> None:
    holder.send_signal(signal.SIGKILL)
    close(holder)
    with HomeLock(tmp_path, "command") as lock:
        assert str(os.getpid()) in lock.path.read_text()


def test_a_released_home_can_be_taken_again(tmp_path: Path) -> None:
    with HomeLock(tmp_path, "command"):
        pass
    with HomeLock(tmp_path, "window") as lock:
        lock.take_role("server")
        assert "server" in lock.path.read_text()


def test_nobody_is_named_by_a_lock_that_was_given_back(tmp_path: Path) -> None:
    with HomeLock(tmp_path, "window") as lock:
        held = lock.path.read_bytes()
    assert b"window" in held
    assert b"window" not in lock.path.read_bytes()


def test_a_home_that_is_a_file_is_a_sentence_and_not_a_crash(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    with pytest.raises(HomeNotWritable, match="cannot be written"), HomeLock(home, "command"):
        pass
    assert home.read_text() == "not a folder"


def test_a_holder_whose_description_is_garbage_is_still_a_holder(tmp_path: Path) -> None:
    with HomeLock(tmp_path, "command") as lock:
        lock.path.write_bytes(b"\x00\xff not json")
        with pytest.raises(HomeHeld, match="another hyperspot command"), HomeLock(tmp_path, "command"):
            pass


ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from hyperspot_desktop.instance import HomeHeld, HomeLock
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
lock = HomeLock(Path(sys.argv[1]), "command")
lock.acquire()
lock.take_role("window")
try:
    HomeLock(Path(sys.argv[1]), "command").acquire()
except HomeHeld:
    print("held")
lock.release()
with HomeLock(Path(sys.argv[1]), "command"):
    print("free again")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_FSIZE is POSIX")
def test_a_disk_without_room_for_the_holders_name_does_not_keep_the_home_shut(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env=unmeasured(),
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["held", "free again"]


@pytest.mark.skipif(sys.platform == "win32", reason="sockets have short paths on POSIX systems only")
def test_a_home_with_a_very_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    long_home = tmp_path / ("ü" * 60) / ("x" * 80)
    address = control_address(long_home)
    assert len(os.fsencode(address)) < 100
    assert address == control_address(long_home)
    assert address != control_address(tmp_path / "other")
