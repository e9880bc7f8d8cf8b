"""Installs, upgrades, repairs and removes the program on a Windows made by Wine, as people and scripts do it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from devtools.building.compare import fingerprints
from devtools.building.places import Places
from devtools.building.windows.nsis import EXECUTABLE, Recipe, compile_installer
from devtools.building.windows.nsis_signatures import hold_signed, make_signed_installer
from devtools.building.windows.stand_in import fill_stand_in
from devtools.building.windows.wine import Ran, Wine
from devtools.console import Console, Step
from devtools.errors import SetupError

OLDER, NEWER = "0.0.1", "999.0.0"
UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\HyperSpot Desktop"
CLASSES = r"Software\Classes"
_ODD_FOLDER = "Größe 大小 & more"


@dataclass(frozen=True)
class Cycle:
    """One Windows, and three versions to install there."""

    places: Places
    wine: Wine
    current: Path
    older: Path
    newer: Path

    @property
    def usual(self) -> Path:
        """Where it is installed unless another folder is named."""
        return self.wine.local / "Programs" / "HyperSpot Desktop"

    @property
    def data(self) -> Path:
        return self.wine.user / ".hyperspot"

    @property
    def shortcut(self) -> Path:
        menu = self.wine.user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu"
        return menu / "Programs" / "HyperSpot Desktop.lnk"

    def install(self, installer: Path, folder: Path | None = None) -> Ran:
        ran = self.wine.run(self.wine.path(installer), "/S", *self._last("/D=", folder))
        self.wine.wait()
        return ran

    def uninstall(self, folder: Path, *options: str) -> Ran:
        # A copy of the uninstaller does the work, and Wine is waited for until it has ended.
        ran = self.wine.run(self.wine.path(folder / "uninstall.exe"), "/S", *options)
        self.wine.wait()
        return ran

    def uninstall_here(self, folder: Path, *options: str) -> Ran:
        """Without the copy, so that the exit status is that of the work."""
        return self.wine.run(self.wine.path(folder / "uninstall.exe"), "/S", *options, *self._last("_?=", folder))

    def _last(self, option: str, folder: Path | None) -> list[str]:
        # NSIS wants such a path without quotes, whatever it has in it: Wine puts words together with spaces.
        return [] if folder is None else f"{option}{self.wine.path(folder)}".split(" ")

    def state(self) -> dict[str, str]:
        """Everything of the user's, files and registry; two of them tell what came, went and changed."""
        files = fingerprints(self.wine.user)
        # A shortcut has the time of the program that it leads to.
        kept = {
            name: "" if name.endswith(".lnk") else mark
            for name, mark in files.items()
            if not name.startswith("AppData/Local/Temp")
        }
        for key, values in self.wine.registry("Software").items():
            kept |= {f"HKCU\\Software\\{key}\\{name}": value for name, value in values.items()} | {f"key {key}": ""}
        return kept


def test_installer(places: Places, console: Console, installer: Path) -> None:
    """
    Raises:
        SetupError: a step did not do what it should; the sentence says which and how.
    """
    wine = Wine(places.root / "wine")
    try:
        with console.step("Making a Windows"):
            wine.create()
        with console.step("Making an older and a newer version") as step:
            cycle = _versions(places, step, wine, installer)
        for title, act in _STEPS:
            with console.step(title):
                act(cycle)
    finally:
        wine.stop()
    # After a failure it stays, to be looked at.
    wine.remove()


def _versions(places: Places, step: Step, wine: Wine, installer: Path) -> Cycle:
    """The installers lie on the drive, in a folder with an odd name."""
    folder = wine.drive / "Downloads (neu) 下载"
    folder.mkdir()
    current = folder / installer.name
    current.write_bytes(installer.read_bytes())
    for version in (OLDER, NEWER):
        program = fill_stand_in(places, step, places.root / "other-version", version)
        compile_installer(places, step, Recipe(program, version, folder / f"{version}.exe"), None)
    return Cycle(places, wine, current, folder / f"{OLDER}.exe", folder / f"{NEWER}.exe")


def hold(condition: bool, sentence: str) -> None:
    """
    Raises:
        SetupError: the condition does not hold; ``sentence`` tells what is wrong.
    """
    if not condition:
        raise SetupError(sentence, "Correct packaging/windows, or look for yourself in build/package/wine.")


def hold_status(ran: Ran, status: int, words: str = "") -> None:
    hold(ran.status == status, f"It ended with {ran.status} in place of {status}: {ran.said}")
    hold(words in ran.said, f"It said {ran.said!r} and not {words!r}.")


def hold_unchanged(before: dict[str, str], after: dict[str, str], what: str) -> None:
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    hold(not changed, f"{what} changed {', '.join(changed[:8])}.")


