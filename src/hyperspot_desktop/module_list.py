"""The built-in modules and children, for frozen builds, which cannot read entry points; a test holds both equal."""

from __future__ import annotations

MODULES = {
    "settings": "modules.settings.module:SettingsModule",
    "jobs-manager": "modules.jobs_manager.module:JobsManagerModule",
    "llm-manager": "modules.llm_manager.module:LlmManagerModule",
    "llm-gateway": "modules.llm_gateway.module:LlmGatewayModule",
    "chat": "modules.chat.module:ChatModule",
}
CHILDREN = {
    "engine": "modules.llm_manager.infra.llama_cpp.child:main",
    "probe": "modkit.children.probe:main",
}
