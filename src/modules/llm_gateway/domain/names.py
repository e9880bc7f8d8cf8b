"""Canonical model names: ``provider::model``, split at the first ``::`` (spec: model registry)."""

from __future__ import annotations

from collections.abc import Sequence

from modules.llm_gateway.contract import GatewayModel, ModelNotFound

SEPARATOR = "::"


def split(name: str, default_provider: str) -> tuple[str, str]:
    """Provider slug and the provider's own model id."""
    provider, separator, model_id = name.partition(SEPARATOR)
    return (provider, model_id) if separator else (default_provider, name)


def join(provider: str, model_id: str) -> str:
    return f"{provider}{SEPARATOR}{model_id}"


def find(models: Sequence[GatewayModel], model_id: str) -> GatewayModel:
    """The model of one provider with this id, or the only one whose id or name contains it.

    Raises:
        ModelNotFound: none, or several.
    """
    ids = {split(model.id, "")[1]: model for model in models}
    if model_id in ids:
        return ids[model_id]
    wanted = model_id.casefold()
    matches = [model for model in models if wanted in model.id.casefold() or wanted in model.name.casefold()]
    if wanted and len(matches) == 1:
        return matches[0]
    if wanted and matches:
        names = ", ".join(split(model.id, "")[1] for model in matches)
        raise ModelNotFound(f"Several models match {model_id!r}: {names}.", action="Give one of these names in full.")
    raise ModelNotFound(f"There is no model {model_id!r}.")
