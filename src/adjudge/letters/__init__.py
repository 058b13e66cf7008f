"""Letters: what is told to an advertiser, as HTML, plain text and PDF that say the same in the same words."""
