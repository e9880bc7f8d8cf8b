"""What each verb of dev.py does once the checkout is set up."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from devtools.checks import run_checks
from devtools.console import Console
from devtools.errors import CommandFailed, SetupError
from devtools.layout import Layout
from devtools.locks import write_locks
from devtools.process import environment, run_foreground, run_logged, run_quiet
from devtools.setup import prepare
from devtools.system import Library, has_display, how_to_install

QUESTION = "In one sentence: what is the sea?"
SAMPLES_QUESTION = "How far must a new member be able to swim?"
SAMPLES_COLLECTION = "Samples"
MINIMUM_COVERAGE_PERCENT = 90
# One more than there are processors: a test of the real program waits for a third of its time.
_ALL_TESTS = ["-q", "-n", str(min((os.cpu_count() or 1) + 1, 8)), "--dist", "loadfile"]
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def setup(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Prepare everything, for use and for development, and start nothing."""
    prepare(layout, console, development="--runtime-only" not in arguments)
    console.say("Everything is set up. Start it with: python3 dev.py run")
    return 0


def run(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Open the window; without a display, do the same job in the terminal and render the window offscreen.

    ``--home DIR`` and whatever else is given goes to the program; ``--terminal`` asks for the terminal anyway.
    """
    in_window = has_display() and "--terminal" not in arguments
    given = [argument for argument in arguments if argument != "--terminal"]
    missing = prepare(layout, console, development=False)
    env = environment({"HYPERSPOT_STARTER_MODELS": str(layout.starter_models)})
    if not in_window:
        return _run_in_terminal(layout, console, given, env, missing)
    if missing:
        raise SetupError("The window needs system libraries that are missing.", how_to_install(missing))
    return run_foreground([layout.script("hyperspot-desktop"), *given], env=env)


def _run_in_terminal(
    layout: Layout, console: Console, arguments: list[str], env: dict[str, str], missing: list[Library]
) -> int:
    home, words = split_home(arguments)
    question = " ".join(words) or QUESTION
    console.say(f"There is no display here, so this asks the starter model in the terminal.\n\n> {question}\n")
    status = run_foreground([layout.script("hyperspot"), *home, "chat", question], env=env)
    if status != 0:
        return status
    status = _ask_the_samples(layout, console, home, env)
    if status != 0:
        return status
    return _draw_window(layout, console, home, env | OFFSCREEN, missing)


def _ask_the_samples(layout: Layout, console: Console, home: list[str], env: dict[str, str]) -> int:
    """Index the sample documents (a second run reads none of them again) and ask a question that they answer."""
    console.say("\nThe same with documents: this indexes the samples and asks about them.\n")
    program: list[str | Path] = [layout.script("hyperspot"), *home]
    chosen = ["--collection", SAMPLES_COLLECTION]
    status = run_foreground([*program, "index", "add", layout.samples, *chosen], env=env)
    if status != 0:
        return status
    console.say(f"\n> {SAMPLES_QUESTION}\n")
    return run_foreground([*program, "ask", SAMPLES_QUESTION, *chosen], env=env)


def _draw_window(layout: Layout, console: Console, home: list[str], env: dict[str, str], missing: list[Library]) -> int:
    """Render the chat page of the home that just answered; say where the pictures lie."""
    where = "import sys; from hyperspot_desktop.profile import resolve_home; print(resolve_home(*sys.argv[1:]))"
    chosen = home[-1].removeprefix("--home=") if home else ""
    folder = run_quiet([layout.python, "-c", where, chosen], env=env).strip()
    command: list[str | Path] = [layout.python, "-m", "hyperspot_desktop.shots", "--home", folder]
    command += ["--page", "chat", "--theme", "dark", "--out", layout.shots / "run"]
    log = layout.logs / "window.log"
    try:
        with console.step("Drawing the window offscreen") as step:
            output = run_logged(command, step=step, log=log, env=env, interpret=lambda _line: None)
    except CommandFailed as error:
        reason = error.output[-1] if error.output else str(error)
        action = how_to_install(missing) if missing else f"All that it said is in {log}."
        raise SetupError(f"The window could not be drawn: {reason}", action) from error
    for picture in output:
        if picture.endswith(".png"):
            console.say(f"The window, drawn offscreen: {picture}")
    return 0


def split_home(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part ``--home DIR`` (or ``--home=DIR``) from the words of a question."""
    home: list[str] = []
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--home":
            home = [argument, *([value] if (value := next(rest, None)) is not None else [])]
        elif argument.startswith("--home="):
            home = [argument]
        else:
            words.append(argument)
    return home, words


def test(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Run every test, or with arguments what they select."""
    prepare(layout, console, development=True)
    return _pytest(layout, arguments or _ALL_TESTS)


def coverage(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Run every test with coverage, which takes twice as long, and fail below 90 %."""
    prepare(layout, console, development=True)
    measured = ["--cov", "--cov-report=term:skip-covered", f"--cov-fail-under={MINIMUM_COVERAGE_PERCENT}"]
    return _pytest(layout, [*(arguments or _ALL_TESTS), *measured])


def _pytest(layout: Layout, arguments: Sequence[str]) -> int:
    return run_foreground([layout.python, "-m", "pytest", *arguments], env=environment(OFFSCREEN), cwd=layout.root)


def check(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Run the static checks (format, ruff, imports, qml, text, mypy), or those that are named."""
    prepare(layout, console, development=True, models=False)
    return 1 if run_checks(layout, console, list(arguments)) else 0


def faults(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Break the program on purpose (kills, power cuts, failing disks) for ``--minutes N``, and print what it lost."""
    prepare(layout, console, development=True, models=False)
    paths = os.pathsep.join([str(layout.root / "src"), str(layout.root)])
    given = list(arguments) or ["--minutes", "20"]
    env = environment({"PYTHONPATH": paths})
    return run_foreground([layout.python, "-m", "tests.faults.harness", *given], env=env, cwd=layout.root)


def bench(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Measure, and print the table of budgets."""
    prepare(layout, console, development=True)
    env = environment(OFFSCREEN | {"HYPERSPOT_STARTER_MODELS": str(layout.starter_models)})
    return run_foreground([layout.python, "-m", "bench", *arguments], env=env, cwd=layout.root)


def shots(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Draw every page offscreen into build/shots (or where ``--out DIR`` says)."""
    prepare(layout, console, development=False)
    env = environment(OFFSCREEN | {"HYPERSPOT_STARTER_MODELS": str(layout.starter_models)})
    target = [] if "--out" in arguments else ["--out", str(layout.shots)]
    return run_foreground([layout.python, "-m", "hyperspot_desktop.shots", *target, *arguments], env=env)


def build(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Make what people install (deb, rpm, tar, appdir, nsis, app) in build/package; ``--test`` tries it."""
    from devtools.building.build import COMMANDS
    from devtools.building.build import build as make

    if not (arguments and arguments[0] in COMMANDS):
        prepare(layout, console, development=False)
    return make(layout, console, arguments)


def lock(layout: Layout, console: Console, arguments: Sequence[str]) -> int:
    """Write the lock files anew from pyproject.toml and requirements/*.in; ``--upgrade`` takes new versions."""
    prepare(layout, console, development=True, models=False)
    write_locks(layout, console, arguments)
    return 0


VERBS = {
    "run": run,
    "test": test,
    "coverage": coverage,
    "check": check,
    "faults": faults,
    "bench": bench,
    "shots": shots,
    "setup": setup,
    "build": build,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    """Do what the first argument names; return the exit status."""
    name = arguments[0] if arguments else ""
    if name not in VERBS:
        print(usage(), file=sys.stdout if name in ("-h", "--help") else sys.stderr)
        return 0 if name in ("-h", "--help") else 2
    console = Console()
    # Ended from outside is like Ctrl+C: compilers and downloads must not go on alone.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    try:
        return VERBS[name](Layout.here(), console, arguments[1:])
    except SetupError as error:
        console.say(f"{error}\n{error.action}")
        return 1
    except KeyboardInterrupt:
        console.say("Stopped. The next run goes on from here.")
        return 130


def usage() -> str:
    """One line per verb, from its own docstring."""
    lines = [f"  {name:<8} {(verb.__doc__ or '').splitlines()[0]}" for name, verb in VERBS.items()]
    return "\n".join(["usage: python3 dev.py VERB [ARGUMENTS]", "", *lines])
