"""Vectors and models that somebody else made, read from their files: strictly, in blocks, and without running any code of theirs."""
