"""Plots of counts as SVG, drawn on the server: bars and lines. The numbers stand in a table beside each."""
