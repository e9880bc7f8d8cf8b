"""The bill as CycloneDX 1.6 has it, the same for the same program.

Source: https://cyclonedx.org/docs/1.6/json/
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from devtools.building.bill.components import Component

_PREFIX = "hyperspot:"
_LIBRARY = re.compile(r"/[^/]+\.(so(\.[^/]*)?|dll|pyd|dylib)$")


@dataclass(frozen=True)
class Product:
    """The program that the bill is of; ``seconds`` since 1970 are the time of its build."""

    name: str
    version: str
    licence: str
    seconds: int
    commit: str


def document(product: Product, components: Sequence[Component], *, complete: bool = True) -> str:
    """The bill as JSON text. Its serial number is made of what it says; ``complete`` when it has no known gaps."""
    root = f"pkg:generic/{product.name}@{product.version}"
    listed = [_component(one, root) for one in components]
    said: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(product.seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": product.name,
                "version": product.version,
                "licenses": [{"expression": product.licence}],
                "purl": root,
                "properties": [{"name": f"{_PREFIX}source-commit", "value": product.commit}],
            },
        },
        "components": listed,
        "dependencies": [
            {"ref": root, "dependsOn": [one["bom-ref"] for one in listed]},
            *({"ref": one["bom-ref"]} for one in listed),
        ],
        **({} if complete else {"compositions": [{"aggregate": "incomplete", "assemblies": [root]}]}),
    }
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    serial = {"serialNumber": uuid.UUID(digest[:32], version=5).urn}
    return json.dumps({**said, **serial}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _component(one: Component, whole: str) -> dict[str, Any]:
    reference = f"{whole}#{one.purl or one.name}"
    concluded = " AND ".join(_grouped(str(licence)) for licence in sorted(one.taken, key=str)) or one.licence
    properties = []
    if concluded != one.licence:
        properties.append({"name": f"{_PREFIX}licence-offered", "value": one.licence})
    if one.reason:
        properties.append({"name": f"{_PREFIX}why-it-may-be-shipped", "value": " ".join(one.reason.split())})
    return {
        "type": "library",
        "bom-ref": reference,
        "name": one.name,
        "version": one.version,
        **({"licenses": [{"expression": concluded}]} if concluded else {}),
        **({"purl": one.purl} if one.purl else {}),
        **({"authors": [{"name": one.authors}]} if one.authors else {}),
        **({"externalReferences": [{"type": "vcs", "url": one.source}]} if one.source else {}),
        **({"properties": properties} if properties else {}),
        **({"evidence": {"occurrences": _occurrences(one.files)}} if _occurrences(one.files) else {}),
        **({"components": _parts(one.parts, reference)} if one.parts else {}),
    }


def _parts(parts: Iterable[Component], whole: str) -> list[dict[str, Any]]:
    """Each once, though two bills of a package may name the same."""
    by_reference = {made["bom-ref"]: made for made in (_component(part, whole) for part in parts)}
    return [by_reference[reference] for reference in sorted(by_reference)]


def _occurrences(files: Iterable[str]) -> list[dict[str, str]]:
    """Where its libraries lie; modules are all in the executable."""
    return [{"location": file} for file in files if _LIBRARY.search(file)]


def _grouped(expression: str) -> str:
    return f"({expression})" if " OR " in expression else expression
