"""What may be logged at all, whatever the sections ask for: ``RUST_LOG`` and chatty libraries."""

from __future__ import annotations

from dataclasses import dataclass, field

from modkit.telemetry.levels import NUMBERS, level_number, most_specific

# Noise of protocol internals, and libraries whose debug lines carry the user's data: aiosqlite and SQLAlchemy
# print statements with their parameters, markdown-it the text it parses.
CAPPED_AT_WARN = (
    *("h2", "hpack", "hyperframe", "h11", "httpcore", "httptools", "hyper", "urllib3"),
    *("aiosqlite", "sqlalchemy", "markdown_it"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Least level numbers by target; ``general`` counts where no target matches, 0 = no limit."""

    general: int = 0
    by_target: dict[str, int] = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()

    def allows(self, target: str, level: int) -> bool:
        if level < NUMBERS["warn"] and most_specific(CAPPED_AT_WARN, target) is not None:
            return False
        prefix = most_specific(self.by_target, target)
        return level >= (self.general if prefix is None else self.by_target[prefix])


def parse_limits(text: str | None) -> Limits:
    """Read ``RUST_LOG``: ``info``, ``modules.chat=debug,warn``, ``modules::chat=trace``.

    A directive with targets only switches everything else off, as in the syntax's origin; a bare target means
    all of its levels. Directives that cannot be read are collected, not fatal.
    """
    if not text or not text.strip():
        return Limits()
    general: int | None = None
    by_target: dict[str, int] = {}
    unreadable: list[str] = []
    for directive in (part.strip() for part in text.split(",") if part.strip()):
        target, equals, level_text = directive.partition("=")
        number = level_number(level_text if equals else target)
        if number is None and equals:
            unreadable.append(directive)
        elif equals:
            by_target[_dotted(target)] = number or 0
        elif number is not None:
            general = number
        else:
            by_target[_dotted(target)] = 0
    if general is None:
        general = NUMBERS["off"] if by_target else 0
    return Limits(general, by_target, tuple(unreadable))


def _dotted(target: str) -> str:
    return target.strip().replace("::", ".")
