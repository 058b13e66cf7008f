"""Who works with the institution, what each may do, and how that is asked before anything is done."""
