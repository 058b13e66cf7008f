"""What the checks learn of conditions and dates before they judge them."""
