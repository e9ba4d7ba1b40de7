"""Events go on to other tools: off unless the environment names them, and never from a web request."""
