"""Which machines a webhook may name: those of the public network, told from every address that a name has.

A name is looked up once, and the connection goes to an address that was looked at: a second look-up might answer
otherwise. Without this, whoever settles a webhook could have us ask the machines beside us.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_URL = 500
HTTPS = 443
_HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}", re.ASCII)
_WORD = re.compile(r"[\x21-\x7e]+", re.ASCII)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class PrivateAddressError(OSError):
    """A name that leads, by any of its addresses, into a network that is not public."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a webhook is: the host, its port, and what is asked for there."""

    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host and the port as a header names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS else f"{host}:{self.port}"


def target_of(url: str) -> Target | None:
    """The target of an address; None where it is no address of a webhook: by HTTPS, without a name or password."""
    if len(url) > LONGEST_URL or not _WORD.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or "@" in parts.netloc or "#" in url or not _HOST.fullmatch(host):
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host, HTTPS if port is None else port, path) if port != 0 else None


def connect(target: Target, timeout: int, *, private: bool) -> socket.socket:
    """A connection to the target. Raises OSError; PrivateAddressError where it is not to be reached."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(item[4][0]) for item in found))
    if not addresses:
        raise OSError("the name has no address")
    if not private and not all(is_public(address) for address in addresses):
        raise PrivateAddressError("the name leads into a network that is not public")
    return _first_of(addresses, target.port, timeout)


def _first_of(addresses: list[str], port: int, timeout: int) -> socket.socket:
    """A connection to the first address that answers, of a few."""
    last: OSError | None = None
    for address in addresses[:3]:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            last = error
    raise last or OSError("the name has no address")


def is_public(text: str) -> bool:
    """Whether an address is one of the public network; also where it carries another one within it."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_global(item) for item in (address, *_within(address)))


def _within(address: IPAddress) -> tuple[IPAddress, ...]:
    """The addresses that one of the newer kind carries: a gateway would go on to them."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    teredo = address.teredo or ()
    nat64 = (ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF),) if address in _NAT64 else ()
    return tuple(item for item in (address.ipv4_mapped, address.sixtofour, *teredo, *nat64) if item)


def _is_global(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None or address in _NAT64:
            return True  # what it carries is looked at by itself
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
