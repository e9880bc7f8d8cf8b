"""The places that model files come from, each a plugin behind the same port."""
