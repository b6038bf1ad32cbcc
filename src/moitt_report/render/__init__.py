"""Brief and theme to bytes."""
