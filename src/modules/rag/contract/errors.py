"""What can go wrong with collections and questions."""

from __future__ import annotations

from modkit.errors import ErrorKind, HyperSpotError


class RagError(HyperSpotError):
    """Anything RagClient can raise, besides the errors of the index and the gateway."""


class CollectionNotFound(RagError):
    kind = ErrorKind.NOT_FOUND
    action = "See which collections there are: hyperspot index status"

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no collection {name!r}.")


class PathNotFound(RagError):
    kind = ErrorKind.NOT_FOUND
    action = "Check the path; a folder or a file can be added."

    def __init__(self, path: object) -> None:
        super().__init__(f"There is nothing at {path}.")


class SourceNotFound(RagError):
    kind = ErrorKind.NOT_FOUND
    action = "See what the collection has: hyperspot index report --collection NAME"

    def __init__(self, path: object, collection: str) -> None:
        super().__init__(f"{path} was not added to {collection!r}.")


class InvalidName(RagError):
    kind = ErrorKind.INVALID
    action = "Give a name of 1 to 100 characters on one line."

    def __init__(self) -> None:
        super().__init__("This cannot be the name of a collection.")


class EmptyQuestion(RagError):
    kind = ErrorKind.INVALID
    action = "Write what you want to know."

    def __init__(self) -> None:
        super().__init__("There is no question.")


class NameTaken(RagError):
    kind = ErrorKind.CONFLICT
    action = "Choose another name."

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a collection {name!r} already.")


class FileNotFound(RagError):
    kind = ErrorKind.NOT_FOUND
    action = "See what the collection has: hyperspot index report --collection NAME"

    def __init__(self) -> None:
        super().__init__("This file is not indexed.")


class QuestionSetNotFound(RagError):
    kind = ErrorKind.NOT_FOUND
    action = "See which there are: hyperspot eval list --collection NAME"

    def __init__(self, name: str, collection: str) -> None:
        super().__init__(f"{collection!r} has no question set {name!r}.")


class InvalidQuestionSet(RagError):
    kind = ErrorKind.INVALID
    action = "Give a list of questions, each with what it should find."

    def __init__(self, why: str) -> None:
        super().__init__(f"This is not a question set: {why}.")


class FileNotAtHand(RagError):
    """It is indexed, but cannot be looked at now."""

    kind = ErrorKind.UNAVAILABLE
    action = "Bring the file back, or look for changes: hyperspot index add"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} cannot be shown: {why}.")
