"""The parts of the Library page: files that were uploaded (`staging`), making a run of them (`adding`), the runs there are (`listing`)."""
