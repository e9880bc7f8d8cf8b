"""The gateway's typed errors; codes are the spec's."""

from __future__ import annotations

from modkit.errors import ErrorKind, HyperSpotError


class LlmGatewayError(HyperSpotError):
    """Anything LlmGatewayClient can raise."""


class ModelNotFound(LlmGatewayError):
    kind = ErrorKind.NOT_FOUND
    action = "Choose a model that is installed, or add one on the Models page."


class ModelNotApproved(LlmGatewayError):
    kind = ErrorKind.FORBIDDEN
    action = "Ask an administrator to approve the model."


class ModelDeprecated(LlmGatewayError):
    kind = ErrorKind.GONE
    action = "Choose another model."


class ValidationFailed(LlmGatewayError):
    kind = ErrorKind.INVALID
    code = "validation_error"
    action = "Correct the request."


class CapabilityNotSupported(LlmGatewayError):
    kind = ErrorKind.UNSUPPORTED
    action = "Choose a model with this capability."


class ContextLengthExceeded(ValidationFailed):
    code = "validation_error"
    action = "Shorten the message, start a new conversation, or load the model with a larger context."


class BudgetExceeded(LlmGatewayError):
    kind = ErrorKind.LIMITED
    action = "Raise the budget or wait for the next period."


class RateLimited(LlmGatewayError):
    kind = ErrorKind.LIMITED
    action = "Wait a moment and send again."


class RequestBlocked(LlmGatewayError):
    kind = ErrorKind.FORBIDDEN
    action = "Change the request."


class ResponseBlocked(LlmGatewayError):
    kind = ErrorKind.FORBIDDEN
    action = "Change the request."


class ProviderError(LlmGatewayError):
    kind = ErrorKind.UPSTREAM
    action = "Send again; the text so far is kept."


class ProviderTimeout(LlmGatewayError):
    kind = ErrorKind.TIMEOUT
    action = "Send again, or choose a faster model."
