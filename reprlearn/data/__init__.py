"""Text corpora, vocabularies and labelled texts. Import the modules by name: this one loads nothing."""
