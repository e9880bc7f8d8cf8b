"""Chat templates: what Hugging Face's renderer does, and none of what a hostile one wants."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator

import pytest

from modules.llm_manager.contract import EngineMessage, TemplateFailed
from modules.llm_manager.infra.llama_cpp.template_guard import TemplateLimit, time_limit
from modules.llm_manager.infra.llama_cpp.templates import CHATML, ChatTemplate

HELLO = [EngineMessage("system", "Be nice."), EngineMessage("user", "Hi")]


@pytest.fixture
def untraced() -> Iterator[None]:
    """No coverage: a traced Python 3.11 spins for ever while an interruption is on its way. Children are not traced."""
    tracer = sys.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    yield
    threading.settrace(tracer)
    sys.settrace(tracer)


def render(source: str, messages: list[EngineMessage] = HELLO) -> str:
    return ChatTemplate(source, bos_text="<s>", eos_text="</s>").render(messages)


def test_the_fallback_is_chatml() -> None:
    assert render(CHATML) == (
        "<|im_start|>system\nBe nice.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    )


def test_messages_are_not_escaped() -> None:
    assert render("{{ messages[0].content }}", [EngineMessage("user", "<b> & 'x'")]) == "<b> & 'x'"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ bos_token }}{{ eos_token }}", "<s></s>"),
        ("{{ messages | tojson }}", '[{"role": "system", "content": "Be nice."}, {"role": "user", "content": "Hi"}]'),
        ("{{ {'a': 'é<'} | tojson(indent=1) }}", '{\n "a": "é<"\n}'),
        ("{{ strftime_now('%Y') }}", time.strftime("%Y")),
        ("{% for m in messages %}{% if loop.first %}{% continue %}{% endif %}{{ m.role }}{% endfor %}", "user"),
        ("{% for m in messages %}\n    {% generation %}x{% endgeneration %}\n{% endfor %}", "xx"),
        ("{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}", "2"),
        ("{{ messages[1]['content'].strip() | trim ~ '!' }}", "Hi!"),
        ("{{ 'Hello'[1:3] + 'x' * 3 }}", "elxxx"),
        ("{{ ['a', 'b'] | join(', ') }}", "a, b"),
        ("{{ 'a-b'.replace('-', '+') }}{{ 'a,b'.split(',')[-1] }}", "a+bb"),
        ("{{ '%s is %d' | format('x', 3) }}{{ '{} {}'.format(1, 'y') }}", "x is 31 y"),
        ("{% if tools is none and not documents %}plain{% endif %}", "plain"),
        ("{{ messages | map(attribute='role') | list | length }}", "2"),
        ("{{ messages | selectattr('role', 'equalto', 'user') | list | length }}", "1"),
        ("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m('y') }}", "[y]"),
        ("{{ 'text' in messages[0] }}{{ messages[0].role == 'system' }}{{ 1 < 2 <= 3 }}", "FalseTrueTrue"),
        ("{% if messages[0].role not in ['user'] %}ok{% endif %}", "ok"),
    ],
)
def test_what_templates_of_real_models_use_works(source: str, text: str) -> None:
    assert render(source) == text


def test_a_template_without_system_messages_gets_them_with_the_first_question() -> None:
    refusing = (
        "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}{{ messages[0].content }}"
    )
    assert render(refusing) == "Be nice.\n\nHi"


def test_a_refusal_is_told_in_the_template_s_own_words() -> None:
    with pytest.raises(TemplateFailed, match="roles must alternate"):
        render("{{ raise_exception('roles must alternate') }}", [EngineMessage("user", "Hi")])


_NESTED = "{% set n = namespace(l=[1]) %}{% for i in range(60) %}{% set n.l = [n.l, n.l] %}{% endfor %}"
_DOUBLED = "{% set n = namespace(s='a' * 1000) %}{% for i in range(40) %}STEP{% endfor %}"


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% set x = i * j %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{% for i in range(9999) %}{{ m(n - 1) if n else '' }}{% endfor %}{% endmacro %}{{ m(9) }}",
    ],
)
def test_an_endless_loop_is_interrupted(source: str) -> None:
    started = time.monotonic()
    with pytest.raises(TemplateFailed, match="longer than"):
        render(source)
    assert time.monotonic() - started < 30


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}0123456789{% endfor %}{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{% set x = [1] * 10**9 %}",
        "{{ 10 ** 10 ** 8 }}",
        _DOUBLED.replace("STEP", "{% set n.s = n.s ~ n.s %}"),
        _DOUBLED.replace("STEP", "{% set n.s = n.s + n.s %}"),
        _DOUBLED.replace("STEP", "{% set x %}{{ n.s }}{{ n.s }}{% endset %}{% set n.s = x %}"),
        "{{ '%1000000000d' % 1 }}",
        "{{ '%*d' % (10**9, 1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ '{:{w}}'.format(1, w=10**9) }}",
        "{{ 'a'.center(10**9) }}",
        "{{ 'a' | center(10**9) }}",
        "{{ 'a'.zfill(10**9) }}",
        "{{ '\\t'.expandtabs(10**9) }}",
        "{{ ('a' * 99999).replace('a', 'b' * 99999) }}",
        "{{ ('a' * 99999) | replace('a', 'b' * 99999) }}",
        "{{ ('a\\n' * 99999) | indent(9999) }}",
        "{{ ('a' * 999999).join(['b'] * 9999) }}",
        "{{ (['a' * 999999] * 9999) | join }}",
        "{{ (1).to_bytes(10**9) }}",
        "{{ 'a'.encode() * 10**9 }}",
        _NESTED + "{{ n.l }}",
        _NESTED + "{{ n.l ~ 'x' }}",
        _NESTED + "{{ n.l | tojson }}",
        _NESTED + "{{ n.l | upper }}",
        _NESTED + "{{ '%s' % n.l }}",
        _NESTED + "{{ '{}'.format(n.l) }}",
        _NESTED + "{{ n.l == [n.l] }}",
        _NESTED + "{{ n.l in [n.l] }}",
    ],
)
def test_a_template_cannot_take_the_memory(source: str) -> None:
    with pytest.raises(TemplateFailed, match=r"stopped|broken"):
        render(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ '' | attr('__class__') }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ messages.__class__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ raise_exception.__globals__ }}",
        "{{ namespace.__init__ }}",
        "{{ (strftime_now | attr('__code__')) }}",
        "{{ messages.append(1) }}",
    ],
)
def test_a_template_cannot_reach_python(source: str) -> None:
    with pytest.raises(TemplateFailed):
        render(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% for %}",
        "{{ missing.part }}",
        "{{ 1 / 0 }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 'a' + 1 }}",
        "x" * 300_000,
    ],
)
def test_a_broken_template_is_a_typed_error(source: str) -> None:
    with pytest.raises(TemplateFailed):
        render(source)


@pytest.mark.usefixtures("untraced")
def test_what_cannot_be_interrupted_ends_the_process() -> None:
    gave_up = threading.Event()

    def a_long_step_in_c() -> None:
        with pytest.raises(TemplateLimit), time_limit(0.01, give_up=gave_up.set):
            gave_up.wait()

    a_long_step_in_c()
    assert gave_up.is_set()


def test_a_quick_body_is_left_alone() -> None:
    with time_limit(60):
        pass
    assert threading.current_thread().is_alive()
