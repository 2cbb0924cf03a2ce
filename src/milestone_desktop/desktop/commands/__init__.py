"""What the actions do. Each function takes the window."""
