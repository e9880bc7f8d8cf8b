"""Downloads large files so that they arrive whole, checked, and resumable after any interruption."""

from modules.llm_manager.infra.download.downloader import Downloader, DownloadOptions, Order
from modules.llm_manager.infra.download.policy import AddressPolicy
from modules.llm_manager.infra.download.state import discard_partial

__all__ = ["AddressPolicy", "DownloadOptions", "Downloader", "Order", "discard_partial"]
