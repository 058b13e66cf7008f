"""Whom else a reason reaches, and how like cases were treated, as people read it."""
