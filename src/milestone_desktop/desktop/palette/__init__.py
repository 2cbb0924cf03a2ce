"""The command palette: every action and every thing by name, and short commands."""
