"""Info.plist and the entitlements: read, completed and looked through, as far as that can be done without a Mac."""

from __future__ import annotations

import plistlib
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from devtools.building.macos.macho import Version
from devtools.errors import SetupError

INFO_KEYS: Mapping[str, type] = {
    "CFBundleDevelopmentRegion": str,
    "CFBundleDisplayName": str,
    "CFBundleDocumentTypes": list,
    "CFBundleExecutable": str,
    "CFBundleIconFile": str,
    "CFBundleIdentifier": str,
    "CFBundleInfoDictionaryVersion": str,
    "CFBundleLocalizations": list,
    "CFBundleName": str,
    "CFBundlePackageType": str,
    "CFBundleShortVersionString": str,
    "CFBundleVersion": str,
    "LSApplicationCategoryType": str,
    "LSMinimumSystemVersion": str,
    "NSDesktopFolderUsageDescription": str,
    "NSDocumentsFolderUsageDescription": str,
    "NSDownloadsFolderUsageDescription": str,
    "NSHighResolutionCapable": bool,
    "NSHumanReadableCopyright": str,
    "NSNetworkVolumesUsageDescription": str,
    "NSRemovableVolumesUsageDescription": str,
    "NSSupportsAutomaticGraphicsSwitching": bool,
    "UTImportedTypeDeclarations": list,
}
"""What we have use for. Sentences for the camera, the microphone and the like are not among it: none is asked for."""
NEEDED = (
    "CFBundleExecutable",
    "CFBundleIdentifier",
    "CFBundleInfoDictionaryVersion",
    "CFBundleName",
    "CFBundlePackageType",
    "CFBundleShortVersionString",
    "CFBundleVersion",
    "LSMinimumSystemVersion",
)
_VERSIONS = ("CFBundleShortVersionString", "CFBundleVersion")
ENTITLEMENTS = frozenset(
    f"com.apple.security.cs.{name}"
    for name in (
        "allow-dyld-environment-variables",
        "allow-jit",
        "allow-unsigned-executable-memory",
        "disable-executable-page-protection",
        "disable-library-validation",
    )
)
"""All that soften the hardened runtime; a program outside the App Store has no use for others."""


def info_for(template: Path, version: str) -> dict[str, Any]:
    """What stands in Info.plist, with the program's version.

    Raises:
        SetupError: it has faults; the sentence names them.
    """
    info = _read(template)
    for key in _VERSIONS:
        info.setdefault(key, version)
    hold_info(info, version)
    return info


def hold_info(info: Mapping[str, Any], version: str) -> None:
    """
    Raises:
        SetupError: keys are unknown, missing or of another type, or they contradict each other.
    """
    faults = [f"{key} is missing" for key in NEEDED if key not in info]
    faults += [f"{key} is not known" for key in sorted(info.keys() - INFO_KEYS.keys())]
    faults += [
        f"{key} is not {kind.__name__}"
        for key, kind in INFO_KEYS.items()
        if key in info and (type(info[key]) is not kind or info[key] in ("", []))
    ]
    faults += [f"{key} is not {version}" for key in _VERSIONS if info.get(key, version) != version]
    if not re.fullmatch(r"\d+(\.\d+){0,2}", version):
        faults.append(f"{version} is not up to three numbers, as macOS wants a version")
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", str(info.get("CFBundleIdentifier"))):
        faults.append("CFBundleIdentifier is not like org.example.Name")
    if not re.fullmatch(r"\d+\.\d+", str(info.get("LSMinimumSystemVersion"))):
        faults.append("LSMinimumSystemVersion is not like 14.0")
    faults += _type_faults(info)
    if faults:
        raise SetupError(f"Info.plist has faults: {'; '.join(faults)}.", "Correct packaging/macos/Info.plist.")


def hold_minimum(info: Mapping[str, Any], newest: Version, who: str) -> None:
    """``newest`` is the macOS that the most demanding of the bundled files (``who``) asks for.

    Raises:
        SetupError: Info.plist promises an older one.
    """
    major, minor = (int(part) for part in str(info["LSMinimumSystemVersion"]).split("."))
    if newest > (major, minor):
        asked = f"{newest[0]}.{newest[1]}"
        raise SetupError(
            f"{who} needs macOS {asked}, and Info.plist promises {major}.{minor}.",
            f"Set LSMinimumSystemVersion to {asked} in packaging/macos/Info.plist.",
        )


def hold_entitlements(file: Path) -> None:
    """
    Raises:
        SetupError: one is unknown, is not ``true``, or has no comment that says why it is there.
    """
    given = _read(file)
    faults = [f"{name} is not known" for name in sorted(given.keys() - ENTITLEMENTS)]
    faults += [f"{name} is not true" for name, value in given.items() if value is not True]
    faults += [f"no comment says why {name} is there" for name in given.keys() - _justified(file)]
    if faults:
        raise SetupError(f"The entitlements have faults: {'; '.join(faults)}.", f"Correct {file}.")


def _justified(file: Path) -> set[str]:
    """The keys with a comment right above them."""
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    [dictionary] = ElementTree.parse(file, parser).getroot()
    entries: list[ElementTree.Element[Any]] = list(dictionary)
    return {
        str(entry.text)
        for before, entry in pairwise(entries)
        if entry.tag == "key" and before.tag is ElementTree.Comment
    }


def _type_faults(info: Mapping[str, Any]) -> list[str]:
    """Documents must be of types that are declared, and a declared type must say how it is recognised."""
    declared = {one.get("UTTypeIdentifier"): one for one in info.get("UTImportedTypeDeclarations", [])}
    used = {name for one in info.get("CFBundleDocumentTypes", []) for name in one.get("LSItemContentTypes", [])}
    faults = [f"the document type {name} is not declared" for name in sorted(used - declared.keys())]
    for name, one in declared.items():
        if not one.get("UTTypeConformsTo") or not one.get("UTTypeTagSpecification", {}).get(
            "public.filename-extension"
        ):
            faults.append(f"the type {name} has no file extension or conforms to nothing")
    return faults


def _read(file: Path) -> dict[str, Any]:
    try:
        read = plistlib.loads(file.read_bytes(), fmt=plistlib.FMT_XML)
    except (plistlib.InvalidFileException, ExpatError, ValueError) as error:
        raise SetupError(f"{file.name} is no property list: {error}", f"Correct {file}.") from error
    if not isinstance(read, dict):
        raise SetupError(f"{file.name} is not a list of keys.", f"Correct {file}.")
    return read
