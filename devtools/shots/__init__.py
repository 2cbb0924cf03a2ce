"""Pictures of every page, dialog and state of the window, to be looked at."""
