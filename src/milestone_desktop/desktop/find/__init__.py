"""Finding words in the plan: the bar, and what it has found."""