def hold_installed(cycle: Cycle, folder: Path, version: str) -> None:
    """The program is in the folder, complete, and Windows knows of it."""
    wine = cycle.wine
    hold((folder / "program" / EXECUTABLE).is_file(), f"{folder} has no program.")
    only = sorted(file.name for file in (folder / "program" / "_internal").glob("only-in-*"))
    hold(only == [f"only-in-{version}.txt"], f"Version {version} has these files: {only}.")
    odd = folder / "program" / "_internal" / "resources" / "Größe 大小" / "$ümlaut & more.txt"
    hold(odd.is_file(), f"{odd} is missing.")
    hold(sorted(path.name for path in folder.iterdir()) == ["program", "uninstall.exe"], f"{folder} has more in it.")
    place = wine.path(folder)
    entry = wine.registry(UNINSTALL_KEY).get("", {})
    wanted = {
        "DisplayName": "HyperSpot Desktop",
        "DisplayVersion": version,
        "InstallLocation": place,
        "UninstallString": f'"{place}\\uninstall.exe"',
        "QuietUninstallString": f'"{place}\\uninstall.exe" /S',
        "DisplayIcon": f"{place}\\program\\{EXECUTABLE}",
    }
    for name, value in wanted.items():
        hold(entry.get(name) == value, f"{name} is {entry.get(name)!r} and not {value!r}.")
    hold(bool(entry.get("Publisher")), "No publisher is named.")
    size = sum(file.stat().st_size for file in (folder / "program").rglob("*") if file.is_file())
    said = int(entry.get("EstimatedSize", "dword:0").removeprefix("dword:"), 16) * 1024
    hold(abs(said - size) <= 1024, f"Its size is {size}, and Windows is told {said}.")
    hold(cycle.shortcut.is_file(), "The Start menu has no shortcut.")
    command = wine.registry(CLASSES + r"\HyperSpot.Model").get(r"shell\open\command", {}).get("")
    hold(command == f'"{place}\\program\\{EXECUTABLE}" "%1"', f"Models are opened with {command!r}.")


def _fresh_and_upgrade(cycle: Cycle) -> None:
    hold_status(cycle.install(cycle.older), 0)
    hold_installed(cycle, cycle.usual, OLDER)
    _write_data(cycle)
    before = fingerprints(cycle.data)
    hold_status(cycle.install(cycle.current), 0)
    hold_installed(cycle, cycle.usual, cycle.places.version)
    hold_unchanged(before, fingerprints(cycle.data), "The upgrade")


def _repair(cycle: Cycle) -> None:
    before = cycle.state()
    program = cycle.usual / "program"
    (program / EXECUTABLE).write_bytes(b"damaged")
    next((program / "_internal").glob("only-in-*")).unlink()
    (program / "_internal" / "left-by-something.txt").touch()
    hold_status(cycle.install(cycle.current), 0)
    hold_unchanged(before, cycle.state(), "Damage and repair")


def _downgrade(cycle: Cycle) -> None:
    before = cycle.state()
    refusal = "HyperSpot Desktop {} is installed, and this is the older version"
    hold_status(cycle.install(cycle.older), 3, refusal.format(cycle.places.version))
    hold_unchanged(before, cycle.state(), "The refused downgrade")
    hold_status(cycle.install(cycle.newer), 0)
    before = cycle.state()
    hold_status(cycle.install(cycle.current), 3, refusal.format(NEWER))
    hold_unchanged(before, cycle.state(), "The refused downgrade")


def _running(cycle: Cycle) -> None:
    before = cycle.state()
    stop = cycle.wine.temporary / "stand-in.stop"
    started = cycle.wine.temporary / "stand-in.txt"
    started.unlink(missing_ok=True)
    process = cycle.wine.start(cycle.wine.path(cycle.usual / "program" / "hyperspot-server.exe"), "/HOLD")
    try:
        while not started.exists() and process.poll() is None:
            pass
        for ran in (cycle.wine.run(cycle.wine.path(cycle.newer), "/S"), cycle.uninstall_here(cycle.usual)):
            hold_status(ran, 4, "HyperSpot Desktop is running. Close it and try again.")
    finally:
        stop.touch()
        process.communicate(timeout=60)
        cycle.wine.wait()
        stop.unlink()
    hold_unchanged(before, cycle.state(), "What was refused while the program ran")


def _association(cycle: Cycle) -> None:
    """A double click on a model opens it with the program, whatever its name is."""
    noted = cycle.wine.temporary / "stand-in.txt"
    noted.unlink(missing_ok=True)
    model = cycle.wine.drive / "Downloads (neu) 下载" / "kleines Modell 模型.gguf"
    model.write_bytes(b"GGUF")
    cycle.wine.open(model)
    said = noted.read_text("utf-16-le") if noted.is_file() else ""
    program, file = cycle.wine.path(cycle.usual / "program" / EXECUTABLE), cycle.wine.path(model)
    hold(said.strip() == f'"{program}" "{file}"', f"A model was opened with {said!r}.")


def _uninstall_keeping(cycle: Cycle) -> None:
    before = fingerprints(cycle.data)
    cycle.uninstall(cycle.usual)
    hold(not cycle.usual.exists(), f"{cycle.usual} is still there.")
    hold(not cycle.shortcut.exists(), "The shortcut is still there.")
    hold(cycle.wine.registry(UNINSTALL_KEY) == {}, "Windows still lists the program.")
    hold_unchanged(before, fingerprints(cycle.data), "The removal")


