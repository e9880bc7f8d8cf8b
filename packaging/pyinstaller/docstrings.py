"""Compiles modules without their docstrings: a quarter of the frozen code, which nothing reads at run time."""

from __future__ import annotations

import ast
from pathlib import Path
from types import CodeType

_HAVE_THEM = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def compiled_without(source: bytes, name: str) -> CodeType:
    """The module's code; ``name`` is what its stacks call the file. Assertions stay, unlike under ``python -OO``."""
    tree = ast.parse(source, name)
    for node in ast.walk(tree):
        if isinstance(node, _HAVE_THEM) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
            if not node.body and not isinstance(node, ast.Module):
                node.body.append(ast.Pass(lineno=node.lineno, col_offset=node.col_offset))
    return compile(tree, name, "exec", dont_inherit=True)


def strip_docstrings(codes: dict[str, CodeType], paths: dict[str, str], kept: tuple[str, ...]) -> None:
    """Replace codes by module name, but for modules and packages in ``kept``; ``paths`` says where each source is."""
    for name, code in codes.items():
        source = Path(paths.get(name, ""))
        stays = any(name == one or name.startswith(f"{one}.") for one in kept)
        if not stays and source.suffix == ".py" and source.is_file():
            codes[name] = compiled_without(source.read_bytes(), code.co_filename)
