"""The Context page in parts: a word's occurrences, two sentences of one's own, the words that spread most, attention, blanks."""
