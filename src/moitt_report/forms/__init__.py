"""Forms out: what is sent to an agency to be filled in."""
