"""What the process tells about itself: logs to stderr and files, and traces when they are switched on."""

from modkit.telemetry.setup import Telemetry, setup_logging, with_verbosity
from modkit.telemetry.tracing import span

__all__ = ["Telemetry", "setup_logging", "span", "with_verbosity"]
