"""Logging as configured: levels, sections, files, limits, and nothing secret."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from loguru import logger
from pydantic import TypeAdapter

from modkit.config import load_config
from modkit.telemetry import setup_logging, with_verbosity
from modkit.telemetry.levels import level_name

MARKER = "hunter2-marker"


class Logs:
    """One process's logs: what went to the console, and what is in its files."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.console = io.StringIO()

    def lines(self, file: str = "logs/hyperspot.log") -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.home / file).read_text(encoding="utf-8").splitlines()]

    def messages(self, file: str = "logs/hyperspot.log") -> list[str]:
        return [line["fields"]["message"] for line in self.lines(file)]


class Setup:
    """Switches logging on with overrides of the section ``logging``."""

    def __init__(self, logs: Logs) -> None:
        self.logs = logs
        self.open: list[Any] = []

    def __call__(
        self, sections: dict[str, Any] | None = None, *, rust_log: str = "", verbosity: int = 0, files: bool = True
    ) -> Logs:
        changes = {f"logging.{name}": value for name, value in (sections or {}).items()}
        overrides = {"server.home_dir": str(self.logs.home), **changes}
        config = with_verbosity(load_config(environ={}, overrides=overrides), verbosity)
        self.open.append(setup_logging(config, files=files, stream=self.logs.console, environ={"RUST_LOG": rust_log}))
        return self.logs


@pytest.fixture
def setup(home: Path) -> Iterator[Setup]:
    made = Setup(Logs(home))
    yield made
    for telemetry in made.open:
        telemetry.close()


def log_as(target: str, level: str, message: str) -> None:
    logger.bind(_target=target).log(level, message)


def test_by_default_info_goes_to_the_console_and_debug_to_the_file(setup: Setup) -> None:
    logs = setup()
    logger.trace("trace line")
    logger.debug("debug line")
    logger.info("info line")
    assert "debug line" not in logs.console.getvalue()
    assert "info line" in logs.console.getvalue()
    assert logs.messages() == ["debug line", "info line"]


def test_a_line_of_the_file_is_json_with_the_reference_names(setup: Setup) -> None:
    logs = setup()
    logger.bind(collection="ü", count=2).warning("braces {} and <red>tags</red>")
    (line,) = logs.lines()
    assert line["timestamp"].endswith("Z")
    assert (line["level"], line["target"]) == ("WARN", __name__)
    assert line["fields"] == {"message": "braces {} and <red>tags</red>", "collection": "ü", "count": 2}


def test_a_console_line_has_utc_time_level_target_and_fields(setup: Setup) -> None:
    logs = setup()
    logger.bind(count=2).warning("careful")
    assert logs.console.getvalue().rstrip().endswith(f"Z  WARN {__name__}: careful count=2")


def test_the_console_can_speak_json(setup: Setup) -> None:
    logs = setup({"default.console_format": "json"})
    logger.info("hello")
    assert json.loads(logs.console.getvalue())["fields"]["message"] == "hello"


def test_a_backtrace_is_logged_without_the_values_of_variables(setup: Setup) -> None:
    logs = setup()
    prompt = MARKER
    try:
        raise ValueError(len(prompt))
    except ValueError:
        logger.exception("failed")
    told = logs.console.getvalue()
    assert "ValueError: 14" in told
    assert "Traceback" in told
    assert MARKER not in told + json.dumps(logs.lines())


def test_a_file_says_what_kind_of_error_and_where_and_not_what_it_said(setup: Setup) -> None:
    logs = setup()
    try:
        raise ValueError(f"no number: {MARKER}")
    except ValueError:
        logger.exception("failed")
    [line] = logs.lines()
    assert "ValueError" in line["fields"]["exception"]
    assert test_a_file_says_what_kind_of_error_and_where_and_not_what_it_said.__name__ in line["fields"]["exception"]
    assert MARKER not in json.dumps(line)


def test_what_a_validator_or_a_statement_was_given_is_not_in_the_backtrace(setup: Setup) -> None:
    logs = setup()
    errors = (
        _raised(lambda: TypeAdapter(int).validate_python(f"{MARKER} is no number")),
        ValueError(f"(OperationalError) no such table\n[SQL: INSERT]\n[parameters: ('{MARKER}',)]\n(Background)"),
    )
    logger.opt(exception=ExceptionGroup("both", errors)).error("failed")
    told = logs.console.getvalue() + json.dumps(logs.lines())
    assert "input_type=str" in told
    assert "no such table" in told
    assert MARKER not in told


