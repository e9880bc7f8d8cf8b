"""The key's protection and the lock, as view-models over a real key store with a keyring in memory."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hyperspot_desktop.bridge import Bridge
from hyperspot_desktop.demo import profile
from hyperspot_desktop.viewmodels.all import ViewModels
from hyperspot_desktop.viewmodels.keys import KeysViewModel
from hyperspot_desktop.viewmodels.lock import LockViewModel
from modkit.keys import KeyStore, wraps
from modkit.keys.errors import PassphraseWanted, WrongPassphrase
from tests.hyperspot_desktop.conftest import MakeBridge, WaitFor
from tests.support.keyrings import MemoryKeyring

PASSPHRASE = "correct horse bätterie"


@pytest.fixture(autouse=True)
def quick_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allowed, and a passphrase that is stretched in no time."""
    monkeypatch.delenv("HYPERSPOT_KEYRING", raising=False)
    monkeypatch.setattr(wraps, "SCRYPT_LOG_N", 10)


@pytest.fixture
def keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def store(home: Path, keyring: MemoryKeyring) -> KeyStore:
    """The key of a profile that has been started before."""
    made = KeyStore(home, keyring)
    asyncio.run(made.create())
    made.fresh_recovery_code = None
    return made


@pytest.fixture
def bridge(make_bridge: MakeBridge, store: KeyStore) -> Bridge:
    return make_bridge(profile.clients(keys=store))


@pytest.fixture
def keys(bridge: Bridge, wait_for: WaitFor) -> KeysViewModel:
    made = KeysViewModel(bridge)
    made.start()
    wait_for(lambda: made.property("known"))
    return made


def opens(home: Path, keyring: MemoryKeyring, secret: str) -> bool:
    try:
        asyncio.run(KeyStore(home, keyring).verify(secret))
    except WrongPassphrase:
        return False
    return True


def test_a_passphrase_is_set_changed_and_removed(
    keys: KeysViewModel, store: KeyStore, home: Path, keyring: MemoryKeyring, wait_for: WaitFor
) -> None:
    said: list[str] = []
    keys.noticed.connect(said.append)
    keys.setPassphrase("", PASSPHRASE)
    wait_for(lambda: keys.property("hasPassphrase"))
    assert opens(home, keyring, PASSPHRASE)
    keys.setPassphrase(PASSPHRASE, "another horse")
    wait_for(lambda: len(said) == 2)
    assert (opens(home, keyring, PASSPHRASE), opens(home, keyring, "another horse")) == (False, True)
    keys.removePassphrase("another horse")
    wait_for(lambda: not keys.property("hasPassphrase"))
    assert said == [
        "The passphrase works from now on.",
        "The passphrase was changed.",
        "The passphrase no longer opens anything.",
    ]


@pytest.mark.parametrize("verb", ["change", "remove"])
def test_who_does_not_know_the_passphrase_does_not_change_it(
    verb: str, keys: KeysViewModel, home: Path, keyring: MemoryKeyring, wait_for: WaitFor
) -> None:
    keys.setPassphrase("", PASSPHRASE)
    wait_for(lambda: keys.property("hasPassphrase"))
    wait_for(lambda: not keys.property("busy"))
    attempts = {
        "change": lambda: keys.setPassphrase("a guess", "another horse"),
        "remove": lambda: keys.removePassphrase("a guess"),
    }
    attempts[verb]()
    wait_for(lambda: keys.property("errorCode") == "wrong_passphrase")
    assert opens(home, keyring, PASSPHRASE)
    assert not keys.property("busy")


def test_the_fields_of_a_passphrase_say_what_is_missing(keys: KeysViewModel) -> None:
    assert "At least 8 characters" in keys.passphraseProblem("short", "")
    assert keys.passphraseProblem(PASSPHRASE, "something else") == "The two are not the same."
    assert keys.passphraseProblem(PASSPHRASE, PASSPHRASE) == ""
    assert keys.passphraseProblem("", "") == ""


def test_a_short_passphrase_is_refused_by_the_store_itself(keys: KeysViewModel, wait_for: WaitFor) -> None:
    keys.setPassphrase("", "short")
    wait_for(lambda: keys.property("errorCode") == "weak_passphrase")
    assert not keys.property("hasPassphrase")


def test_starts_ask_when_the_user_wants_it(
    keys: KeysViewModel, home: Path, keyring: MemoryKeyring, wait_for: WaitFor
) -> None:
    keys.setPassphrase("", PASSPHRASE)
    wait_for(lambda: keys.property("hasPassphrase") and not keys.property("busy"))
    assert "keyring" in keys.property("stateText")
    keys.askAtStart(True)
    wait_for(lambda: keys.property("asks") and not keys.property("busy"))
    assert "Every start asks for it." in keys.property("stateText")
    with pytest.raises(PassphraseWanted):
        asyncio.run(KeyStore(home, keyring).open())
    keys.askAtStart(False)
    wait_for(lambda: not keys.property("asks"))
    asyncio.run(KeyStore(home, keyring).open())


