"""The words of libyaml's parser as sentences of ours, so that they can be said in other languages.

Not a change of what it says: in English they are its own words. A message that is not here is quoted as it is.
"""

from adjudge.basis.said import Said, say, verbatim


def said_by_parser(message: str) -> Said:
    """A message of libyaml."""
    return _SAID.get(message, verbatim(message))


_SENTENCES = (
    # characters
    say("control characters are not allowed"),
    say("invalid Unicode character"),
    say("found invalid Unicode character escape code"),
    say("found unknown escape character"),
    say("found character that cannot start any token"),
    say("found unexpected non-alphabetical character"),
    say("did not find expected alphabetic or numeric character"),
    say("did not find expected hexdecimal number"),
    # structure
    say("did not find expected key"),
    say("did not find expected node content"),
    say("did not find expected {wanted}", wanted="<document start>"),
    say("did not find expected {mark} indicator", mark="'-'"),
    say("did not find expected {one} or {other}", one="','", other="']'"),
    say("did not find expected {one} or {other}", one="','", other="'}'"),
    say("did not find expected {wanted}", wanted="'!'"),
    say("did not find the expected {wanted}", wanted="'>'"),
    say("could not find expected {wanted}", wanted="':'"),
    say("found unexpected {found}", found="':'"),
    say("mapping values are not allowed in this context"),
    say("mapping keys are not allowed in this context"),
    say("block sequence entries are not allowed in this context"),
    say("found unexpected end of stream"),
    say("found unexpected document indicator"),
    # white space
    say("found a tab character that violates indentation"),
    say("found a tab character where an indentation space is expected"),
    say("found an indentation indicator equal to 0"),
    say("did not find expected comment or line break"),
    say("did not find expected whitespace"),
    say("did not find expected whitespace or line break"),
    # directives and tags
    say("could not find expected directive name"),
    say("found unknown directive name"),
    say("did not find expected version number"),
    say("did not find expected digit or {mark} character", mark="'.'"),
    say("found extremely long version number"),
    say("found incompatible YAML document"),
    say("found duplicate {directive} directive", directive="%YAML"),
    say("found duplicate {directive} directive", directive="%TAG"),
    say("found undefined tag handle"),
    say("did not find expected tag URI"),
    say("did not find URI escaped octet"),
)
_SAID: dict[str, Said] = {sentence: sentence for sentence in _SENTENCES}
