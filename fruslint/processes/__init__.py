"""Who does the work of a run: this process, others of this machine, the workers of a cluster."""
