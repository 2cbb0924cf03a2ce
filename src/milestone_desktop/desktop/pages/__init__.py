"""What stands behind the tabs of the window."""
