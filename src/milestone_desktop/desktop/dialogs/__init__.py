"""Questions that need more than one field."""
