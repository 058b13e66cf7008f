"""A package as SQL over tables of claims: for DuckDB now, in the subset that other engines of SQL share.

Integers only, no operator that dialects write otherwise: no shift, no exclusive or, no division. See decision 0028.
"""
