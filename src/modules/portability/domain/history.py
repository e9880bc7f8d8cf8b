"""What an importer gives: the conversations of a file, one after the other, as often as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from modules.chat.contract import ConversationTree
from modules.portability.contract import HistorySource
from modules.portability.domain.collections import CollectionFields
from modules.settings.contract import SettingValue


@dataclass(frozen=True, slots=True)
class History:
    """``trees`` reads and checks while it goes (ArchiveDamaged, TooLarge); it blocks.

    ``left_out`` counts, by a sentence that names the kind, what could not be taken over; it is complete when ``trees``
    has been gone through.
    """

    source: HistorySource
    trees: Callable[[], Iterator[ConversationTree]]
    settings: Mapping[str, SettingValue] = field(default_factory=dict)
    collections: tuple[CollectionFields, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)

    def notes(self) -> tuple[str, ...]:
        return tuple(f"{count} × {what}" for what, count in sorted(self.left_out.items()))
