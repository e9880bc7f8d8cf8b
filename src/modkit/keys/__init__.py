"""The data key of a home: made once, wrapped several ways, never stored in the clear where a keyring exists."""

from modkit.keys.data_key import DataKey
from modkit.keys.report import KeyReport
from modkit.keys.store import KeyStore

__all__ = ["DataKey", "KeyReport", "KeyStore"]
