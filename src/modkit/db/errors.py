"""What can go wrong with a database: each error says what happened and what to do about it.

DatabaseError
├── OpenError                the file was not opened and not touched
│   ├── WrongKey · ForeignDatabase · TruncatedDatabase · DamagedDatabase · MissingDatabase
│   ├── LostDatabase · RestoreUnfinished
│   └── ReadOnlyHome · UnreadableDatabase
├── DatabaseLocked           somebody else holds the file
├── NoSpace                  nothing of the transaction was stored; the database stays usable
├── ReadOnlyDatabase         opened for reading only (a newer file)
├── DatabaseIoError          the disk failed
├── ConstraintViolated       a unique, foreign-key, check or not-null rule
├── BackupFailed · BackupDamaged · BackupOfOtherKey · RestoreFailed
├── NotRepaired · NothingToRepair
├── MigrationFailed · DuplicateMigration
├── NestedTransaction        a connection was asked for inside a transaction
├── InvalidStatement         a programming error
├── TenantNotInScope · Denied
└── AlreadyHeld              an advisory lock
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from modkit.errors import ErrorKind, HyperSpotError

_RESTORE = (
    "Repair it: hyperspot doctor --repair. Or restore a backup: hyperspot backup list shows them, hyperspot backup "
    "restore NAME puts one in place."
)

ROOM_BYTES = 16 * 1024 * 1024
"""What a database wants to be free at least: its log and, when that is folded in, the file grow by 4 MiB each; the
rest is for a second log that a long reader holds, and for the answer that is being written."""


class DatabaseError(HyperSpotError):
    """Anything modkit.db can raise; catch this to survive a storage failure."""

    kind = ErrorKind.INTERNAL


class OpenError(DatabaseError):
    """The file could not be opened; not a byte of it was changed."""

    kind = ErrorKind.UNAVAILABLE

    def __init__(self, path: Path, sentence: str, *, action: str) -> None:
        super().__init__(sentence, action=action)
        self.path = path


class WrongKey(OpenError):
    """The key does not fit the file; a file whose first page is destroyed looks the same."""

    kind = ErrorKind.FORBIDDEN

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"{path.name} cannot be opened with the key of this home: it was made with another key, "
            "or its start is destroyed.",
            action="Bring back the keys folder that belongs to this file, unlock with the recovery code, or restore a "
            "backup (hyperspot backup list, then hyperspot backup restore NAME).",
        )


class ForeignDatabase(OpenError):
    kind = ErrorKind.UNSUPPORTED

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            path,
            f"{path.name} is not a HyperSpot database: it is {what}.",
            action=f"{_RESTORE} To start anew, move the file away, or choose another home with --home.",
        )


class TruncatedDatabase(OpenError):
    def __init__(self, path: Path) -> None:
        super().__init__(path, f"{path.name} is shorter than it should be: a part is missing.", action=_RESTORE)


class DamagedDatabase(OpenError):
    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, f"{path.name} is damaged ({detail}).", action=_RESTORE)


class MissingDatabase(OpenError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"{path.name} does not exist in {path.parent}.",
            action=f"Check the home folder (--home). {_RESTORE}",
        )


_NAMED = 3
"""So many of the remains of a lost database are named; a profile may have fifty backups."""


class LostDatabase(OpenError):
    """The file is gone while parts of it are left: making a new one would hide what can still be had."""

    def __init__(self, path: Path, remains: Sequence[Path]) -> None:
        names = ", ".join(remain.name for remain in remains[:_NAMED])
        names += f" and {len(remains) - _NAMED} more" if len(remains) > _NAMED else ""
        super().__init__(
            path,
            f"{path.name} is missing from {path.parent}, where something is left of it: {names}.",
            action=f"Put the file back. {_RESTORE} To start anew, move the rest away.",
        )
        self.remains = tuple(remains)


class RestoreUnfinished(OpenError):
    """A restore was begun and could not be completed yet; the old file is kept, whole, below one name or the other."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            path,
            f"{path.name} is being replaced by a backup, and this could not be finished: {reason}.",
            action="Start HyperSpot again to finish it, or choose another backup: hyperspot backup restore NAME.",
        )


class UnreadableDatabase(OpenError):
    kind = ErrorKind.FORBIDDEN

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            path,
            f"{path.name} cannot be read ({detail}).",
            action="Give your account the right to read it, or choose another home with --home.",
        )


class ReadOnlyHome(OpenError):
    kind = ErrorKind.FORBIDDEN

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"The folder {path.parent} cannot be written to.",
            action="Make the folder writable, or choose another one with --home.",
        )


DAMAGE = (WrongKey, ForeignDatabase, TruncatedDatabase, DamagedDatabase, LostDatabase)
"""The file itself is bad; waiting or freeing space will not help."""


class DatabaseLocked(DatabaseError):
    kind = ErrorKind.CONFLICT

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} is in use by another program.",
            action="Close the other HyperSpot (or the program that holds the file) and try again.",
        )
        self.path = path


