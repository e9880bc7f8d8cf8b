"""What the pages show and do, without a window: state, verbs and list models over the modules' contracts."""
