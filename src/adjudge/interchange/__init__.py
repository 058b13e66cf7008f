"""Data that come from elsewhere and go elsewhere: files with a mapping in, tables of Parquet out, and no database."""
