"""The ONNX Runtime plugin: encoders that were converted here, run in a child of their own. Embeds and nothing else."""
