"""The check over HTTP, for programs in other languages: processes beside the server of ads that follow one folder."""
