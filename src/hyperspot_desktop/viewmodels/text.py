"""Numbers, sizes and times as a person reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale


def tr(text: str, count: int = -1) -> str:
    """A sentence in the window's language; English is the source."""
    return QCoreApplication.translate("HyperSpot", text, "", count)


def number(value: float) -> str:
    """Digits grouped as the user's language does; a system without a language counts as English."""
    locale = QLocale()
    if locale.language() == QLocale.Language.C:
        locale = QLocale(QLocale.Language.English)
    return locale.toString(round(value))


def amount(count: int, one: str, many: str) -> str:
    """ "1 file", "128 files": ``one`` or ``many`` in the window's language, with the number for %1."""
    return tr(one) if count == 1 else tr(many).replace("%1", number(count))


def size(size_bytes: float) -> str:
    """Bytes in decimal units with at most one decimal, as disks are sold: 98 MB, 1.1 GB."""
    for unit in ("B", "kB", "MB"):
        if size_bytes < 999.5:
            return f"{size_bytes:.0f} {unit}"
        size_bytes /= 1000
    return f"{size_bytes:.1f} GB" if size_bytes < 99.95 else f"{size_bytes:.0f} GB"


def memory(size_bytes: float) -> str:
    """Memory in binary gigabytes, as it is built in."""
    gigabytes = size_bytes / 2**30
    return f"{gigabytes:.0f} GB" if gigabytes >= 10 else f"{gigabytes:.1f} GB"


def parameters(count: int) -> str:
    """135M, 1.7B, 20B."""
    if count >= 999_500_000:
        return f"{count / 1e9:.1f}".removesuffix(".0") + "B"
    return f"{count / 1e6:.0f}M" if count else ""


def rate(per_second: float, unit: str) -> str:
    return f"{per_second:.0f} {unit}" if per_second >= 100 else f"{per_second:.1f} {unit}"


def time_left(seconds: float) -> str:
    if seconds < 60:
        return tr("%1 s left").replace("%1", str(max(1, round(seconds))))
    if seconds < 3600:
        return tr("%1 min left").replace("%1", str(round(seconds / 60)))
    return tr("%1 h left").replace("%1", f"{seconds / 3600:.1f}")


def day_group(moment: datetime, today: date) -> str:
    """The heading under which a conversation of that (aware) time stands."""
    day = moment.astimezone().date()
    if day >= today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    if day > today - timedelta(days=7):
        return tr("Previous 7 days")
    if day > today - timedelta(days=30):
        return tr("Previous 30 days")
    return tr("Older")


def moment_text(moment: datetime, today: date) -> str:
    """Time of day today, else the day."""
    local = moment.astimezone()
    if local.date() == today:
        return f"{local:%H:%M}"
    return f"{local.day} {local:%b %H:%M}" if local.year == today.year else f"{local.day} {local:%b %Y}"
