"""Markdown tokens to flat blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from hyperspot_desktop.markdown.blocks import Block
from hyperspot_desktop.markdown.cited import NOTHING, Cited
from hyperspot_desktop.markdown.highlight import highlight
from hyperspot_desktop.markdown.inline import markup, plain_inline, render_inline
from hyperspot_desktop.text_cleaning import clean

CODE_PIECE_LINES = 40
TABLE_PIECE_ROWS = 30
DEEPEST = 40
"""Levels of lists and quotations; the parser leaves out what lies deeper."""
_TASK = re.compile(r"^\[([ xX])\]\s+")
_BULLETS = ("•", "–", "·")
# No further opening inside: thousands of them without an end must not each search the whole rest of the text.
# Behind another backslash it is none: a line break in a formula may look like "\\[2pt]".
_BRACKET_MATH = re.compile(r"(?<!\\)\\\[((?:(?!(?<!\\)\\\[).)+?)\\\]", re.DOTALL)
_ROUND_MATH = re.compile(r"(?<!\\)\\\(((?:(?!(?<!\\)\\\().)+?)\\\)")


@lru_cache(maxsize=2)
def _markdown(cites: bool) -> MarkdownIt:
    """CommonMark, tables and strikethrough; raw HTML stays text, and which links work is decided by safe_link.

    Where numbers are citations, ``[1]: address`` is text: a definition would turn the citation into that link.
    """
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    if cites:
        parser.disable("reference")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # unsafe ones are shown, never linked
    return parser


def parse(text: str, env: dict[str, Any], cited: Cited = NOTHING) -> list[Token]:
    """Tokens of some Markdown; ``env`` keeps link definitions between calls."""
    return _markdown(bool(cited)).parse(text, env)


def too_deep(tokens: Sequence[Token]) -> bool:
    """Whether something may have been left out, because it lies too deep."""
    return any(token.level >= DEEPEST - 1 for token in tokens)


class _Walker:
    """Goes through the flat token list once, remembering the lists and quotations that are open."""

    def __init__(self, cited: Cited) -> None:
        self.blocks: list[Block] = []
        self._cited = cited
        self._lists: list[int | None] = []  # next number, or None for bullets
        self._marker = ""
        self._quote = 0

    def walk(self, tokens: Sequence[Token]) -> list[Block]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                index = self._table(tokens, index)
            elif token.type == "heading_open":
                self._text(tokens[index + 1], "heading", int(token.tag[1:]))
                index += 2
            elif token.type == "inline":
                self._text(token, "paragraph", 0)
            else:
                self._structure(token)
            index += 1
        return self.blocks

    def _structure(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._open_item()
            case "list_item_close" if self._marker:
                self._add(Block("paragraph"))  # an empty item still shows its bullet
            case "blockquote_open":
                self._quote += 1
            case "blockquote_close":
                self._quote -= 1
            case "fence" | "code_block":
                self._code(token.content, token.info.strip().split(" ")[0] if token.info else "")
            case "math_block" | "math_block_label":
                self._math(token.content)
            case "hr":
                self._add(Block("rule"))
            case _:
                pass  # paragraph_open and the like: their inline token carries the text

    def _open_item(self) -> None:
        number = self._lists[-1]
        if number is None:
            self._marker = _BULLETS[min(len(self._lists), len(_BULLETS)) - 1]
        else:
            self._marker = f"{number}."
            self._lists[-1] = number + 1

    def _add(self, block: Block) -> None:
        self.blocks.append(
            Block(
                kind=block.kind,
                html=block.html,
                plain=block.plain,
                level=block.level,
                indent=len(self._lists),
                marker=self._marker,
                quote=self._quote,
                language=block.language,
                first=block.first,
                last=block.last,
                rows=block.rows,
                weights=block.weights,
                aligns=block.aligns,
            )
        )
        self._marker = ""

    def _text(self, token: Token, kind: Any, level: int) -> None:
        children = token.children or []
        if self._lists and self._marker and children and (task := _TASK.match(children[0].content)):
            self._marker = "☐" if task[1] == " " else "☑"
            children[0].content = children[0].content[task.end() :]
        self._add(Block(kind, html=render_inline(children, self._cited), plain=plain_inline(children), level=level))

    def _math(self, source: str) -> None:
        text = clean(source.strip())
        self._add(Block("math", html="<br/>".join(markup(line) for line in text.split("\n")), plain=text))

    def _code(self, code: str, language: str) -> None:
        text = clean(code.removesuffix("\n"))
        if language in ("math", "latex", "tex"):
            self._math(text)
            return
        lines, colours = text.split("\n"), highlight(text, language)
        for start in range(0, len(lines), CODE_PIECE_LINES):
            end = min(start + CODE_PIECE_LINES, len(lines))
            self._add(
                Block(
                    "code",
                    html="\n".join(line or " " for line in colours[start:end]),
                    plain="\n".join(lines[start:end]),
                    language=markup(language),
                    first=start == 0,
                    last=end == len(lines),
                )
            )

    def _table(self, tokens: Sequence[Token], index: int) -> int:
        rows: list[list[str]] = []
        plain: list[list[str]] = []
        aligns: list[str] = []
        while tokens[index].type != "table_close":
            token = tokens[index]
            if token.type == "tr_open":
                rows.append([])
                plain.append([])
            elif token.type == "th_open":
                aligns.append(str(token.attrs.get("style", "")).removeprefix("text-align:") or "left")
            elif token.type == "inline":
                rows[-1].append(render_inline(token.children or [], self._cited))
                plain[-1].append(plain_inline(token.children or []))
            index += 1
        self._add_table(rows, plain, aligns)
        return index

    def _add_table(self, rows: list[list[str]], plain: list[list[str]], aligns: list[str]) -> None:
        columns = range(len(aligns))
        longest = [max((len(row[column]) for row in plain if column < len(row)), default=1) for column in columns]
        weights = tuple(min(max(length, 8), 48) for length in longest)
        for start in range(0, len(rows), TABLE_PIECE_ROWS):
            end = min(start + TABLE_PIECE_ROWS, len(rows))
            self._add(
                Block(
                    "table",
                    plain="\n".join("\t".join(row) for row in plain[start:end]),
                    rows=tuple(tuple(row) for row in rows[start:end]),
                    weights=weights,
                    aligns=tuple(aligns),
                    first=start == 0,
                    last=end == len(rows),
                )
            )


def with_dollar_math(text: str) -> str:
    """Models also write ``\\[ … \\]`` and ``\\( … \\)``; outside code fences that becomes dollar math."""
    if "\\[" not in text and "\\(" not in text:
        return text
    parts = re.split(r"(^```.*?(?:^```|\Z)|`[^`\n]*`)", text, flags=re.DOTALL | re.MULTILINE)
    for index in range(0, len(parts), 2):
        part = _BRACKET_MATH.sub(lambda found: f"\n$$\n{found[1].strip()}\n$$\n", parts[index])
        parts[index] = _ROUND_MATH.sub(lambda found: f"${found[1].strip()}$", part)
    return "".join(parts)


def blocks_of(tokens: Sequence[Token], cited: Cited = NOTHING) -> list[Block]:
    return _Walker(cited).walk(tokens)
