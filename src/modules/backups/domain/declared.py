"""The settings of backups."""

from __future__ import annotations

from modules.settings.contract import SettingSpec

AUTOMATIC = SettingSpec(
    key="backups.automatic",
    type="bool",
    default=True,
    title="Back up automatically",
    description="Every hour in which something changed. Kept are 24 hours, 7 days, 4 weeks and 12 months.",
)
SECOND_FOLDER = SettingSpec(
    key="backups.second_folder",
    type="str",
    default="",
    title="Second folder for backups",
    description="The full path of a folder on another drive; it gets a copy of the newest backup. Empty: none.",
)
