"""A Windows of its own in a folder: Wine runs programs in it, and its files and registry are seen from here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from devtools.errors import SetupError

_PATIENCE_S = 180.0
_LINE = re.compile(r'(@|"(?:[^"\\]|\\.)*")=(.*)')
# Wine's .NET and browser are asked for nothing, and the desktop of this machine is to get no menu entries.
_OVERRIDES = "mscoree,mshtml=;winemenubuilder.exe=d"


@dataclass(frozen=True)
class Ran:
    """How a program of Windows ended, and what it wrote to standard output."""

    status: int
    said: str


@dataclass(frozen=True)
class Wine:
    """One Windows below ``folder``; the machine's own ``~/.wine`` is never touched."""

    folder: Path

    @property
    def drive(self) -> Path:
        return self.folder / "prefix" / "drive_c"

    @property
    def user(self) -> Path:
        """The user's own folder, which is %USERPROFILE%."""
        return next(path for path in sorted((self.drive / "users").iterdir()) if path.name != "Public")

    @property
    def local(self) -> Path:
        """%LOCALAPPDATA%."""
        return self.user / "AppData" / "Local"

    @property
    def temporary(self) -> Path:
        """%TEMP%."""
        return self.local / "Temp"

    def create(self) -> None:
        """
        Raises:
            SetupError: Wine cannot make it; the sentence has what it said.
        """
        self.remove()
        self.folder.mkdir(parents=True)
        ran = self.run("wineboot", "--init")
        self.wait()
        if not (self.drive / "windows" / "system32" / "kernel32.dll").is_file():
            raise SetupError(f"Wine made no Windows: {ran.said[-800:]}", "Try it by hand: WINEPREFIX=DIR wine wineboot")
        # Windows are made, and shown nowhere: no screen is needed.
        self.run("reg", "add", r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null", "/f")
        for name in ("TEMP", "TMP"):
            self.run("reg", "add", r"HKCU\Environment", "/v", name, "/d", self.path(self.temporary), "/f")
        self.wait()
        self.temporary.mkdir(parents=True, exist_ok=True)

    def stop(self) -> None:
        """End what still runs in it."""
        if self.drive.is_dir():
            subprocess.run([self._server(), "-k"], env=self._environment(), capture_output=True, check=False)
            self.wait()

    def remove(self) -> None:
        """End what still runs in it, and erase it."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program and leave it running."""
        return subprocess.Popen(
            ["wine", *arguments],
            env=self._environment(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> Ran:
        """Run a program until it ends.

        Raises:
            SetupError: it takes too long.
        """
        process = self.start(*arguments)
        try:
            said, _ = process.communicate(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.communicate()
            raise SetupError(
                f"{PureWindowsPath(arguments[0]).name} did not end within {_PATIENCE_S:.0f} s.", "Look at what it does."
            ) from error
        return Ran(process.returncode, said.decode("utf-8", "replace"))

    def wait(self) -> None:
        """Until everything that runs in it has ended, and its registry is written."""
        subprocess.run([self._server(), "-w"], env=self._environment(), capture_output=True, check=False)

    def open(self, file: Path) -> None:
        """What a double click on a file does.

        WORKAROUND for Wine before 9: it does not look at a user's own associations, so they are everybody's meanwhile.
        """
        program = self.registry(r"Software\Classes").get(file.suffix, {}).get("", "")
        if not program:
            raise SetupError(f"Nothing opens {file.suffix}.", "Look at what is installed.")
        for name in (file.suffix, program):
            self.run("reg", "copy", rf"HKCU\Software\Classes\{name}", rf"HKCR\{name}", "/s", "/f")
        try:
            self.run("start", "/wait", "/unix", str(file))
        finally:
            for name in (file.suffix, program):
                self.run("reg", "delete", rf"HKCR\{name}", "/f")
        self.wait()

    def path(self, file: Path) -> str:
        """How Windows calls a file below its drive."""
        return str(PureWindowsPath("C:\\", *file.relative_to(self.drive).parts))

    def registry(self, key: str) -> dict[str, dict[str, str]]:
        """By key below ``HKEY_CURRENT_USER\\key``, its own as "": values by name, "" for the default one.

        Strings are as they are; numbers as ``dword:…``. Empty when there is no such key.
        """
        exported = self.temporary / "exported.reg"
        exported.unlink(missing_ok=True)
        whole = rf"HKEY_CURRENT_USER\{key}"
        self.run("reg", "export", whole, self.path(exported), "/y")
        if not exported.is_file():
            return {}
        found: dict[str, dict[str, str]] = {}
        values: dict[str, str] = {}
        for line in exported.read_text("utf-16").splitlines():
            if line.startswith("["):
                values = found.setdefault(line[1 + len(whole) : -1].removeprefix("\\"), {})
            elif match := _LINE.fullmatch(line):
                name = "" if match[1] == "@" else _plain(match[1])
                values[name] = _plain(match[2])
        exported.unlink()
        return found

    def _environment(self) -> Mapping[str, str]:
        # Nothing of the caller's but where programs lie: no screen, no settings of another Wine.
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _OVERRIDES,
        }

    @staticmethod
    def _server() -> str:
        # Debian has it in PATH only where the package "wine" is, which brings the links.
        return shutil.which("wineserver") or "/usr/lib/wine/wineserver"


def _plain(text: str) -> str:
    if not text.startswith('"'):
        return text
    return re.sub(r"\\(.)", r"\1", text[1:-1])
