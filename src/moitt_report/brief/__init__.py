"""What the reader will see, whatever the format."""
