"""The workloads of an organisation: checked in batches by many processes, kept as Parquet, asked by SQL."""
