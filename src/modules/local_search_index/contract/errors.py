"""What can go wrong with the index.

SearchIndexError
├── InvalidSearch            the request asks for something impossible
├── InvalidDocument          a document or passage that cannot be indexed
├── GenerationNotFound
├── WrongDimensions          a vector of another embedder
├── InvalidVector            not numbers, or of length zero
├── IndexRebuilt             the file was damaged or gone; an empty one took its place
└── IndexUnavailable         a search server does not answer, or its client is not installed
"""

from __future__ import annotations

from modkit.errors import ErrorKind, HyperSpotError


class SearchIndexError(HyperSpotError):
    """Anything LocalSearchIndexClient can raise, besides what modkit.db raises for a full or failing disk."""


class InvalidSearch(SearchIndexError):
    kind = ErrorKind.INVALID
    action = "Correct the search."


class InvalidDocument(SearchIndexError):
    kind = ErrorKind.INVALID
    action = "Correct the document and put it again."


class GenerationNotFound(SearchIndexError):
    kind = ErrorKind.NOT_FOUND
    action = "Begin a generation for the embedder; the one asked for may have been replaced."

    def __init__(self, generation_id: int) -> None:
        super().__init__(f"There is no generation {generation_id} of vectors.")
        self.generation_id = generation_id


class WrongDimensions(SearchIndexError):
    kind = ErrorKind.CONFLICT
    action = "Use the embedder that made the vectors, or begin a new generation for the new one."

    def __init__(self, expected: int, given: int) -> None:
        super().__init__(f"A vector has {given} dimensions where the index has {expected}.")
        self.expected = expected
        self.given = given


class InvalidVector(SearchIndexError):
    kind = ErrorKind.INVALID
    action = "Check the embedder: a text must give numbers, not all of them zero."

    def __init__(self) -> None:
        super().__init__("A vector holds something that is not a number, or nothing but zeros.")


class IndexRebuilt(SearchIndexError):
    """The index could not be read; it was set aside and an empty one made. Nothing else is affected."""

    kind = ErrorKind.UNAVAILABLE
    action = "The documents have to be read again; chats and settings are not affected."

    def __init__(self, file_name: str) -> None:
        super().__init__(f"The search index {file_name} was damaged or deleted, and was made anew.")
        self.file_name = file_name


class IndexUnavailable(SearchIndexError):
    kind = ErrorKind.UNAVAILABLE
