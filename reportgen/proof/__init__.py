"""Built files read back by readers that did not write them, and compared with the model."""
