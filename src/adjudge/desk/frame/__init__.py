"""What all pages stand in: who visits, in which language, the frame around a page, forms that act."""
