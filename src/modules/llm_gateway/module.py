"""Wires llm-gateway: the service, and the local provider by the same door as anybody else's."""

from __future__ import annotations

from modkit.module import module
from modkit.module_context import ModuleContext
from modules.llm_gateway.config import LlmGatewayConfig
from modules.llm_gateway.contract import LlmGatewayClient, LlmProvider
from modules.llm_gateway.domain.service import LlmGatewayService
from modules.llm_gateway.infra.local_provider import SLUG, LocalProvider
from modules.llm_manager.contract import LlmManagerClient

SCOPE = "provider:"


@module(name="llm-gateway", deps=["llm-manager"], client=LlmGatewayClient)
class LlmGatewayModule:
    """One interface to local and remote models."""

    async def init(self, ctx: ModuleContext) -> None:
        hub, config = ctx.client_hub, ctx.config(LlmGatewayConfig)
        hub.register_scoped(LlmProvider, SCOPE + SLUG, LocalProvider(hub.get(LlmManagerClient)))

        def providers() -> dict[str, LlmProvider]:
            found = hub.scoped(LlmProvider)
            return {scope.removeprefix(SCOPE): provider for scope, provider in sorted(found.items())}

        service = LlmGatewayService(
            providers,
            default_provider=config.default_provider,
            first_token_timeout_s=config.first_token_timeout_s,
            total_timeout_s=config.total_timeout_s,
        )
        hub.register(LlmGatewayClient, service)
