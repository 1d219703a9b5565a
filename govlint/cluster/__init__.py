"""Many machines: the files of a run put to the workers of a Dask cluster."""
