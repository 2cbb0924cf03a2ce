"""Every field of milestones and work items as a column: what it says, how it sorts, how it is read and written."""
