"""The framework under every module: it knows no module and no Qt."""
