"""Returns filed: a register of who filed what and when, and the ministry's folder that follows it."""
