"""The settings that belong to no single module: how the window looks, and what may leave this computer."""

from __future__ import annotations

from modules.settings.contract import SettingSpec

SHELL_SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec(
        key="appearance.theme",
        type="choice",
        default="system",
        title="Theme",
        description="Dark, light, or whatever the system uses.",
        choices=("system", "dark", "light"),
    ),
    SettingSpec(
        key="appearance.font_scale",
        type="int",
        default=100,
        title="Text size",
        description="Size of all text in the window.",
        unit="percent",
        minimum=75,
        maximum=200,
    ),
    SettingSpec(
        key="appearance.reduce_motion",
        type="bool",
        default=False,
        title="Reduce motion",
        description="Show changes at once instead of animating them.",
    ),
    SettingSpec(
        key="appearance.language",
        type="choice",
        default="system",
        title="Language",
        description="Language of the window.",
        choices=("system", "en", "de", "zh"),
    ),
    SettingSpec(
        key="chat.send_with_enter",
        type="bool",
        default=True,
        title="Enter sends",
        description="Enter sends the message and Shift+Enter breaks the line; off, Ctrl+Enter sends.",
    ),
    SettingSpec(
        key="chat.show_stats",
        type="bool",
        default=True,
        title="Show speed under answers",
        description="Tokens, tokens per second and time to the first token under each answer.",
    ),
    SettingSpec(
        key="privacy.offline",
        type="bool",
        default=False,
        title="Stay offline",
        description="Refuse every connection. Off, the program still connects only when you start a download.",
    ),
    SettingSpec(
        key="privacy.lock_after_min",
        type="int",
        default=0,
        title="Lock when idle",
        description="Lock the window after so long without use; 0 never does. Needs a passphrase: see Keys and lock.",
        unit="minutes",
        minimum=0,
        maximum=1440,
    ),
)
