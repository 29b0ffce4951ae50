"""Notes and pages of a document: markers weighed against notes, the source note, what stands out of sequence."""
