"""What is wrong with the settings of what the program tells of itself: logs and traces. Not the telling."""

import re
from collections.abc import Mapping

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say

FORMATS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")
_ENDPOINT = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,255}(/[A-Za-z0-9._~/-]{0,500})?", re.ASCII)


def check_telling(given: Mapping[str, str], log: ProblemLog) -> None:
    """Problems where a form or a level is none, or traces would lead nowhere."""
    for name, words in (("ADJUDGE_LOG_FORMAT", FORMATS), ("ADJUDGE_LOG_LEVEL", LEVELS)):
        if given[name] not in words:
            log.add("bad-value", say("write one of {ways}", ways=words), where=name)
    endpoint = given["ADJUDGE_OTLP_ENDPOINT"]
    if endpoint and not _ENDPOINT.fullmatch(endpoint):
        message = say("{text} is no address of a site", text=quoted(endpoint))
        hint = say("write `http://localhost:4318`, where a collector listens")
        log.add("bad-value", message, where="ADJUDGE_OTLP_ENDPOINT", hint=hint)