class NoSpace(DatabaseError):
    """``needed_bytes``: with so much room writing goes on."""

    kind = ErrorKind.NO_SPACE

    def __init__(self, path: Path, needed_bytes: int = ROOM_BYTES) -> None:
        super().__init__(
            f"The disk that holds {path.name} is full; the last change was not stored.",
            action=f"Free some space on that disk, at least {-(-needed_bytes // 1_000_000)} MB, and try again.",
        )
        self.path = path
        self.needed_bytes = needed_bytes

    def to_dict(self) -> dict[str, str]:
        return super().to_dict() | {"needed_bytes": str(self.needed_bytes)}


class ReadOnlyDatabase(DatabaseError):
    kind = ErrorKind.FORBIDDEN

    def __init__(self, reason: str, *, action: str | None = None) -> None:
        super().__init__(
            f"Nothing can be changed: {reason}",
            action=action or "Update HyperSpot; until then everything can be read.",
        )
        self.reason = reason


class DatabaseIoError(DatabaseError):
    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"The disk that holds {path.name} reported an error ({detail}); the last change was not stored.",
            action="Check the disk, then start HyperSpot again. Make a backup: hyperspot backup create.",
        )
        self.path = path


class ConstraintViolated(DatabaseError):
    """A unique, foreign-key, check or not-null rule; the whole transaction is rolled back."""

    kind = ErrorKind.CONFLICT

    def __init__(self, detail: str) -> None:
        super().__init__(f"The change breaks a rule of the database ({detail}).", action="Reload and try again.")
        self.detail = detail


class BackupFailed(DatabaseError):
    def __init__(self, target: Path, reason: str, *, action: str = "") -> None:
        super().__init__(
            f"The backup {target.name} could not be made: {reason}.",
            action=action or "Check the free space and the rights of the backups folder, then try again.",
        )
        self.target = target


class NotErased(DatabaseError):
    """What was deleted is gone from the tables, and may still stand in the file."""

    code = "not_erased"
    action = "It is tried again at the next start, and a few times a day."

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"Traces of what was deleted may still be in {path.name}: {reason}.")
        self.path = path
        self.reason = reason


class BackupDamaged(DatabaseError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The backup {path.name} is not usable: {reason}.",
            action="Use another one (hyperspot backup list) and make a new one: hyperspot backup create.",
        )
        self.path = path
        self.reason = reason


class BackupOfOtherKey(BackupDamaged):
    """The key does not fit the backup; one whose first page is destroyed looks the same."""

    REASON: ClassVar[str] = "it was made with another key, or its start is destroyed"

    def __init__(self, path: Path) -> None:
        super().__init__(path, self.REASON)
        self.action = (
            "If another profile made it, give that one's recovery code or passphrase (--recovery-code), with its "
            "keyring.json beside the backup; else use another one: hyperspot backup list."
        )


class RestoreFailed(DatabaseError):
    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(
            f"{target.name} could not be restored: {reason}. It is as it was.",
            action="Check the free space and the rights of the folder, then try again.",
        )
        self.target = target


class NotRepaired(DatabaseError):
    """The damaged file is where it was."""

    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(
            f"{target.name} could not be repaired: {reason}.",
            action="Check the free space and the rights of the folder. If you have a backup on another disk, copy it "
            "into the backups folder and try again.",
        )
        self.target = target


class NothingToRepair(DatabaseError):
    kind = ErrorKind.CONFLICT

    def __init__(self, target: Path) -> None:
        super().__init__(
            f"{target.name} is not damaged: every page of it is what was written.",
            action="Nothing has to be done. To go back to an earlier state: hyperspot backup restore NAME.",
        )
        self.target = target


class MigrationFailed(DatabaseError):
    """The failing migration was rolled back; the ones before it stay applied."""

    def __init__(self, module: str, migration: str, reason: str) -> None:
        super().__init__(
            f"Migration {migration!r} of module {module!r} failed: {reason}",
            action="The data is as it was before. Update HyperSpot, or report this with the log file.",
        )
        self.module = module
        self.migration = migration


class DuplicateMigration(DatabaseError):
    def __init__(self, module: str, migration: str) -> None:
        super().__init__(
            f"Module {module!r} lists migration {migration!r} twice.", action="Give each migration its own name."
        )


class NestedTransaction(DatabaseError):
    """Asking for another connection inside a transaction would by-pass it."""

    def __init__(self) -> None:
        super().__init__(
            "A database connection was asked for inside a transaction.",
            action="Pass the open session on instead of asking for a new one.",
        )


class InvalidStatement(DatabaseError):
    """A programming error: the statement or entity breaks the rules of scoped access."""

    kind = ErrorKind.INVALID

    def __init__(self, sentence: str, *, action: str = "Fix the repository that built it.") -> None:
        super().__init__(sentence, action=action)


class TenantNotInScope(DatabaseError):
    kind = ErrorKind.FORBIDDEN

    def __init__(self, tenant_id: UUID) -> None:
        super().__init__(f"Tenant {tenant_id} is outside what you may access.", action="Switch to the right account.")
        self.tenant_id = tenant_id


class Denied(DatabaseError):
    kind = ErrorKind.FORBIDDEN

    def __init__(self, sentence: str = "entity not found or not accessible in current security scope") -> None:
        super().__init__(sentence, action="Reload; it may have been deleted, or it belongs to someone else.")


class AlreadyHeld(DatabaseError):
    kind = ErrorKind.CONFLICT

    def __init__(self, key: str) -> None:
        super().__init__(f"The lock {key!r} is held by another process.", action="Wait until it has finished.")
        self.key = key
