"""One module per thing that is done: the only place where intake and renderers meet, and that writes files."""
