"""Lints QML against types generated from the Python view-models: a misspelt property fails."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from devtools.errors import CommandFailed
from devtools.layout import Layout
from devtools.process import environment, run_quiet

FOREIGN_MODULES = ("core", "gui", "qml", "quick")
QT_BASES = frozenset({"QObject", "QAbstractListModel", "QAbstractItemModel", "QAbstractTableModel", "QQuickItem"})


def lint_qml(layout: Layout, viewmodels: Path, qml: Path, types: Path) -> list[str]:
    """Generate QML types from ``viewmodels`` into ``types``, lint every file under ``qml``; return the complaints.

    ``qml`` holds QML modules as folders with a qmldir; its parent is an import path as well, so that a folder
    named like the first part of its URI is found.
    """
    generate_types(layout, viewmodels, types)
    files = sorted(qml.rglob("*.qml"))
    if not files:
        return [f"there is no QML under {qml}"]
    imports = [argument for folder in (types, qml, qml.parent) for argument in ("-I", str(folder))]
    try:
        run_quiet([_tool(layout, "qmllint"), "-W", "0", *imports, *files], env=_quiet_environment())
    except CommandFailed as error:
        return [line for line in error.output if " returned " not in line] or [str(error)]
    return []


def generate_types(layout: Layout, viewmodels: Path, types: Path) -> None:
    """Write a qmldir and a qmltypes file per QML import name that the Python files declare.

    Raises:
        CommandFailed: one of Qt's tools refused a view-model; its words are in the error.
    """
    shutil.rmtree(types, ignore_errors=True)
    types.mkdir(parents=True)
    sources = sorted(path for path in viewmodels.rglob("*.py") if declares_qobject(path))
    if not sources:
        return
    described = describe(layout, sources)
    # Base classes may stand in files that name no QML module: every module gets them.
    plain = [file for file in described if not file.get("QML_IMPORT_NAME")]
    names = {file["QML_IMPORT_NAME"] for file in described if file.get("QML_IMPORT_NAME")}
    for name in sorted(names):
        _write_module(layout, types, name, [file for file in described if file.get("QML_IMPORT_NAME") == name] + plain)


def describe(layout: Layout, sources: Sequence[Path]) -> list[dict[str, Any]]:
    """The meta objects that Python files declare: Qt's own dump, with what it leaves out put back."""
    dump = run_quiet([_tool(layout, "metaobjectdump"), *sources], env=_quiet_environment())
    described: list[dict[str, Any]] = json.loads(dump[dump.index("[") :])
    constants = {pair for source in sources for pair in constant_properties(source)}
    declared = [entry for file in described for entry in file["classes"]]
    for entry in declared:
        for prop in entry.get("properties", []):
            # WORKAROUND for pyside6-metaobjectdump: it drops Property(constant=True), and qmllint
            # then calls every binding to it stale.
            if (entry["className"], prop["name"]) in constants:
                prop["constant"] = True
    _mark_objects(declared)
    return described


def _mark_objects(declared: Sequence[dict[str, Any]]) -> None:
    """Say of every class whether it is a QObject, over all files and whatever their order."""
    # WORKAROUND for pyside6-metaobjectdump: it knows only bases of files that it has read before, and
    # takes a Python mix-in that stands first for the base class.
    known = {entry["className"] for entry in declared if entry["object"]}
    size = -1
    while size != len(known):
        size = len(known)
        known |= {entry["className"] for entry in declared if known & set(_bases(entry))}
    for entry in declared:
        if entry["className"] in known:
            entry["object"] = True
            bases = [base for base in entry["superClasses"] if base["name"] in known or base["name"].startswith("Q")]
            entry["superClasses"] = bases


def _bases(entry: dict[str, Any]) -> list[str]:
    return [base["name"] for base in entry.get("superClasses", [])]


def declares_qobject(path: Path) -> bool:
    """Whether a file has a class that Qt could know (Qt's dump fails on files without one)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.ClassDef) and _members_of_qt(node) for node in tree.body)


def constant_properties(source: Path) -> Iterator[tuple[str, str]]:
    """Pairs of class and property name for each ``@Property(..., constant=True)`` of a file."""
    for declared in ast.parse(source.read_text(encoding="utf-8")).body:
        if not isinstance(declared, ast.ClassDef):
            continue
        for member in declared.body:
            if isinstance(member, ast.FunctionDef):
                calls = [call for call in member.decorator_list if isinstance(call, ast.Call)]
                if any(_says_constant(call) for call in calls):
                    yield declared.name, member.name
            elif isinstance(member, ast.Assign) and isinstance(member.value, ast.Call) and _says_constant(member.value):
                for target in member.targets:
                    if isinstance(target, ast.Name):
                        yield declared.name, target.id


def _says_constant(call: ast.Call) -> bool:
    return any(
        word.arg == "constant" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in call.keywords
    )


def _members_of_qt(declared: ast.ClassDef) -> bool:
    decorators = {ast.unparse(decorator).split("(")[0] for decorator in declared.decorator_list}
    bases = {ast.unparse(base).split(".")[-1] for base in declared.bases}
    if decorators & {"QmlElement", "QmlNamedElement", "QmlSingleton", "QmlAnonymous"} or bases & QT_BASES:
        return True
    calls = (node.func for node in ast.walk(declared) if isinstance(node, ast.Call))
    return any(ast.unparse(function).split(".")[-1] in {"Signal", "Property"} for function in calls)


def _write_module(layout: Layout, types: Path, name: str, described: Sequence[dict[str, Any]]) -> None:
    folder = types.joinpath(*name.split("."))
    folder.mkdir(parents=True, exist_ok=True)
    dump = folder / "metatypes.json"
    dump.write_text(json.dumps(list(described)), encoding="utf-8")
    metatypes = _pyside(layout) / "Qt" / "metatypes"
    foreign = [metatypes / f"qt6{module}_metatypes.json" for module in FOREIGN_MODULES]
    major = max(int(file.get("QML_IMPORT_MAJOR_VERSION", 1)) for file in described)
    run_quiet(
        [
            _tool(layout, "qmltyperegistrar"),
            "--generate-qmltypes",
            folder / "viewmodels.qmltypes",
            "--import-name",
            name,
            "--major-version",
            str(major),
            "--foreign-types",
            ",".join(str(path) for path in foreign if path.is_file()),
            "-o",
            folder / "registration.cpp",
            dump,
        ],
        env=_quiet_environment(),
    )
    (folder / "qmldir").write_text(f"module {name}\ntypeinfo viewmodels.qmltypes\nimport QtQml\n", encoding="utf-8")


def _tool(layout: Layout, name: str) -> Path:
    return layout.script(f"pyside6-{name}")


def _pyside(layout: Layout) -> Path:
    return Path(run_quiet([layout.python, "-c", "import PySide6; print(PySide6.__path__[0])"]).strip())


def _quiet_environment() -> dict[str, str]:
    return environment({"QT_QPA_PLATFORM": "offscreen"})