def test_a_switch_that_cannot_be_moved_says_why(keys: KeysViewModel, wait_for: WaitFor) -> None:
    keys.askAtStart(True)
    wait_for(lambda: keys.property("errorCode") == "no_such_wrap")
    assert not keys.property("asks")


def test_the_state_names_the_key_file(make_bridge: MakeBridge, home: Path, wait_for: WaitFor) -> None:
    ring = MemoryKeyring()
    ring.locked = True
    store = KeyStore(home, ring)
    asyncio.run(store.create())
    keys = KeysViewModel(make_bridge(profile.clients(keys=store)))
    keys.start()
    wait_for(lambda: keys.property("known"))
    assert str(home / "keys" / "data.key") in keys.property("stateText")


# The recovery code.


def test_the_code_of_the_first_start_is_shown_until_it_is_kept(
    make_bridge: MakeBridge, home: Path, keyring: MemoryKeyring, wait_for: WaitFor
) -> None:
    store = KeyStore(home, keyring)
    asyncio.run(store.create())
    shown = ViewModels.over(make_bridge(profile.clients(keys=store)))
    shown.start()
    wait_for(lambda: shown.app.property("recoveryCode") == store.fresh_recovery_code)
    assert shown.keys.property("codeReminder")
    shown.keys.confirmCode()
    shown.app.forgetRecoveryCode()
    wait_for(lambda: shown.keys.property("codeKept"))
    assert (shown.app.property("recoveryCode"), shown.keys.property("codeReminder")) == ("", False)


def test_a_code_that_is_put_off_is_reminded_of_at_the_next_start(
    keys: KeysViewModel, bridge: Bridge, wait_for: WaitFor
) -> None:
    assert keys.property("codeReminder")
    keys.putOffCode()
    assert not keys.property("codeReminder")
    assert not keys.property("codeKept")
    next_start = KeysViewModel(bridge)
    next_start.start()
    wait_for(lambda: next_start.property("codeReminder"))


def test_a_new_code_is_shown_and_the_end_of_the_old_one_said(bridge: Bridge, home: Path, wait_for: WaitFor) -> None:
    shown = ViewModels.over(bridge)
    toasts: list[str] = []
    shown.app.toastShown.connect(lambda sentence, _: toasts.append(sentence))
    shown.keys.newCode()
    wait_for(lambda: shown.app.property("recoveryCode") != "")
    assert toasts == ["The old recovery code no longer works."]
    asyncio.run(KeyStore(home).verify(str(shown.app.property("recoveryCode"))))


def test_a_code_that_cannot_be_renewed_is_said(
    make_bridge: MakeBridge, home: Path, store: KeyStore, keyring: MemoryKeyring, wait_for: WaitFor
) -> None:
    shown = ViewModels.over(make_bridge(profile.clients(keys=KeyStore(home, keyring))))
    toasts: list[str] = []
    shown.app.toastShown.connect(lambda sentence, _: toasts.append(sentence))
    shown.keys.newCode()
    wait_for(lambda: toasts)
    assert "not unlocked" in toasts[0]
    assert shown.app.property("recoveryCode") == ""


# The lock.


def test_without_a_passphrase_nothing_is_locked_and_one_is_asked_for(bridge: Bridge) -> None:
    lock = LockViewModel(bridge)
    wanted: list[bool] = []
    lock.passphraseWanted.connect(lambda: wanted.append(True))
    lock.limit(5)
    lock.lock()
    assert (lock.property("locked"), wanted, lock.limit_s) == (False, [True], 0.0)


def test_only_the_passphrase_or_the_recovery_code_unlocks(bridge: Bridge, store: KeyStore, wait_for: WaitFor) -> None:
    code = asyncio.run(store.new_recovery_code())
    asyncio.run(store.set_passphrase(PASSPHRASE))
    lock = LockViewModel(bridge)
    lock.arm(True)
    lock.lock()
    lock.unlock("")
    assert not lock.property("checking")
    lock.unlock("a guess")
    assert lock.property("checking")
    wait_for(lambda: lock.property("problem") == "The passphrase is wrong.")
    assert lock.property("locked")
    lock.unlock(PASSPHRASE)
    wait_for(lambda: not lock.property("locked"))
    assert (lock.property("problem"), lock.property("checking")) == ("", False)
    lock.lock()
    lock.unlock(code.lower())
    wait_for(lambda: not lock.property("locked"))


def test_the_time_without_use_counts_once_there_is_a_passphrase(bridge: Bridge, wait_for: WaitFor) -> None:
    shown = ViewModels.over(bridge)
    shown.start()
    # The settings set a limit of their own when they arrive.
    wait_for(lambda: shown.keys.property("known") and not shown.settings.property("loading"))
    shown.lock.limit(5)
    assert shown.lock.limit_s == 0.0
    shown.keys.setPassphrase("", PASSPHRASE)
    wait_for(lambda: shown.lock.limit_s == 300.0)


def test_a_window_that_was_locked_opens_by_itself_when_there_is_no_passphrase_any_more(
    bridge: Bridge, wait_for: WaitFor
) -> None:
    lock = LockViewModel(bridge)
    lock.begin_locked()
    assert lock.property("locked")
    wait_for(lambda: not lock.property("locked"))
