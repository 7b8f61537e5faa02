"""Numbers and values as the bytes of the index."""

from __future__ import annotations

import json
import zlib


def put_varint(written: bytearray, value: int) -> None:
    """Append a number: seven bits a byte, the lowest first, the high bit set in all but the last."""
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)


def compressed(data: bytes | bytearray) -> bytes:
    """Bytes in the zlib format (RFC 1950), which browsers call deflate and which has no field for a time or system."""
    return zlib.compress(data, 9)


def packed(value: object) -> bytes:
    """A value as compressed JSON."""
    return compressed(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
