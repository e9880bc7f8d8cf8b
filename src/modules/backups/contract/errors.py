"""What can go wrong with backups, beyond what modkit.db says of files (BackupFailed, BackupDamaged)."""

from __future__ import annotations

from modkit.errors import ErrorKind, HyperSpotError


class BackupsError(HyperSpotError):
    """Anything BackupsClient raises itself."""


class BackupNotFound(BackupsError):
    kind = ErrorKind.NOT_FOUND
    action = "List them with: hyperspot backup list"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no backup {name}.")
        self.name = name


class UnknownDatabase(BackupsError):
    """A whole database is to be restored, and the backup's name does not say which."""

    kind = ErrorKind.INVALID

    def __init__(self, name: str, databases: tuple[str, ...]) -> None:
        super().__init__(
            f"{name} does not say which database it is a backup of.",
            action=f"Give the file the name it had, which begins with one of: {', '.join(databases)}.",
        )


class NothingToRestore(BackupsError):
    kind = ErrorKind.INVALID

    def __init__(self) -> None:
        super().__init__("No conversation was chosen.", action="Choose at least one, or restore everything.")


class BackupFolderUnusable(BackupsError):
    """The folder of the profile's backups cannot be read or tidied."""

    kind = ErrorKind.UNAVAILABLE

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            f"The folder of the backups, {folder}, cannot be used: {reason}.",
            action="Give your account the right to read and write it, and look at the disk.",
        )
        self.folder = folder


class SecondFolderUnusable(BackupsError):
    kind = ErrorKind.UNAVAILABLE

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            f"The second folder for backups, {folder}, cannot be used: {reason}.",
            action="Connect the drive, or choose another folder in the settings (backups.second_folder).",
        )
        self.folder = folder
