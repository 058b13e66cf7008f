"""Getting in: invitations, signing in, second factors, the identity provider."""
