"""Files in: everything that opens a file somebody sent."""
