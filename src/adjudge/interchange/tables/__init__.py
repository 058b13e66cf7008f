"""The layout `adjudge-data/1`: tables of Parquet with a manifest, written, read and checked."""
