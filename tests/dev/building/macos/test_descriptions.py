"""What macOS is told about the program."""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any

import pytest

from devtools.building.macos.descriptions import hold_entitlements, hold_info, hold_minimum, info_for
from devtools.building.places import NAME, Places
from devtools.errors import SetupError
from devtools.layout import Layout

PLACES = Places(Layout.here())
DESCRIPTIONS = PLACES.layout.root / "packaging" / "macos"
INFO = DESCRIPTIONS / "Info.plist"


@pytest.fixture
def info() -> dict[str, Any]:
    return info_for(INFO, PLACES.version)


def test_the_program_has_the_version_of_the_project(info: dict[str, Any]) -> None:
    assert {info["CFBundleVersion"], info["CFBundleShortVersionString"]} == {PLACES.version}
    assert info["CFBundleExecutable"] == NAME


def test_it_opens_the_files_that_it_opens_on_linux(info: dict[str, Any]) -> None:
    [declared] = info["UTImportedTypeDeclarations"]
    tags = declared["UTTypeTagSpecification"]
    linux = (PLACES.linux / "hyperspot-gguf.xml").read_text(encoding="utf-8")
    [mime_type], [extension] = tags["public.mime-type"], tags["public.filename-extension"]
    assert f'type="{mime_type}"' in linux
    assert f'pattern="*.{extension}"' in linux


def test_it_speaks_the_languages_that_there_are_texts_for(info: dict[str, Any]) -> None:
    texts = {path.stem.removeprefix("hyperspot_") for path in (PLACES.layout.root / "resources/i18n").glob("*.ts")}
    assert set(info["CFBundleLocalizations"]) == {"en"} | {{"zh_CN": "zh-Hans"}.get(one, one) for one in texts}


def test_a_version_that_somebody_wrote_down_must_be_the_projects(tmp_path: Path, info: dict[str, Any]) -> None:
    file = tmp_path / "Info.plist"
    file.write_bytes(plistlib.dumps(info | {"CFBundleVersion": "9.9"}))
    with pytest.raises(SetupError, match=r"CFBundleVersion is not 0\.1\.0"):
        info_for(file, "0.1.0")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"NSCameraUsageDescription": "To see you."}, "NSCameraUsageDescription is not known"),
        ({"NSHighResolutionCapable": "yes"}, "NSHighResolutionCapable is not bool"),
        ({"CFBundleName": ""}, "CFBundleName is not str"),
        ({"CFBundleIdentifier": "Hyper Spot"}, "CFBundleIdentifier is not like"),
        ({"LSMinimumSystemVersion": "Sonoma"}, "LSMinimumSystemVersion is not like"),
        ({"UTImportedTypeDeclarations": [{"UTTypeIdentifier": "org.ggml.gguf"}]}, "has no file extension"),
        (
            {"CFBundleDocumentTypes": [{"LSItemContentTypes": ["org.example.other"]}]},
            "the document type org.example.other is not declared",
        ),
    ],
)
def test_faults_are_named(info: dict[str, Any], change: dict[str, Any], fault: str) -> None:
    with pytest.raises(SetupError, match=fault):
        hold_info(info | change, PLACES.version)


def test_what_is_missing_is_named(info: dict[str, Any]) -> None:
    del info["CFBundleIdentifier"]
    with pytest.raises(SetupError, match="CFBundleIdentifier is missing"):
        hold_info(info, PLACES.version)


def test_a_version_that_macos_does_not_understand_is_refused(info: dict[str, Any]) -> None:
    versions = dict.fromkeys(("CFBundleVersion", "CFBundleShortVersionString"), "0.2.0rc1")
    with pytest.raises(SetupError, match="not up to three numbers"):
        hold_info(info | versions, "0.2.0rc1")


def test_no_library_may_ask_for_a_newer_macos_than_is_promised(info: dict[str, Any]) -> None:
    info["LSMinimumSystemVersion"] = "13.0"
    hold_minimum(info, (13, 0), "libone.dylib")
    with pytest.raises(SetupError, match=r"libone\.dylib needs macOS 13\.3, and Info\.plist promises 13\.0"):
        hold_minimum(info, (13, 3), "libone.dylib")


def test_there_is_one_entitlement_and_it_says_why() -> None:
    file = DESCRIPTIONS / "entitlements.plist"
    hold_entitlements(file)
    assert plistlib.loads(file.read_bytes()) == {"com.apple.security.cs.disable-library-validation": True}


def entitlements(folder: Path, body: str) -> Path:
    file = folder / "entitlements.plist"
    file.write_text(f'<?xml version="1.0"?><plist version="1.0"><dict>{body}</dict></plist>', encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            "<!-- One. --><key>com.apple.security.cs.allow-jit</key><true/>"
            "<key>com.apple.security.cs.disable-library-validation</key><true/>",
            r"no comment says why com\.apple\.security\.cs\.disable-library-validation is there",
        ),
        ("<!-- Debug. --><key>com.apple.security.get-task-allow</key><true/>", "get-task-allow is not known"),
        ("<!-- No. --><key>com.apple.security.cs.allow-jit</key><false/>", "allow-jit is not true"),
        ("<key>broken", "is no property list"),
    ],
)
def test_an_entitlement_without_a_reason_is_refused(tmp_path: Path, body: str, fault: str) -> None:
    with pytest.raises(SetupError, match=fault):
        hold_entitlements(entitlements(tmp_path, body))
