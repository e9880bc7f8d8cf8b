"""What is shown of a configuration: everything but the secrets."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from modkit.config import load_config
from modkit.config.render import effective_modules, render_effective
from modkit.redaction import REDACTED, is_secret_name, redact, redact_text

MARKER = "hunter2-marker"
SECRET_NAMES = st.sampled_from(["password", "api_key", "apiKey", "client_secret", "TOKEN", "x-api-key", "hf-token"])


def test_secrets_of_every_section_are_hidden_and_the_rest_is_shown() -> None:
    config = load_config(
        environ={},
        overrides={
            "database.servers.a.dsn": f"postgres://ann:{MARKER}@db/x",
            "database.servers.b": {"engine": "postgres", "dbname": "d", "password": MARKER},
            "modules.m.config": {"api_key": MARKER, "url": f"https://u:{MARKER}@h/", "max_tokens": 5},
            "modules.m.database": {"server": "b"},
            "tracing.exporter.headers": {"authorization": f"Bearer {MARKER}"},
        },
        create_home=False,
    )
    shown = render_effective(config) + str(effective_modules(config))
    assert MARKER not in shown
    assert yaml.safe_load(render_effective(config))["modules"]["m"]["config"]["max_tokens"] == 5
    assert "db/x" in shown


def test_what_is_shown_loads_again() -> None:
    config = load_config(environ={}, create_home=False)
    assert load_config(environ={}, overrides=yaml.safe_load(render_effective(config)), create_home=False) == config


@given(SECRET_NAMES, st.recursive(st.just(MARKER), st.lists, max_leaves=3))
def test_a_secret_name_hides_whatever_lies_below(name: str, value: object) -> None:
    assert MARKER not in str(redact({"outer": [{name: {"deep": value}}, {name: value}]}))


@given(st.text(max_size=30))
def test_redacting_twice_is_redacting_once(text: str) -> None:
    assert redact_text(redact_text(text)) == redact_text(text)


def test_empty_values_stay_visible_under_secret_names() -> None:
    assert redact({"password": None, "token": "", "secret": False}) == {"password": None, "token": "", "secret": False}


def test_secret_strings_are_hidden_under_any_name() -> None:
    assert redact({"x": SecretStr(MARKER)}) == {"x": REDACTED}


def test_names_are_judged_by_their_last_words() -> None:
    names = ["password", "db_password", "clientSecret", "X-Api-Key", "recovery_code", "max_tokens", "key", "keyboard"]
    assert [is_secret_name(name) for name in names] == [True, True, True, True, True, False, False, False]
