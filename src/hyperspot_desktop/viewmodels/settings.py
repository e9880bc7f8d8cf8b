"""The Settings page, generated from what the modules declare; the window declares its own the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hyperspot_desktop.bridge import Bridge, Failure
from hyperspot_desktop.viewmodels.loading import LoadingViewModel
from hyperspot_desktop.viewmodels.rows import RowModel
from hyperspot_desktop.viewmodels.text import tr

if TYPE_CHECKING:
    from hyperspot_desktop.clients import Clients
    from modules.settings.contract import Setting, SettingChanged, SettingSpec

QML_IMPORT_NAME = "HyperSpot.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_GROUPS = {
    "appearance": "Appearance",
    "chat": "Chat",
    "models": "Models",
    "llm_manager": "Models",
    "jobs": "Activity",
    "jobs_manager": "Activity",
    "privacy": "Privacy",
}

_CHOICES = {
    "system": "Like the system",
    "light": "Light",
    "dark": "Dark",
    "en": "English",
    "de": "Deutsch",
    "zh": "中文",
    "gentle": "Gentle",
    "balanced": "Balanced",
    "full": "Full",
}


def window_specs() -> list[SettingSpec]:
    """What the window adds to the settings module's own ``appearance``; imported on the host, where it is called."""
    from modules.settings.contract import SettingSpec

    return [SettingSpec("appearance.high_contrast", "bool", False, "High contrast", "Stronger lines and text.")]


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting; ``text`` is its value as one types it, ``checked`` that of a switch."""

    key: str
    group: str
    title: str
    description: str
    type: str
    text: str
    checked: bool
    unit: str
    choices: tuple[str, ...]
    choice_labels: tuple[str, ...]
    is_default: bool
    range_text: str
    error: str


@QmlElement
class SettingsViewModel(LoadingViewModel):
    """Rows of settings; a value is stored as soon as it is given."""

    valuesChanged = Signal(dict)

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(bridge, parent)
        self._rows = RowModel(SettingRow, self)
        self._settings: dict[str, Setting] = {}
        self._errors: dict[str, str] = {}

    @Property(QObject, constant=True)
    def rows(self) -> RowModel:
        return self._rows

    def rows_now(self) -> list[SettingRow]:
        """What the list shows, for Python."""
        return list(self._rows.rows)

    def start(self) -> None:
        """Declare the window's own, load all, and follow changes."""

        async def declare(clients: Clients) -> list[Setting]:
            clients.settings.declare(window_specs())
            return await clients.settings.all(clients.ctx)

        self._bridge.call(declare, self._arrived, self._not_loaded)
        self._bridge.stream(lambda clients: clients.settings.watch(clients.ctx), self._changed, failed=self._not_loaded)

    @Slot()
    def refresh(self) -> None:
        self._bridge.call(lambda clients: clients.settings.all(clients.ctx), self._arrived, self._not_loaded)

    @Slot(str, str)
    def setText(self, key: str, text: str) -> None:
        """Give a value as text; what does not fit is refused beside the setting, and the old value stays."""
        self._errors.pop(key, None)
        self._bridge.call(
            lambda clients: clients.settings.set(clients.ctx, key, _typed(self._settings[key].spec, text)),
            self._stored,
            lambda failure: self._refused(key, failure),
        )

    @Slot(str, bool)
    def setChecked(self, key: str, checked: bool) -> None:
        self._errors.pop(key, None)
        self._bridge.call(
            lambda clients: clients.settings.set(clients.ctx, key, checked),
            self._stored,
            lambda failure: self._refused(key, failure),
        )

    @Slot(str)
    def reset(self, key: str) -> None:
        """Back to the default."""
        self._errors.pop(key, None)
        self._bridge.call(lambda clients: clients.settings.reset(clients.ctx, key), self._stored, self._not_loaded)

    @Slot(str, result=str)
    def textOf(self, key: str) -> str:
        """The value of a setting as text, "" for one that is not known yet."""
        return _text(self._settings[key].value) if key in self._settings else ""

    @Slot(str, result=int)
    def rowOf(self, key: str) -> int:
        """Where a setting stands, or -1."""
        return next((at for at, row in enumerate(self._rows.rows) if row.key == key), -1)

    def found(self) -> list[Setting]:
        """All settings, for the search box."""
        return list(self._settings.values())

    def _arrived(self, settings: list[Setting]) -> None:
        self._settings = {setting.spec.key: setting for setting in settings}
        self._loaded()
        self._show()

    def _stored(self, setting: Setting) -> None:
        self._settings[setting.spec.key] = setting
        self._show()

    def _changed(self, changes: list[SettingChanged]) -> None:
        self.refresh()

    def _refused(self, key: str, failure: Failure) -> None:
        # Beside the setting its own name says nothing.
        reason = failure.sentence.removeprefix(f"{key} cannot be set: ")
        self._errors[key] = reason[:1].upper() + reason[1:]
        self._show()

    def say_again(self) -> None:
        """Texts made here, in the language that is spoken now."""
        self._show()

    def _show(self) -> None:
        rows = [_row(setting, self._errors.get(key, "")) for key, setting in self._settings.items()]
        rows.sort(key=lambda row: _order(row.key))
        self._rows.replace(rows, lambda old, new: bool(old.key == new.key))
        self.valuesChanged.emit({key: setting.value for key, setting in self._settings.items()})


def _order(key: str) -> int:
    """The window's own first, then groups in the order in which they are known, then the rest."""
    group = key.partition(".")[0]
    return list(_GROUPS).index(group) if group in _GROUPS else len(_GROUPS)


def group_title(key: str) -> str:
    group = key.partition(".")[0]
    return tr(_GROUPS.get(group, group.replace("_", " ").capitalize()))


def _typed(spec: SettingSpec, text: str) -> Any:
    """Text as the declared type, as far as it can be read; the module says no to the rest."""
    try:
        if spec.type == "int":
            return int(text)
        if spec.type == "float":
            return float(text.replace(",", "."))
    except ValueError:
        return text
    return text


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _range(spec: SettingSpec) -> str:
    if spec.minimum is None or spec.maximum is None:
        return ""
    return tr("%1 to %2").replace("%1", f"{spec.minimum:g}").replace("%2", f"{spec.maximum:g}")


def _row(setting: Setting, error: str) -> SettingRow:
    spec = setting.spec
    return SettingRow(
        key=spec.key,
        group=group_title(spec.key),
        title=tr(spec.title),
        description=tr(spec.description),
        type=spec.type,
        text=_text(setting.value),
        checked=setting.value is True,
        unit="%" if spec.unit == "percent" else tr(spec.unit),
        choices=spec.choices,
        choice_labels=tuple(tr(_CHOICES.get(choice, choice)) for choice in spec.choices),
        is_default=setting.is_default,
        range_text=_range(spec),
        error=error,
    )
