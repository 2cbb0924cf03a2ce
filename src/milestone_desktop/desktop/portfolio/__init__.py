"""The picture of all projects, or of all people: lanes of milestones one below the other."""