def _raised(action: Callable[[], object]) -> Exception:
    with pytest.raises(ValueError, match="int_parsing") as caught:
        action()
    return caught.value


def test_a_library_is_as_loud_as_its_section_says(setup: Setup) -> None:
    logs = setup({"some": {"console_level": "debug"}})
    logging.getLogger("some.library").debug("asked for")
    logging.getLogger("other.library").debug("not asked for")
    assert "some.library: asked for" in logs.console.getvalue()
    assert "not asked for" not in logs.console.getvalue()


def test_secrets_reach_neither_console_nor_file(setup: Setup) -> None:
    logs = setup()
    logger.bind(api_key=MARKER, nested={"password": MARKER}).info("fields")
    logger.info("opening postgres://ann:{}@db/x", MARKER)
    logger.info("Authorization: Bearer {}", MARKER)
    logging.getLogger("lib").warning("client_secret=%s", MARKER)
    try:
        raise ValueError(f"password={MARKER}")
    except ValueError:
        logger.exception("raised")
    assert MARKER not in logs.console.getvalue() + json.dumps(logs.lines())
    assert len(logs.lines()) == 5


def test_a_record_goes_to_the_file_of_the_most_specific_section(setup: Setup) -> None:
    modules = {"file": "logs/modules.log", "file_level": "info"}
    logs = setup({"default.file_level": "info", "modules": modules})
    log_as("modkit.host", "INFO", "to default")
    log_as("modules.chat.domain", "INFO", "to modules")
    log_as("modules_other", "INFO", "no prefix without a dot")
    assert logs.messages() == ["to default", "no prefix without a dot"]
    assert logs.messages("logs/modules.log") == ["to modules"]


def test_a_section_without_a_file_keeps_to_the_default_file(setup: Setup) -> None:
    logs = setup({"modules": {"console_level": "error"}})
    log_as("modules.chat", "INFO", "quiet on the console")
    assert logs.console.getvalue() == ""
    assert logs.messages() == ["quiet on the console"]


def test_a_section_can_be_louder_than_the_default(setup: Setup) -> None:
    logs = setup({"default.console_level": "error", "modules": {"console_level": "debug"}})
    log_as("modules.chat", "DEBUG", "loud")
    log_as("modkit.host", "WARNING", "unheard")
    assert "loud" in logs.console.getvalue()
    assert "unheard" not in logs.console.getvalue()


def test_off_means_off(setup: Setup) -> None:
    logs = setup({"default.console_level": "off", "default.file": ""})
    logger.critical("nobody listens")
    assert logs.console.getvalue() == ""
    assert not (logs.home / "logs").exists()


def test_without_files_only_the_console_speaks(setup: Setup) -> None:
    logs = setup(files=False)
    logger.info("hello")
    assert "hello" in logs.console.getvalue()
    assert not (logs.home / "logs").exists()


@pytest.mark.parametrize(
    ("verbosity", "heard"), [(0, ["i"]), (1, ["d", "i"]), (2, ["t", "d", "i"]), (3, ["t", "d", "i"])]
)
def test_verbosity_opens_the_console(setup: Setup, verbosity: int, heard: list[str]) -> None:
    logs = setup(verbosity=verbosity)
    logger.trace("t")
    logger.debug("d")
    logger.info("i")
    assert [line[-1] for line in logs.console.getvalue().splitlines()] == list(heard)


@pytest.mark.parametrize(
    ("rust_log", "heard"),
    [
        ("", ["a.b", "a.c", "z"]),
        ("info", ["a.b", "a.c", "z"]),
        ("error", []),
        ("a=info", ["a.b", "a.c"]),
        ("a::b=info", ["a.b"]),
        ("a=off,a.c=info", ["a.c"]),
        ("warn,a.b=debug", ["a.b"]),
        ("a", ["a.b", "a.c"]),
        ("a=nonsense,info", ["a.b", "a.c", "z"]),
    ],
)
def test_rust_log_limits_console_and_file(setup: Setup, rust_log: str, heard: list[str]) -> None:
    logs = setup(rust_log=rust_log)
    log_as("a.b", "INFO", "a.b")
    log_as("a.c", "INFO", "a.c")
    log_as("z", "INFO", "z")
    ours = [message for message in logs.messages() if not message.startswith("RUST_LOG")]
    assert ours == heard
    assert [line.rsplit(" ", 1)[1] for line in logs.console.getvalue().splitlines() if "INFO" in line] == heard


def test_a_directive_that_cannot_be_read_is_told(setup: Setup) -> None:
    logs = setup(rust_log="a=nonsense,info")
    assert "cannot read a=nonsense" in logs.console.getvalue()


def test_the_standard_librarys_logging_arrives_with_its_name_and_level(setup: Setup) -> None:
    logs = setup()
    logging.getLogger("some.library").warning("value %d", 5)
    (line,) = logs.lines()
    assert (line["target"], line["level"], line["fields"]["message"]) == ("some.library", "WARN", "value 5")


@pytest.mark.parametrize(
    "name", ["aiosqlite", "sqlalchemy.engine.Engine", "markdown_it.rules_block", "httpcore.http2", "hpack.hpack"]
)
def test_libraries_whose_debug_lines_carry_data_are_never_heard_below_warn(
    setup: Setup, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    root = name.partition(".")[0]
    logs = setup({root: {"console_level": "trace", "file": "logs/lib.log", "file_level": "trace"}})
    library = logging.getLogger(name)
    monkeypatch.setattr(library, "level", logging.DEBUG)
    library.debug(MARKER)
    library.info(MARKER)
    assert MARKER not in logs.console.getvalue()
    assert (logs.messages(), logs.messages("logs/lib.log")) == ([], [])


def test_a_python_warning_is_logged(setup: Setup) -> None:
    logs = setup()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        # The capture was installed before catch_warnings; asking for it again routes through logging here too.
        warnings.showwarning("old ways", DeprecationWarning, __file__, 1)
    assert "DeprecationWarning: old ways" in logs.messages()[0]


def test_an_uncaught_exception_of_a_thread_is_logged_with_its_backtrace(setup: Setup) -> None:
    logs = setup()
    thread = threading.Thread(target=lambda: 1 // 0, name="worker")
    thread.start()
    thread.join()
    (line,) = logs.lines()
    assert line["fields"]["message"] == "Uncaught exception in thread worker"
    assert "ZeroDivisionError" in line["fields"]["exception"]


def test_an_uncaught_exception_of_the_process_is_logged_but_not_ctrl_c(
    setup: Setup, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = setup()
    sys.excepthook(ValueError, ValueError("lost"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert logs.messages() == ["Uncaught exception"]


def test_a_file_rotates_and_keeps_as_many_as_configured(setup: Setup) -> None:
    logs = setup({"default.max_size_mb": 1, "default.max_backups": 2, "default.console_level": "off"})
    for number in range(8):
        logger.info(str(number) * 600_000)
    files = sorted((logs.home / "logs").iterdir())
    assert len(files) == 3
    assert all(file.stat().st_size < 1_000_000 for file in files)
    assert logs.messages() == ["7" * 600_000]


def test_log_files_that_cannot_be_made_are_told_and_logging_goes_on(setup: Setup, home: Path) -> None:
    (home / "logs").write_text("in the way", encoding="utf-8")
    logs = setup()
    logger.info("still here")
    assert "Log files cannot be written" in logs.console.getvalue()
    assert "still here" in logs.console.getvalue()


def test_closing_puts_everything_back(setup: Setup) -> None:
    before = (sys.excepthook, threading.excepthook, logging.getLogger().handlers[:], logging.getLogger().level)
    logs = setup()
    setup.open.pop().close()
    logger.info("after")
    assert (sys.excepthook, threading.excepthook, logging.getLogger().handlers, logging.getLogger().level) == before
    assert "after" not in logs.console.getvalue()


@pytest.mark.parametrize(("number", "name"), [(1, "trace"), (10, "debug"), (25, "info"), (30, "warn"), (50, "error")])
def test_level_numbers_have_the_references_names(number: int, name: str) -> None:
    assert level_name(number) == name
