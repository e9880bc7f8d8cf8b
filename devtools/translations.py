"""Keeps the window's translations in step with its sources: ``python -m devtools.translations``.

QML texts are found by lupdate; those of Python are found here, because they all share one context and some stand
in tables. Words already translated are kept, new ones are left unfinished, and a test says no to those.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("de", "zh_CN")
CONTEXT = "HyperSpot"
VIEW_MODELS = ROOT / "src" / "hyperspot_desktop" / "viewmodels"
TABLES = frozenset({"_GROUPS", "_CHOICES", "_STATES", "_SPEEDS", "_STATE_TEXT", "_FATES", "_EXPLAINED"}) | {
    "_TYPES",
    "_KINDS",
    "_AGES",
    "_MODES",
    "_REASONS",
    "_HERE",
    "_WHO",
}
"""Dictionaries whose values are shown; ``COMMANDS`` is a table of tuples with the title in the third place."""
SPEC_FIELDS = ("key", "type", "default", "title", "description", "unit")


def tool(name: str) -> str:
    """lupdate or lrelease as PySide brings them; asking its folder spares the wrapper script."""
    found = importlib.util.find_spec("PySide6")
    folder = Path(found.origin or "").parent if found else Path()
    return next(str(path) for path in (folder / name, folder / f"{name}.exe") if path.exists())


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def _of_call(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name == "tr":
        yield from _words(call.args[0])
    if name == "amount":
        yield from (words for text in call.args[1:] for words in _words(text))
    if name == "SettingSpec":
        given = dict(zip(SPEC_FIELDS, call.args, strict=False)) | {k.arg: k.value for k in call.keywords if k.arg}
        for field in ("title", "description", "unit"):
            if field in given:
                yield from _words(given[field])


def _of_assignment(node: ast.Assign) -> Iterator[str]:
    name = node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
    if name in TABLES and isinstance(node.value, ast.Dict):
        for value in node.value.values:
            yield from _words(value)
    if name == "COMMANDS" and isinstance(node.value, ast.Tuple):
        for row in node.value.elts:
            if isinstance(row, ast.Tuple):
                yield from _words(row.elts[2])


def _of_file(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield from _of_call(node)
        elif isinstance(node, ast.Assign):
            yield from _of_assignment(node)


def python_texts() -> list[str]:
    """What the view-models show, what settings say of themselves, and what the catalogue says of its models."""
    paths = [*VIEW_MODELS.rglob("*.py"), *(ROOT / "src" / "modules").rglob("*.py")]
    found = {text for path in paths for text in _of_file(path)}
    catalogue = json.loads((ROOT / "resources" / "models" / "catalogue.json").read_text(encoding="utf-8"))
    found |= {entry["description"] for entry in catalogue["models"]}
    return sorted(found)


def update(language: str, target: Path) -> None:
    """Bring a .ts file in step with the sources."""
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.py"
        calls = (f'QCoreApplication.translate("{CONTEXT}", {json.dumps(text)})\n' for text in python_texts())
        texts.write_text("".join(calls), encoding="utf-8")
        qml = sorted(str(path) for path in (ROOT / "resources" / "qml").rglob("*.qml"))
        options = ["-locations", "none", "-no-obsolete", "-silent"]
        languages = ["-source-language", "en", "-target-language", language]
        subprocess.run([tool("lupdate"), *options, *qml, str(texts), *languages, "-ts", str(target)], check=True)


def release(source: Path, target: Path) -> None:
    """Compile a .ts file."""
    subprocess.run([tool("lrelease"), "-silent", str(source), "-qm", str(target)], check=True)


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        source = FOLDER / f"hyperspot_{language}.ts"
        update(language, source)
        release(source, source.with_suffix(".qm"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
