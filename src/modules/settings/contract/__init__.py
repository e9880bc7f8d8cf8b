"""What other modules may import from settings."""

from modules.settings.contract.client import SettingsClient
from modules.settings.contract.errors import InvalidSetting, SettingsError, UnknownSetting
from modules.settings.contract.models import Setting, SettingChanged, SettingSpec, SettingValue

__all__ = [
    "InvalidSetting",
    "Setting",
    "SettingChanged",
    "SettingSpec",
    "SettingValue",
    "SettingsClient",
    "SettingsError",
    "UnknownSetting",
]
