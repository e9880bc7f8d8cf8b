"""What the process tells about itself: logs to stderr and files, and traces when they are switched on."""

from modkit.telemetry.setup import Telemetry, setup_telemetry, with_verbosity
from modkit.telemetry.tracing import span

__all__ = ["Telemetry", "setup_telemetry", "span", "with_verbosity"]
