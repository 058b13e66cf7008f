"""Plain objects as one text, so that two can be compared, and the same one always has the same bytes."""

import json
from collections.abc import Mapping

from adjudge.basis.reading.json_text import Plain


def object_text(tree: Mapping[str, Plain]) -> str:
    """As the log seals what came from outside: keys in order, numbers as they are, decimals as texts."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
