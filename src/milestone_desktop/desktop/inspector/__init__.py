"""All of one milestone or work item at the side of the window."""
