"""The decisions of llm-manager, one file per use case; infrastructure comes in through ports."""
