"""What can go wrong with a chat."""

from __future__ import annotations

from modkit.errors import ErrorKind, HyperSpotError


class ChatError(HyperSpotError):
    """Anything ChatClient can raise."""


class ConversationNotFound(ChatError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, conversation_id: object) -> None:
        super().__init__(
            f"There is no conversation {conversation_id}.", action="List them with: hyperspot conversations list"
        )


class MessageNotFound(ChatError):
    kind = ErrorKind.NOT_FOUND

    def __init__(self, message_id: object) -> None:
        super().__init__(f"There is no message {message_id}.", action="Reload the conversation.")


class EmptyMessage(ChatError):
    kind = ErrorKind.INVALID

    def __init__(self) -> None:
        super().__init__("The message has no text.", action="Write something first.")


class MessageTooLong(ChatError):
    kind = ErrorKind.TOO_LARGE
    action = "Shorten the message, or choose a model with a larger context."


class AnswerInProgress(ChatError):
    kind = ErrorKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("This conversation is being answered right now.", action="Stop the answer or wait for it.")


class NotPossible(ChatError):
    """The verb does not fit the message or conversation as it is; the sentence says why."""

    kind = ErrorKind.CONFLICT


class InvalidTree(ChatError):
    """A conversation that was to be imported is not one: nothing of it was stored."""

    kind = ErrorKind.INVALID

    def __init__(self, conversation_id: object, reason: str) -> None:
        super().__init__(
            f"Conversation {conversation_id} cannot be imported: {reason}.",
            action="Export it again where it comes from; nothing of it was stored.",
        )


class NoModelInstalled(ChatError):
    kind = ErrorKind.UNAVAILABLE

    def __init__(self, missing: str = "") -> None:
        """``missing``: the name of a model that is installed, but whose file is gone."""
        if missing:
            super().__init__(
                f"The file of {missing} is not there any more.",
                action="Put it back, or remove the model and add another one: hyperspot models list",
            )
        else:
            super().__init__(
                "No chat model is installed yet.", action="Add one on the Models page: hyperspot models catalogue"
            )
