"""First drafts for authors: a policy, a rule, a case; valid at once, with comments that lead on."""
