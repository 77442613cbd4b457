"""What pipelines say of a workload, whichever product runs them: builders, registries, access to AWS."""
