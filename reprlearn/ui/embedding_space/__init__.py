"""The parts of the Embedding space page that hold state: what is asked (`controls`), what is drawn (`scene`), what is said and
listed beside it (`panels`), and what can be taken away (`export`)."""
