"""A conversation as one page that any browser shows and prints, and that loads nothing from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt

from modules.chat.contract import ChatMessage, ConversationTree, MessageStatus
from modules.portability.domain.rendering.markdown import heading, source_line
from modules.portability.domain.trees import shown_branch

_STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
section { border-top: 1px solid #8884; padding-top: .5rem; margin-top: 1.5rem; break-inside: auto }
h2 { font-size: 1rem; margin: 0 0 .5rem; break-after: avoid }
time, .mark, footer { opacity: .7; font-size: .85rem }
pre { background: #8881; padding: .75rem; overflow-x: auto; white-space: pre-wrap; break-inside: avoid }
table { border-collapse: collapse } td, th { border: 1px solid #8886; padding: .25rem .5rem }
.sources { font-size: .85rem; padding-left: 1.2rem; list-style: none }
@media print { body { margin: 0; max-width: none; font-size: 11pt } }
"""
# Whatever a message holds: no script runs, and nothing is fetched, so opening the page tells nobody.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_pieces(tree: ConversationTree) -> Iterator[str]:
    """The page in pieces: the branch that is shown, Markdown rendered, images as their descriptions."""
    conversation = tree.conversation
    title = escape(conversation.title or "Conversation")
    branch = shown_branch(tree.messages, conversation.active_leaf_id)
    markdown = _renderer()
    yield (
        f'<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="referrer" content="no-referrer">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n<p>{_time(conversation.created_at.isoformat())}</p>\n"
    )
    if conversation.system_prompt:
        yield f"<section>\n<h2>System prompt</h2>\n{markdown.render(conversation.system_prompt)}</section>\n"
    for message in branch:
        yield _section(message, markdown)
    if others := len(tree.messages) - len(branch):
        yield f"<footer>{others} messages of other versions are not shown here; the JSON export has them.</footer>\n"
    yield "</body>\n</html>\n"


def _renderer() -> MarkdownIt:
    """Markup in messages is shown as it was typed; an image would be loaded from wherever it lies."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def _section(message: ChatMessage, markdown: MarkdownIt) -> str:
    # What people type is text; what models write is Markdown.
    said = markdown.render(message.content) if message.role != "user" else _typed(message.content)
    mark = "" if message.status is MessageStatus.COMPLETE else f'<p class="mark">({message.status.value})</p>\n'
    sources = "".join(f"<li>{escape(source_line(one))}</li>" for one in message.citations)
    listed = f'<ul class="sources">{sources}</ul>\n' if sources else ""
    who = escape(heading(message))
    return f"<section>\n<h2>{who} {_time(message.created_at.isoformat())}</h2>\n{said}{mark}{listed}</section>\n"


def _typed(content: str) -> str:
    paragraphs = escape(content).split("\n\n")
    return "".join(f"<p>{one.replace(chr(10), '<br>')}</p>\n" for one in paragraphs if one.strip())


def _time(moment: str) -> str:
    return f'<time datetime="{moment}">{moment[:16].replace("T", " ")} UTC</time>'