def _odd_folder_and_others(cycle: Cycle) -> None:
    """Another program opens models already, and the user wants the program in a folder with an odd name."""
    extension = rf"HKCU\{CLASSES}\.gguf"
    cycle.wine.run("reg", "add", extension, "/ve", "/d", "Other.Model", "/f")
    cycle.wine.run("reg", "add", extension + r"\OpenWithProgids", "/v", "Other.Model", "/d", "", "/f")
    before = cycle.state()
    folder = cycle.wine.drive / _ODD_FOLDER
    folder.mkdir()
    (folder / "mine.txt").touch()
    hold_status(cycle.install(cycle.older, folder), 0)
    (folder / "mine.txt").rename(folder.parent / "mine.txt")
    hold_installed(cycle, folder, OLDER)
    types = cycle.wine.registry(CLASSES + r"\.gguf")
    hold(types[""].get("") == "Other.Model", f"Models belonged to another program, and now to {types['']}.")
    hold(set(types["OpenWithProgids"]) == {"Other.Model", "HyperSpot.Model"}, f"Models open with {types}.")
    hold_status(cycle.install(cycle.current), 0)
    hold_installed(cycle, folder, cycle.places.version)
    hold_status(cycle.install(cycle.current, cycle.usual), 0)
    hold_installed(cycle, cycle.usual, cycle.places.version)
    hold(not folder.exists(), "The program moved, and its old folder stayed.")
    cycle.uninstall(cycle.usual)
    hold_unchanged(before, cycle.state(), "Install and removal")


def _foreign(cycle: Cycle) -> None:
    folder = cycle.wine.drive / "foreign"
    (folder / "program").mkdir(parents=True)
    (folder / "program" / "letter.txt").touch()
    before = cycle.state(), fingerprints(folder)
    hold_status(cycle.install(cycle.current, folder), 5, "belongs to something else")
    hold_unchanged(before[0], cycle.state(), "The refused installation")
    hold_unchanged(before[1], fingerprints(folder), "The refused installation")


def _erase(cycle: Cycle) -> None:
    """Everything of the program's goes; nothing else does."""
    before = cycle.state()
    _make_hard_to_erase(cycle)
    hold_status(cycle.install(cycle.current), 0)
    cycle.uninstall(cycle.usual, "/ERASE-DATA")
    hold(not cycle.data.exists(), "Some of the user's data is still there.")
    kept = {name: mark for name, mark in before.items() if not name.startswith(".hyperspot")}
    hold_unchanged(kept, cycle.state(), "Install and removal")


def _erase_beside_a_link(cycle: Cycle) -> None:
    """What a link leads to stays, and what could not be erased is named."""
    others = cycle.wine.drive / "others"
    others.mkdir()
    (others / "letter.txt").touch()
    _make_hard_to_erase(cycle)
    (cycle.data / "link").symlink_to(others)
    hold_status(cycle.install(cycle.current), 0)
    # WORKAROUND for Wine 8: its RemoveDirectory follows links (that of Windows removes them), so it fails here, since
    # the folder behind is not empty. Links to files it cannot tell from files.
    hold_status(
        cycle.uninstall_here(cycle.usual, "/ERASE-DATA"), 6, f"{cycle.wine.path(cycle.data)}\\link could not be"
    )
    hold((others / "letter.txt").is_file(), "The removal followed a link.")
    hold([path.name for path in cycle.data.iterdir()] == ["link"], "One thing could not be erased, and more is left.")


def _signatures(cycle: Cycle) -> None:
    installer = cycle.current.with_name("signed.exe")
    program = cycle.places.root / "stand-in-to-sign"
    fill_stand_in(cycle.places, Step(""), program, cycle.places.version)
    certificate = make_signed_installer(cycle.places, Step(""), program, installer)
    hold_status(cycle.install(installer), 0)
    hold_signed(cycle.usual, installer, certificate)


def _make_hard_to_erase(cycle: Cycle) -> None:
    """Data with a path longer than 260 characters, and a file that is write-protected."""
    deep = cycle.data.joinpath(*["a rather long name for a folder"] * 12)
    deep.mkdir(parents=True)
    (deep / "leaf").touch()
    (cycle.data / "read-only").touch(0o444)


def _write_data(cycle: Cycle) -> None:
    (cycle.data / "models").mkdir(parents=True)
    (cycle.data / "models" / "tiny.gguf").write_bytes(b"GGUF")
    (cycle.data / "profile.db").write_bytes(bytes(4096))


_STEPS = (
    ("A fresh installation, and an upgrade over it", _fresh_and_upgrade),
    ("A repair", _repair),
    ("A model opened", _association),
    ("Downgrades, which are refused", _downgrade),
    ("Installation and removal while the program runs, which are refused", _running),
    ("A removal that keeps the data", _uninstall_keeping),
    ("A folder that is somebody else's, which is refused", _foreign),
    ("A folder with an odd name, a move, and another program that opens models", _odd_folder_and_others),
    ("A removal that erases the data", _erase),
    ("The same, with a link in the data", _erase_beside_a_link),
    ("Signatures of what is installed", _signatures),
)
