"""What travels over HTTP: the forms of requests and answers, from which the description in OpenAPI is made."""
