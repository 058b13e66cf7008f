"""Languages in which we speak to people: catalogues of sentences, and how dates, numbers and lists are written."""
