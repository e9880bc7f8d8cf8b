"""The desktop shell: the window, the command line, and what starts the modules for both."""
