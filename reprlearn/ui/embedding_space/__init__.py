"""The parts of the Embedding space page that hold state: what is asked (`controls`, `search`), what is drawn (`scene`,
`computing`), what is said and listed beside it (`panels`, `sentences`, `trust`), and what can be taken away (`export`).
`kinds` knows what the rows of a run are called."""
