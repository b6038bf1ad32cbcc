"""What shows only when figures stand side by side: errors, and warnings that need a reason."""
