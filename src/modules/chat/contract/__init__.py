"""What other modules may import from chat."""

from modules.chat.contract.client import (
    ChatClient,
)
from modules.chat.contract.errors import (
    AnswerInProgress,
    ChatError,
    ConversationNotFound,
    EmptyMessage,
    MessageNotFound,
    MessageTooLong,
    NoModelInstalled,
    NotPossible,
)
from modules.chat.contract.models import (
    AnswerDelta,
    AnswerEvent,
    AnswerFinished,
    AnswerStarted,
    ChatMessage,
    ChatParams,
    ContextMeter,
    Conversation,
    ConversationChanged,
    ConversationPatch,
    MessagePage,
    MessageStats,
    MessageStatus,
    Role,
    SearchHit,
)

__all__ = [
    "AnswerDelta",
    "AnswerEvent",
    "AnswerFinished",
    "AnswerInProgress",
    "AnswerStarted",
    "ChatClient",
    "ChatError",
    "ChatMessage",
    "ChatParams",
    "ContextMeter",
    "Conversation",
    "ConversationChanged",
    "ConversationNotFound",
    "ConversationPatch",
    "EmptyMessage",
    "MessageNotFound",
    "MessagePage",
    "MessageStats",
    "MessageStatus",
    "MessageTooLong",
    "NoModelInstalled",
    "NotPossible",
    "Role",
    "SearchHit",
]
