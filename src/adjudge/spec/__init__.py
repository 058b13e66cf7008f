"""The readable reference: what a policy means, paragraph by paragraph (LANGUAGE.md), and the laws it keeps."""
