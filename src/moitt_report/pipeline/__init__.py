"""One module per thing that is done: the only place where intake, filing and renderers meet."""
