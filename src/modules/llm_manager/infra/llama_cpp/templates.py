"""Chat templates: the model's own Jinja program turns messages into the text it was trained on.

Follows what Hugging Face's ``apply_chat_template`` gives templates: trimmed blocks, loop controls, ``raise_exception``,
``strftime_now``, ``tojson`` without HTML escapes and the ``generation`` block.
"""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from modules.llm_manager.contract import EngineMessage, TemplateFailed
from modules.llm_manager.infra.llama_cpp.template_guard import Sizes, TemplateLimit, time_limit

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""For chat models whose file brings no template."""
CHATML_END = "<|im_end|>"
RENDER_LIMIT_S = 2.0
_MAX_TEMPLATE = 256 * 1024


class _Refused(Exception):
    """The template itself said that it does not take these messages."""


class _CheckedCode(CodeGenerator):
    """``a ~ b`` and comparisons are what the sandbox cannot intercept; here they become checked calls."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's visitor naming
        self.write("environment.checked_concat((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        self.write("(")
        self._visit_bounded(node.expr, frame)
        for operand in node.ops:
            self.write(f" {_OPERATORS[operand.op]} ")
            self._visit_bounded(operand.expr, frame)
        self.write(")")

    def _visit_bounded(self, node: nodes.Expr, frame: Frame) -> None:
        if isinstance(node, nodes.Const):
            self.visit(node, frame)
            return
        self.write("environment.bounded(")
        self.visit(node, frame)
        self.write(")")


_OPERATORS = {
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "gteq": ">=",
    "lt": "<",
    "lteq": "<=",
    "in": "in",
    "notin": "not in",
}


class _GenerationBlock(Extension):
    """``{% generation %}`` marks what a model is trained on; for inference its body counts as it is."""

    tags = {"generation"}  # noqa: RUF012 - the base class declares a plain set

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, stricter: a forbidden attribute is an error at once, and every growth is checked first."""

    code_generator_class = _CheckedCode
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[loopcontrols, _GenerationBlock],
            finalize=self._printable,
            cache_size=0,
        )
        self.concat = self._checked_join  # type: ignore[method-assign]  # Jinja means it to be replaced
        checked = {name: _checked_filter(sizes, function) for name, function in self.filters.items()}
        self.filters = checked | _special_filters(sizes, checked)
        self.globals.pop("lipsum", None)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        self.sizes.binop(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, function: Any, *args: Any, **kwargs: Any) -> Any:
        self.sizes.plain(*args, *kwargs.values())
        owner = getattr(function, "__self__", None)
        if isinstance(owner, str):
            args = _checked_method(self.sizes, owner, function.__name__, args, kwargs)
        elif isinstance(owner, list | tuple):
            self.sizes.plain(owner)
        elif isinstance(owner, int | float | bytes):
            raise TemplateLimit("it calls a method that chat templates have no use for")
        return super().call(context, function, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None

        def checked_format(*args: Any, **kwargs: Any) -> str:
            return wrapped(*_checked_method(self.sizes, value.__self__, "format", args, kwargs), **kwargs)

        return checked_format

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        raise SecurityError(f"it reaches for {attribute!r} of a {type(obj).__name__}")

    def checked_concat(self, parts: Sequence[Any]) -> str:
        texts = [self._as_text(part) for part in parts]
        self.sizes.text(sum(map(len, texts)))
        return "".join(texts)

    def bounded(self, value: Any) -> Any:
        """The value, after a look at its size if it has parts."""
        if isinstance(value, list | tuple | Mapping):
            self.sizes.plain(value)
        return value

    def _checked_join(self, parts: Any) -> str:
        texts: list[str] = []
        size = 0
        for part in parts:
            size += len(part)
            self.sizes.text(size)
            texts.append(part)
        return "".join(texts)

    def _printable(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.sizes.plain(value)
        return value

    def _as_text(self, value: Any) -> str:
        return value if isinstance(value, str) else str(self._printable(value))


class ChatTemplate:
    """One model's template. Rendering is for the engine child only: it runs a program from the file.

    Raises:
        TemplateFailed: the template is too long or is not Jinja.
    """

    def __init__(self, source: str, *, bos_text: str, eos_text: str) -> None:
        self._source = source
        self._tokens = {"bos_token": bos_text, "eos_token": eos_text}

    def render(self, messages: Sequence[EngineMessage], *, open_answer: bool = True) -> str:
        """The text of the whole conversation, with the opening of the answer unless told otherwise.

        A template that refuses system messages gets their text in front of the first user message instead.

        Raises:
            TemplateFailed: it broke, refused the messages, tried something forbidden, or took too long.
        """
        plain = [{"role": message.role, "content": message.text} for message in messages]
        try:
            return self._render(plain, open_answer=open_answer)
        except _Refused as refusal:
            without_system = _merge_system(plain)
            if without_system is None:
                raise TemplateFailed(f"The model's chat template refuses this conversation: {refusal}.") from refusal
        try:
            return self._render(without_system, open_answer=open_answer)
        except _Refused as refusal:
            raise TemplateFailed(f"The model's chat template refuses this conversation: {refusal}.") from refusal

    def _render(self, messages: list[dict[str, str]], *, open_answer: bool) -> str:
        sizes = Sizes(sum(len(message["content"]) for message in messages))
        environment = _TemplateEnvironment(sizes)
        try:
            if len(self._source) > _MAX_TEMPLATE:
                raise TemplateLimit(f"it is {len(self._source):,} characters long")
            with time_limit(RENDER_LIMIT_S):
                template = environment.from_string(self._source)
                return template.render(
                    messages=messages,
                    add_generation_prompt=open_answer,
                    tools=None,
                    documents=None,
                    raise_exception=_refuse,
                    strftime_now=_strftime_now(sizes),
                    **self._tokens,
                )
        except _Refused:
            raise
        except SecurityError as error:
            raise TemplateFailed(f"The model's chat template tried something forbidden: {error}.") from error
        except TemplateLimit as error:
            raise TemplateFailed(f"The model's chat template was stopped: {error}.") from error
        except MemoryError as error:
            raise TemplateFailed("The model's chat template was stopped: it uses too much memory.") from error
        except RecursionError as error:
            raise TemplateFailed("The model's chat template was stopped: it calls itself without end.") from error
        except Exception as error:  # a foreign program may raise anything
            reason = error.message if isinstance(error, jinja2.TemplateError) and error.message else repr(error)
            raise TemplateFailed(f"The model's chat template is broken: {reason[:200]}") from error


def _merge_system(messages: list[dict[str, str]]) -> list[dict[str, str]] | None:
    system = [message["content"] for message in messages if message["role"] == "system"]
    others = [message for message in messages if message["role"] != "system"]
    if not system or not others or others[0]["role"] != "user":
        return None
    first = {"role": "user", "content": "\n\n".join([*system, others[0]["content"]])}
    return [first, *others[1:]]


def _refuse(message: object = "") -> str:
    raise _Refused(str(message)[:200])


def _strftime_now(sizes: Sizes) -> Callable[[str], str]:
    def strftime_now(pattern: str) -> str:
        if len(pattern) > 200:
            raise TemplateLimit("it formats the time with a huge pattern")
        return time.strftime(pattern)

    return strftime_now


def _tojson(sizes: Sizes) -> Callable[..., str]:
    def tojson(
        value: Any,
        ensure_ascii: bool = False,
        indent: int | None = None,
        separators: tuple[str, str] | None = None,
        sort_keys: bool = False,
    ) -> str:
        sizes.plain(value)
        sizes.arguments((indent,), {})
        return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    return tojson


def _checked_method(
    sizes: Sizes, owner: str, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[Any, ...]:
    sizes.arguments(args, kwargs)
    if name == "replace" and len(args) >= 2 and isinstance(args[0], str) and isinstance(args[1], str):
        sizes.replaced(owner, args[0], args[1])
    elif name == "join" and args:
        return (sizes.joined(owner, args[0]), *args[1:])
    elif name in {"translate", "format_map", "expandtabs", "encode"} or (name == "format" and _has_wide_field(owner)):
        raise TemplateLimit(f"it uses {name!r} in a way that can make texts without end")
    elif name == "format":
        longest = max((len(value) for value in (*args, *kwargs.values()) if isinstance(value, str)), default=64)
        sizes.text(len(owner) + owner.count("{") * longest)
    return args


def _has_wide_field(pattern: str) -> bool:
    digits = "".join(character if character.isdigit() else " " for character in pattern)
    return "{" in pattern.partition(":")[2] or any(len(number) > 4 for number in digits.split())


def _checked_filter(sizes: Sizes, function: Callable[..., Any]) -> Callable[..., Any]:
    """Any filter, with a look at what goes in; what comes out is at most a few times that."""

    @functools.wraps(function)
    def checked(*args: Any, **kwargs: Any) -> Any:
        values = [value for value in (*args, *kwargs.values()) if isinstance(value, str | list | tuple | dict)]
        sizes.plain(*values)
        sizes.arguments(args, kwargs)
        return function(*args, **kwargs)

    return checked


def _special_filters(sizes: Sizes, filters: Mapping[str, Any]) -> dict[str, Any]:
    """The filters that can make large things out of small ones; a few are of no use to a chat template."""

    def replace(value: Any, old: str, new: str, count: int | None = None) -> str:
        sizes.plain(value)
        text = str(value)
        sizes.replaced(text, str(old), str(new))
        return text.replace(str(old), str(new), -1 if count is None else count)

    def format_(value: str, *args: Any, **kwargs: Any) -> str:
        sizes.binop("%", value, args or tuple(kwargs.values()))
        return value % (kwargs or args)

    def join(value: Any, separator: str = "", attribute: str | None = None) -> str:
        if attribute is not None:
            raise TemplateLimit("it joins by attribute, which chat templates have no use for")
        return str(separator).join(map(str, sizes.joined(str(separator), value)))

    def indent(value: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
        sizes.arguments((width,), {})
        pad = width if isinstance(width, str) else " " * width
        sizes.text(len(value) + len(pad) * (value.count("\n") + 1))
        return str(filters["indent"](value, width, first, blank))

    refused = ("pprint", "xmlattr", "wordwrap", "urlize", "batch", "slice", "filesizeformat", "sum", "groupby")
    return {
        **dict.fromkeys(refused, _no_filter),
        "replace": replace,
        "format": format_,
        "join": join,
        "indent": indent,
        "tojson": _tojson(sizes),
    }


def _no_filter(*args: Any, **kwargs: Any) -> str:
    raise TemplateLimit("it uses a filter that chat templates have no use for")
