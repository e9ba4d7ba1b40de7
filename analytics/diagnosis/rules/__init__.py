"""D01 to D28: each a small function from a case to a verdict, or to nothing."""
