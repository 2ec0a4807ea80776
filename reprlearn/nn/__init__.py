"""Models: one a file, each returning tensors and never losses. Their configurations are in `config`."""
