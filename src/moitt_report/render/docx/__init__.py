"""The Word file."""
