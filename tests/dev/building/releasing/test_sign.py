"""Sums, signatures and provenance of what people download; the signatures are GnuPG's own."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devtools.building.places import BILL, Places
from devtools.building.releasing import gpg, provenance
from devtools.building.releasing.checksums import SUMS, sha256
from devtools.building.releasing.sign import is_of_version, sign, verify
from devtools.errors import SetupError
from devtools.layout import Layout

pytestmark = pytest.mark.skipif(shutil.which("gpg") is None, reason="GnuPG is what signs, on Linux")
_STARTED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_PASSPHRASE = "correct horse"


class Keys:
    """A person's throw-away keyring."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def make(self, name: str, passphrase: str = "") -> dict[str, str]:
        """A new key, as the environment of whoever signs has it."""
        command = ["--pinentry-mode", "loopback", "--passphrase", passphrase]
        self._run(*command, "--quick-generate-key", f"{name} <{name}@example.invalid>", "ed25519", "sign", "never")
        secret = self._run(*command, "--armor", "--export-secret-keys", name)
        return {gpg.KEY: secret, gpg.PASSPHRASE: passphrase}

    def public(self, name: str, folder: Path) -> Path:
        file = folder / f"{name}.pub"
        file.write_text(self._run("--armor", "--export", name), encoding="utf-8")
        return file

    def _run(self, *arguments: str) -> str:
        command = ["gpg", "--homedir", str(self.home), "--batch", "--quiet", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def keys() -> Generator[Keys]:
    # The agent's socket must have a short path, which pytest's own folders have not.
    with tempfile.TemporaryDirectory(prefix="k") as home:
        Path(home).chmod(0o700)
        yield Keys(Path(home))
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=True, capture_output=True)


