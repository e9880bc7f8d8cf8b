"""The built-in modules, for frozen builds, which cannot read entry points; a test holds both lists equal."""

from __future__ import annotations

MODULES = {
    "settings": "modules.settings.module:SettingsModule",
    "jobs-manager": "modules.jobs_manager.module:JobsManagerModule",
    "llm-manager": "modules.llm_manager.module:LlmManagerModule",
    "llm-gateway": "modules.llm_gateway.module:LlmGatewayModule",
    "chat": "modules.chat.module:ChatModule",
    "backups": "modules.backups.module:BackupsModule",
    "file-parser": "modules.file_parser.module:FileParserModule",
    "local-search-index": "modules.local_search_index.module:LocalSearchIndexModule",
    "portability": "modules.portability.module:PortabilityModule",
    "rag": "modules.rag.module:RagModule",
}
