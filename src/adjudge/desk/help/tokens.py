"""The tokens of the design, read from the style sheet itself, so that what is shown cannot drift from it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from adjudge.desk.frame.outside import style_text

_ROOT = re.compile(r":root \{(?P<body>[^}]*)\}")
_TOKEN = re.compile(r"--(?P<name>[a-z0-9-]+): (?P<value>[^;]+);")
SCHEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by kind, with their values: tones by scheme, and steps, sizes of type and typefaces in both alike."""

    tones: Mapping[str, Mapping[str, str]]
    steps: Mapping[str, str]
    sizes: Mapping[str, str]
    faces: Mapping[str, str]
    others: Mapping[str, str]

    @property
    def names(self) -> Sequence[str]:
        """All of them."""
        return [*self.tones["light"], *self.steps, *self.sizes, *self.faces, *self.others]


@cache
def tokens() -> Tokens:
    """The tokens: the first block of the sheet has those of a light scheme, the second the tones of a dark one."""
    light, dark = (
        {found["name"]: found["value"] for found in _TOKEN.finditer(block["body"])}
        for block in list(_ROOT.finditer(style_text()))[:2]
    )
    rest = {name: value for name, value in light.items() if name not in dark}
    steps = {name: value for name, value in rest.items() if re.fullmatch(r"s\d", name)}
    sizes = {name: value for name, value in rest.items() if name.startswith("t-")}
    faces = {name: value for name, value in rest.items() if "," in value and name not in sizes}
    taken = {**steps, **sizes, **faces}
    return Tokens(
        tones={"light": {name: light[name] for name in dark}, "dark": dark},
        steps=steps,
        sizes=sizes,
        faces=faces,
        others={name: value for name, value in rest.items() if name not in taken},
    )


@cache
def scheme_sheet() -> str:
    """A style sheet that has both schemes stand on one page, whichever its reader prefers, and signs for tokens."""
    found = tokens()
    lines = [
        f".scheme-{scheme} {{ color-scheme: {scheme}; {_declared(found.tones[scheme])} }}"
        for scheme in SCHEMES
    ]
    lines += [f".swatch-{name} {{ background: var(--{name}); }}" for name in found.tones["light"]]
    lines += [f".step-{name} {{ inline-size: var(--{name}); }}" for name in found.steps]
    lines += [f".size-{name} {{ font-size: var(--{name}); }}" for name in found.sizes]
    lines += [f".face-{name} {{ font-family: var(--{name}); }}" for name in found.faces]
    return "\n".join(lines) + "\n"


def _declared(tones: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tones.items())