@pytest.fixture(scope="module")
def maker(keys: Keys) -> dict[str, str]:
    """Without a passphrase: a new agent takes two seconds to make use of one."""
    return keys.make("maker")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A checkout at a commit, with a package and an archive that were made from it."""
    root = tmp_path / "checkout"
    (root / "requirements").mkdir(parents=True)
    (root / "requirements" / "runtime.lock").write_text("one==1\n", encoding="utf-8")
    (root / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n', encoding="utf-8")
    (root / ".gitignore").write_text("build/\n", encoding="utf-8")
    _git(root, "init", "--quiet")
    _git(root, "add", ".")
    _git(root, "-c", "user.name=A", "-c", "user.email=a@example.invalid", "commit", "--quiet", "-m", "One")
    made = Places(Layout(root))
    made.frozen.mkdir(parents=True)
    (made.frozen / BILL).write_text('{"bomFormat": "CycloneDX"}', encoding="utf-8")
    provenance.note_source(made.frozen.parent, provenance.source_of(root))
    made.artefacts.mkdir(parents=True)
    for name in ("hyperspot-desktop_1.2.3_amd64.deb", "hyperspot-desktop-1.2.3.tar.xz"):
        (made.artefacts / name).write_bytes(name.encode())
        provenance.record(made, "deb", made.frozen, made.artefacts / name, _STARTED, {})
    return made


@pytest.fixture
def deb(places: Places) -> Path:
    return places.artefacts / "hyperspot-desktop_1.2.3_amd64.deb"


def test_what_was_signed_verifies_here_and_with_the_tools_that_people_have(
    places: Places, maker: dict[str, str], keys: Keys, tmp_path: Path, deb: Path
) -> None:
    names, fingerprint = sign(places, maker)
    assert names == ["hyperspot-desktop-1.2.3.tar.xz", deb.name, SUMS]
    assert len(fingerprint) == 40
    verify(places.artefacts, keys.public("maker", tmp_path))
    subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=places.artefacts, check=True, capture_output=True)
    command = ["gpg", "--homedir", str(keys.home), "--verify", f"{deb}.asc", str(deb)]
    subprocess.run(command, check=True, capture_output=True)


def test_the_sums_vouch_for_provenance_and_bill_too(places: Places, maker: dict[str, str]) -> None:
    sign(places, maker)
    listed = (places.artefacts / SUMS).read_text(encoding="utf-8")
    assert "hyperspot-desktop_1.2.3_amd64.deb.intoto.json\n" in listed
    assert provenance.bill_name(places) in listed


def test_a_changed_byte_is_noticed(
    places: Places, maker: dict[str, str], keys: Keys, tmp_path: Path, deb: Path
) -> None:
    sign(places, maker)
    deb.write_bytes(deb.read_bytes()[:-1] + b"?")
    with pytest.raises(SetupError, match=r"amd64\.deb \(its signature\), .*amd64\.deb \(its sum\)\."):
        verify(places.artefacts, keys.public("maker", tmp_path))


def test_a_changed_byte_of_what_has_only_a_sum_is_noticed(
    places: Places, maker: dict[str, str], keys: Keys, tmp_path: Path
) -> None:
    sign(places, maker)
    (places.artefacts / provenance.bill_name(places)).write_text("{}", encoding="utf-8")
    with pytest.raises(SetupError, match=r"cdx\.json \(its sum\)\.$"):
        verify(places.artefacts, keys.public("maker", tmp_path))


def test_a_changed_list_of_sums_is_noticed(
    places: Places, maker: dict[str, str], keys: Keys, tmp_path: Path, deb: Path
) -> None:
    sign(places, maker)
    sums = places.artefacts / SUMS
    sums.write_text(sums.read_text(encoding="utf-8").replace(sha256(deb), "0" * 64), encoding="utf-8")
    with pytest.raises(SetupError, match=r"SHA256SUMS \(its signature\), .*deb \(its sum\)"):
        verify(places.artefacts, keys.public("maker", tmp_path))


def test_a_file_that_was_taken_away_or_added_is_noticed(
    places: Places, maker: dict[str, str], keys: Keys, tmp_path: Path, deb: Path
) -> None:
    sign(places, maker)
    deb.unlink()
    (places.artefacts / "more-1.2.3.intoto.json").touch()
    with pytest.raises(SetupError, match=r"deb \(missing\), more-1\.2\.3\.intoto\.json \(not in SHA256SUMS\)"):
        verify(places.artefacts, keys.public("maker", tmp_path))


def test_what_another_key_signed_does_not_count(
    places: Places, maker: dict[str, str], keys: Keys, tmp_path: Path
) -> None:
    keys.make("stranger")
    sign(places, maker)
    with pytest.raises(SetupError, match=r"deb \(its signature\), SHA256SUMS \(its signature\)\."):
        verify(places.artefacts, keys.public("stranger", tmp_path))


def test_the_key_may_be_one_of_the_callers_own_keyring(
    places: Places, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.make("own")
    monkeypatch.setenv("GNUPGHOME", str(keys.home))
    sign(places, {gpg.KEY: "own@example.invalid"})
    verify(places.artefacts, keys.public("own", tmp_path))


def test_without_a_key_it_says_what_to_set(places: Places) -> None:
    with pytest.raises(SetupError, match="HYPERSPOT_GPG_KEY is not set"):
        sign(places, {})
    assert not (places.artefacts / SUMS).exists()


def test_a_key_with_a_passphrase_signs_with_that_one_alone(places: Places, keys: Keys, tmp_path: Path) -> None:
    guarded = keys.make("guarded", _PASSPHRASE)
    with pytest.raises(SetupError, match="could not be signed") as said:
        sign(places, guarded | {gpg.PASSPHRASE: "wrong"})
    assert gpg.PASSPHRASE in said.value.action
    sign(places, guarded)
    verify(places.artefacts, keys.public("guarded", tmp_path))


def test_what_is_no_key_is_said(places: Places, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GNUPGHOME", str(keys.home))
    with pytest.raises(SetupError, match="names no secret key"):
        sign(places, {gpg.KEY: "nobody@example.invalid"})
    with pytest.raises(SetupError, match="is no OpenPGP key"):
        sign(places, {gpg.KEY: "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAAAA\n-----END PGP PRIVATE KEY BLOCK-----"})


def test_files_of_other_versions_are_refused_by_name(places: Places, maker: dict[str, str]) -> None:
    (places.artefacts / "hyperspot-desktop_1.2.2_amd64.deb").touch()
    (places.artefacts / "hyperspot-desktop_1.2.2_amd64.deb.asc").touch()
    with pytest.raises(SetupError, match=r"version 1\.2\.3.*: hyperspot-desktop_1\.2\.2_amd64\.deb, .*deb\.asc\."):
        sign(places, maker)


@pytest.mark.parametrize("name", ["a-1.2.3.tar.xz", "a_1.2.3_amd64.deb", "a-1.2.3-1.x86_64.rpm", "A 1.2.3.exe"])
def test_a_name_that_bears_the_version(name: str) -> None:
    assert is_of_version(name, "1.2.3")


@pytest.mark.parametrize("name", ["a-1.2.3.4.tar.xz", "a-11.2.3.deb", "a-1.2.30.deb", "a-0.1.2.3.deb", "a-1x2x3.deb"])
def test_a_name_that_bears_another_version(name: str) -> None:
    assert not is_of_version(name, "1.2.3")


def test_nothing_is_signed_whose_origin_nobody_recorded(places: Places, maker: dict[str, str], deb: Path) -> None:
    deb.write_bytes(b"made elsewhere")
    with pytest.raises(SetupError, match=r"made from: hyperspot-desktop_1\.2\.3_amd64\.deb\."):
        sign(places, maker)
    deb.with_name(deb.name + provenance.SUFFIX).unlink()
    with pytest.raises(SetupError, match=r"made from: hyperspot-desktop_1\.2\.3_amd64\.deb\."):
        sign(places, maker)


def test_nothing_is_signed_that_was_made_from_what_is_in_no_commit(
    places: Places, maker: dict[str, str], deb: Path
) -> None:
    (places.layout.root / "requirements" / "runtime.lock").write_text("two==2\n", encoding="utf-8")
    provenance.record(places, "deb", places.frozen, deb, _STARTED, {})
    with pytest.raises(SetupError, match=r"in no commit: hyperspot-desktop_1\.2\.3_amd64\.deb\."):
        sign(places, maker)


def test_nothing_is_signed_when_it_was_made_from_different_commits(
    places: Places, maker: dict[str, str], deb: Path
) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.invalid")
    _git(places.layout.root, *who, "commit", "--quiet", "--allow-empty", "-m", "Two")
    provenance.note_source(places.frozen.parent, provenance.source_of(places.layout.root))
    provenance.record(places, "deb", places.frozen, deb, _STARTED, {})
    with pytest.raises(SetupError, match="different commits"):
        sign(places, maker)


def test_a_program_that_was_frozen_from_something_else_is_not_taken_for_what_it_is_packed_from(
    places: Places, deb: Path
) -> None:
    root, folder = places.layout.root, places.frozen.parent
    now = provenance.source_of(root)
    assert provenance.packed_source(root, places.frozen) == now
    provenance.note_source(folder, provenance.Source("1" * 40, changed=False))
    assert provenance.packed_source(root, places.frozen).changed
    provenance.note_source(folder, provenance.Source(now.commit, changed=True))
    assert provenance.packed_source(root, places.frozen).changed
    (folder / "source.json").unlink()
    assert provenance.packed_source(root, places.frozen).changed


def test_an_empty_folder_is_said(places: Places, maker: dict[str, str]) -> None:
    shutil.rmtree(places.artefacts)
    places.artefacts.mkdir()
    with pytest.raises(SetupError, match="nothing in"):
        sign(places, maker)


def test_the_provenance_says_what_it_was_made_from_and_by_whom(places: Places, deb: Path) -> None:
    environ = {provenance.BUILDER: "https://ci.invalid/1", provenance.SOURCE: "git+https://source.invalid/it"}
    provenance.record(places, "deb", places.frozen, deb, _STARTED, environ)
    said = json.loads(deb.with_name(deb.name + provenance.SUFFIX).read_text(encoding="utf-8"))
    assert said["_type"] == "https://in-toto.io/Statement/v1"
    assert said["predicateType"] == "https://slsa.dev/provenance/v1"
    assert said["subject"] == [{"name": deb.name, "digest": {"sha256": sha256(deb)}}]
    source, lock = said["predicate"]["buildDefinition"]["resolvedDependencies"]
    commit = _git(places.layout.root, "rev-parse", "HEAD").strip()
    assert source["uri"] == "git+https://source.invalid/it"
    assert source["digest"] == {"gitCommit": commit}
    assert lock["name"] == "requirements/runtime.lock"
    assert lock["digest"] == {"sha256": sha256(places.layout.root / "requirements" / "runtime.lock")}
    run = said["predicate"]["runDetails"]
    assert run["builder"] == {"id": "https://ci.invalid/1"}
    assert run["metadata"]["startedOn"] == "2026-01-02T03:04:05Z"
    bill = places.artefacts / provenance.bill_name(places)
    assert run["byproducts"] == [{"name": bill.name, "digest": {"sha256": sha256(places.frozen / BILL)}}]


def test_a_folder_gets_no_provenance(places: Places) -> None:
    provenance.record(places, "appdir", places.frozen, places.frozen, _STARTED, {})
    assert not places.frozen.with_name(places.frozen.name + provenance.SUFFIX).exists()


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout
