"""The headless program: listings, check, migrate, run, and what goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from hyperspot_server.main import main
from modkit.home_lock import HomeLock

CONFIG = Path(__file__).parents[2] / "config"
MARKER = "hunter2-marker"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("APP__", "HYPERSPOT_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "server.yaml"
    content = {
        "server": {"home_dir": str(home)},
        "database": {"servers": {"local": {"engine": "sqlite"}}},
        "modules": {
            "settings": {"database": {"server": "local"}},
            "api-gateway": {"config": {"bind_addr": "0.0.0.0:8087", "api_key": MARKER}},
        },
    }
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return path


def test_the_effective_configuration_is_printed_without_secrets(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-c", str(file), "--print-config"]) == 0
    headline, _, text = capsys.readouterr().out.partition("\n")
    assert headline == "Effective configuration:"
    assert yaml.safe_load(text)["modules"]["settings"] == {"database": {"params": {}, "server": "local"}}
    assert MARKER not in text


def test_the_configured_modules_are_listed_sorted(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-c", str(file), "--list-modules"]) == 0
    assert capsys.readouterr().out == "Configured modules (2):\n  - api-gateway\n  - settings\n"


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_the_modules_sections_are_dumped_with_resolved_databases(
    file: Path, home: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    assert main(["-c", str(file), f"--dump-modules-config-{form}"]) == 0
    text = capsys.readouterr().out
    dumped = json.loads(text) if form == "json" else yaml.safe_load(text)
    database = {"engine": "sqlite", "path": str(home / "settings" / "settings.sqlite")}
    assert dumped["settings"] == {"database": database}
    assert dumped["api-gateway"]["config"]["api_key"] == "***REDACTED***"


@pytest.mark.parametrize(
    ("options", "address"),
    [
        ([], "0.0.0.0:8087"),
        (["-p", "9000"], "0.0.0.0:9000"),
        (["--set", "modules.api-gateway.config.bind_addr=[::1]:1"], "[::1]:1"),
    ],
)
def test_the_port_of_the_gateway_can_be_set(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str], address: str
) -> None:
    assert main(["-c", str(file), "--dump-modules-config-json", *options]) == 0
    assert json.loads(capsys.readouterr().out)["api-gateway"]["config"]["bind_addr"] == address


def test_a_port_without_an_address_keeps_to_this_computer(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(home), "-p", "9000", "--dump-modules-config-json"]) == 0
    assert json.loads(capsys.readouterr().out)["api-gateway"]["config"]["bind_addr"] == "127.0.0.1:9000"


def test_check_prints_that_the_configuration_is_valid_and_starts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path / "new"), "check"]) == 0
    headline, _, text = capsys.readouterr().out.partition("\n")
    assert headline == "Configuration is valid"
    assert yaml.safe_load(text)["server"]["home_dir"] == str(tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("flag", "level"), [("-v", "debug"), ("-vv", "trace")])
def test_verbosity_shows_in_the_effective_configuration(
    home: Path, capsys: pytest.CaptureFixture[str], flag: str, level: str
) -> None:
    assert main(["--home", str(home), flag, "--print-config"]) == 0
    assert f"console_level: {level}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["-c", "none.yaml"], "config file does not exist: none.yaml"),
        (["--set", "server.homedir=x"], "server.homedir: unknown key (did you mean home_dir?)"),
        (["--set", "nonsense"], "key.path=value"),
        (["--set", "modules.a.database.server=gone", "check"], "no server 'gone'"),
        (["migrate"], "Cannot run migrations: no database configuration found"),
    ],
)
def test_what_goes_wrong_is_told_on_stderr_with_code_1(
    home: Path, capsys: pytest.CaptureFixture[str], options: list[str], reason: str
) -> None:
    assert main(["--home", str(home), *options]) == 1
    captured = capsys.readouterr()
    assert reason in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_home_that_another_process_holds_is_left_alone(
    file: Path, home: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    with HomeLock(home, "window"):
        assert main(["-c", str(file), command]) == 1
    assert "is in use by the HyperSpot window" in capsys.readouterr().err
    assert not (home / "settings").exists()


@pytest.mark.parametrize("options", [["dance"], ["-p", "0"], ["-p", "x"], ["--print-config", "--list-modules"]])
def test_wrong_options_end_with_the_usage(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(options)
    assert "usage: hyperspot-server" in capsys.readouterr().err


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["-V"])
    assert capsys.readouterr().out.startswith("hyperspot-server ")


def start(home: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "hyperspot_server", "--home", str(home), "-c", str(CONFIG / "quickstart.yaml")]
    # A keyring of the machine that runs the tests is none of our business.
    environment = os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*command, *options], env=environment, text=True, stdout=pipe, stderr=pipe, encoding="utf-8"
    )


@pytest.mark.slow
def test_migrate_makes_the_modules_databases_and_says_so(home: Path) -> None:
    with start(home, "migrate") as process:
        out, err = process.communicate(timeout=110)
    assert (process.returncode, out) == (0, "[OK] Database migrations completed successfully\n"), err
    assert (home / "settings" / "settings.sqlite").read_bytes()[:6] != b"SQLite"
    assert (home / "chat" / "chat.sqlite").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM between processes there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_run_goes_on_until_a_signal_and_ends_cleanly(home: Path, number: int) -> None:
    with start(home, "run") as process:
        assert process.stderr is not None
        log = iter(process.stderr.readline, "")
        started = next((line for line in log if "modules started" in line), None)
        process.send_signal(number)
        out, err = process.communicate(timeout=110)
    assert started is not None, err
    assert (process.returncode, out) == (0, ""), err
