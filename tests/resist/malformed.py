"""Requests that no honest client sends, as bytes, and the statuses that may answer them (0: it just hangs up)."""

from __future__ import annotations

from typing import Final

REFUSED: Final = {400, 404, 405, 408, 413, 414, 415, 417, 422, 431, 501, 505}
"""Refusals; 501 and 505 are what RFC 9110 names for unknown methods and versions."""
REFUSED_OR_GONE: Final = {*REFUSED, 0}
ANY: Final = {*REFUSED, 200, 206, 304, 307, 416}

JSON: Final = b"Content-Type: application/json\r\n"
BODY: Final = b'{"cells": ["1"]}'


def get(path: bytes, *headers: bytes, version: bytes = b"HTTP/1.1", method: bytes = b"GET") -> bytes:
    """A request without a body that asks to be the last one of its connection."""
    lines = [method + b" " + path + b" " + version, b"Host: x", b"Connection: close", *headers]
    return b"\r\n".join([*lines, b"", b""])


def post(*headers: bytes, body: bytes = BODY, path: bytes = b"/api/trace") -> bytes:
    """A program, with whatever these headers say of its body."""
    lines = [b"POST " + path + b" HTTP/1.1", b"Host: x", b"Connection: close", b"Content-Type: application/json"]
    return b"\r\n".join([*lines, *headers, b"", body])


def chunked(body: bytes, *headers: bytes) -> bytes:
    """A program whose body claims to be in chunks."""
    return post(b"Transfer-Encoding: chunked", *headers, body=body)


LINES: Final = {
    "garbage": (b"qwertz\r\n\r\n", REFUSED),
    "bytes": (bytes(range(256)) * 8 + b"\r\n\r\n", REFUSED),
    "nul": (b"\0" * 1000, REFUSED_OR_GONE),
    "tls": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x11" * 500, REFUSED_OR_GONE),
    "http-0.9": (b"GET /healthz\r\n", REFUSED_OR_GONE),
    "http-1.0": (get(b"/healthz", version=b"HTTP/1.0"), {200}),
    "http-2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0", REFUSED),
    "http-9.9": (get(b"/", version=b"HTTP/9.9"), {200, *REFUSED}),
    "no-version-number": (get(b"/", version=b"HTTP/"), REFUSED),
    "other-protocol": (b"EHLO a\r\nMAIL FROM:<a>\r\n\r\n", REFUSED),
    "two-blanks": (b"GET  /healthz  HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", ANY),
    "bare-newlines": (b"GET /healthz HTTP/1.1\nHost: x\nConnection: close\n\n", ANY),
    "bare-returns": (b"GET /healthz HTTP/1.1\rHost: x\rConnection: close\r\r\n\r\n", REFUSED),
    "lower-case-method": (get(b"/healthz", method=b"get"), REFUSED),
    "nul-in-method": (get(b"/healthz", method=b"G\0T"), REFUSED),
    "unknown-method": (get(b"/api/trace", method=b"QWERTZ"), REFUSED),
    "odd-known-methods": (get(b"/api/trace", method=b"PROPFIND"), REFUSED),
    "long-method": (get(b"/", method=b"G" * 100_000), REFUSED_OR_GONE),
    "connect": (get(b"example.org:443", method=b"CONNECT"), REFUSED),
    "trace": (get(b"/", b"X-Secret: qwertz", method=b"TRACE"), REFUSED),
    "options-of-all": (get(b"*", method=b"OPTIONS"), REFUSED),
    "delete-of-a-page": (get(b"/", method=b"DELETE"), REFUSED),
    "absolute-form": (get(b"http://127.0.0.1/healthz"), ANY),
    "absolute-form-elsewhere": (get(b"http://evil.example/api/programs/qwertz"), REFUSED),
    "other-scheme": (get(b"file:///etc/passwd"), REFUSED),
    "nul-in-path": (get(b"/heal\0thz"), REFUSED),
    "latin-1-path": (get(b"/\xe4\xf6\xfc"), REFUSED),
    "relative-path": (get(b"healthz"), REFUSED),
    "empty-path": (get(b""), REFUSED),
    "half-an-escape": (get(b"/%"), REFUSED),
    "no-hexadecimal-escape": (get(b"/%zz%0g"), REFUSED),
    "overlong-utf-8": (get(b"/%c0%af%c0%ae"), REFUSED),
    "newline-in-path": (get(b"/healthz%0d%0aSet-Cookie:%20a=b"), REFUSED),
    "slashes": (get(b"/" * 10_000), ANY),
    "64-kB-path": (get(b"/" + b"a" * 65_536), REFUSED_OR_GONE),
    "1-MB-path": (get(b"/" + b"a" * 2**20), REFUSED_OR_GONE),
    "64-kB-query": (get(b"/?lang=" + b"a" * 65_536), {200, *REFUSED_OR_GONE}),
    "fragment": (get(b"/healthz#qwertz"), ANY),
    "queries": (get(b"/?" + b"&".join(b"lang=%d" % i for i in range(5_000))), {200, *REFUSED}),
    "odd-language": (get(b"/?lang=%ff%00&lang[]=1&lang=zh&=&&=&lang"), {200}),
}

HEADERS: Final = {
    "no-host": (b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", ANY),
    "two-hosts": (get(b"/healthz", b"Host: y"), ANY),
    "odd-host": (get(b"/", b"Host: \"><script>alert('qwertz')</script>"), ANY),
    "no-colon": (get(b"/healthz", b"qwertz"), REFUSED),
    "blank-before-colon": (post(b"Content-Length : 5"), REFUSED),
    "blank-before-name": (get(b"/healthz", b" folded: qwertz"), ANY),
    "no-name": (get(b"/healthz", b": qwertz"), REFUSED),
    "nul-in-name": (get(b"/healthz", b"X-\0: 1"), REFUSED),
    "nul-in-value": (get(b"/healthz", b"X-A: a\0b"), REFUSED),
    "latin-1-value": (get(b"/healthz", b"X-A: \xe4\xff\x80"), ANY),
    "return-in-value": (get(b"/healthz", b"X-A: a\rSet-Cookie: a=b"), ANY),
    "10000-headers": (get(b"/healthz", *[b"X-%d: 1" % i for i in range(10_000)]), {200, *REFUSED_OR_GONE}),
    "1-MB-header": (get(b"/healthz", b"X-A: " + b"a" * 2**20), REFUSED_OR_GONE),
    "1-MB-header-name": (get(b"/healthz", b"X" * 2**20 + b": 1"), REFUSED_OR_GONE),
    "header-case": (get(b"/healthz", b"aCCEPT: */*", b"aCCEPT-eNCODING: GZIP"), {200}),
    "websocket": (
        get(b"/", b"Connection: Upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Key: eA==", b"Sec-WebSocket-Version: 13"),
        ANY,
    ),
    "websocket-to-a-program": (
        post(b"Connection: Upgrade", b"Upgrade: websocket", b"Content-Length: %d" % len(BODY)),
        ANY,
    ),
    "h2c": (get(b"/healthz", b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABk"), ANY),
    "unknown-expectation": (post(b"Expect: qwertz", b"Content-Length: %d" % len(BODY)), ANY),
    "forwarded-by-nobody": (get(b"/healthz", b"X-Forwarded-For: " + b"1.2.3.4, " * 1_000, b"X-Forwarded-Proto: qwertz"), {200}),
    "forwarded-nonsense": (get(b"/healthz", b"X-Forwarded-For: ::::, 999.1.1.1, \xff, ;", b"Forwarded: for=qwertz"), {200}),
    "accept-encoding-nonsense": (get(b"/", b"Accept-Encoding: gzip;q=banana, *;q=0, identity;q=-1, ;;;, \xff"), {200}),
    "accept-encoding-none": (get(b"/", b"Accept-Encoding: *;q=0"), ANY),
    "accept-encodings": (get(b"/", b"Accept-Encoding: " + b"gzip," * 2_000), {200, *REFUSED}),
    "accept-language-nonsense": (get(b"/", b"Accept-Language: zh;q=nan, en;q=1e999, ;q=, q, zh;q=-\xd9\xa3, *;q"), {200}),
    "accept-languages": (get(b"/", b"Accept-Language: " + b"zh;q=0.1," * 2_000), {200, *REFUSED}),
    "accept-nonsense": (get(b"/qwertz", b"Accept: text/html\xff;;q=, */*"), {404}),
    "page-id-nonsense": (post(b"X-Backpass-Page: \xff../\"'" + b"a" * 500, b"Content-Length: %d" % len(BODY)), {200}),
    "page-id-twice": (post(b"X-Backpass-Page: a", b"X-Backpass-Page: b", b"Content-Length: %d" % len(BODY)), {200}),
    "cookies": (get(b"/", b"Cookie: " + b"a=b; " * 2_000), {200, *REFUSED}),
    "since-nonsense": (get(b"/static/css/docs.css", b"If-Modified-Since: qwertz", b"If-None-Match: ,,W/\"\xff"), {200}),
    "since-the-far-future": (get(b"/static/css/docs.css", b"If-Modified-Since: Fri, 31 Dec 9999999 23:59:59 GMT"), {200, 304}),
    "content-type-nonsense": (
        b"POST /api/trace HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ;;=\xff;\r\nContent-Length: 2\r\n\r\n{}",
        {415},
    ),
    "content-type-twice": (post(b"Content-Type: text/plain", b"Content-Length: %d" % len(BODY)), {200, 400, 415}),
    "compressed-body": (
        post(b"Content-Encoding: gzip", b"Content-Length: 20", body=b"\x1f\x8b\x08" + b"\0" * 17),
        {400, 415},
    ),
}  # fmt: skip

LENGTHS: Final = {
    "length-and-chunks": (chunked(b"0\r\n\r\n", b"Content-Length: 5"), REFUSED),
    "chunks-and-length": (post(b"Content-Length: 5", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"), REFUSED),
    "two-lengths": (post(b"Content-Length: 16", b"Content-Length: 17"), REFUSED),
    "list-of-lengths": (post(b"Content-Length: 16, 17"), REFUSED),
    "negative-length": (post(b"Content-Length: -5"), REFUSED),
    "signed-length": (post(b"Content-Length: +16"), REFUSED),
    "hexadecimal-length": (post(b"Content-Length: 0x10"), REFUSED),
    "fractional-length": (post(b"Content-Length: 16.0"), REFUSED),
    "exponential-length": (post(b"Content-Length: 1e1"), REFUSED),
    "length-of-arabic-digits": (post(b"Content-Length: \xd9\xa1\xd9\xa6"), REFUSED),
    "empty-length": (post(b"Content-Length: "), REFUSED),
    "enormous-length": (post(b"Content-Length: " + b"9" * 30), REFUSED),
    "length-of-64-bits": (post(b"Content-Length: 18446744073709551617"), REFUSED_OR_GONE),
    "longest-number": (post(b"Content-Length: " + b"9" * 10_000), REFUSED_OR_GONE),
    "too-short-length": (post(b"Content-Length: 3"), REFUSED),
    "no-length": (post(), REFUSED),
    "oversized-and-expecting": (post(b"Content-Length: 10000000", b"Expect: 100-continue", body=b""), {100, *REFUSED}),
    "chunk-without-a-size": (chunked(b"\r\n\r\n"), REFUSED),
    "chunk-of-no-number": (chunked(b"zz\r\n{}\r\n0\r\n\r\n"), REFUSED),
    "negative-chunk": (chunked(b"-2\r\n{}\r\n0\r\n\r\n"), REFUSED),
    "enormous-chunk": (chunked(b"F" * 30 + b"\r\n{}\r\n0\r\n\r\n"), REFUSED),
    "chunk-of-64-bits": (chunked(b"10000000000000002\r\n{}\r\n0\r\n\r\n"), REFUSED_OR_GONE),
    "chunk-too-long": (chunked(b"2\r\n{}{}{}\r\n0\r\n\r\n"), REFUSED),
    "chunk-extension": (chunked(b"2;" + b"a" * 100_000 + b"\r\n{}\r\n0\r\n\r\n"), REFUSED_OR_GONE),
    "many-chunks": (chunked(b"1\r\n \r\n" * 30_000 + b"0\r\n\r\n"), REFUSED),
    "trailers": (chunked(b"2\r\n{}\r\n0\r\nContent-Length: 3\r\nHost: y\r\n\r\n"), REFUSED),
    "endless-trailers": (chunked(b"2\r\n{}\r\n0\r\n" + b"X: 1\r\n" * 50_000 + b"\r\n"), REFUSED_OR_GONE),
    "chunked-twice": (post(b"Transfer-Encoding: chunked, chunked", body=b"2\r\n{}\r\n0\r\n\r\n"), REFUSED),
    "unknown-coding": (post(b"Transfer-Encoding: qwertz", body=b"2\r\n{}\r\n0\r\n\r\n"), REFUSED_OR_GONE),
    "obscured-coding": (post(b"Transfer-Encoding: xchunked", b"Content-Length: 2", body=b"{}"), REFUSED_OR_GONE),
    "coding-not-last": (post(b"Transfer-Encoding: chunked, identity", body=b"2\r\n{}\r\n0\r\n\r\n"), REFUSED_OR_GONE),
    "body-of-a-get": (get(b"/healthz", b"Content-Length: 2") + b"{}", ANY),
    "smuggled": (get(b"/healthz", b"Content-Length: 0") + b"GET /api/qwertz HTTP/1.1\r\n\r\n", {200}),
}

TRAVERSALS: Final = [
    "../app/main.py", "../../etc/passwd", "..%2fapp/main.py", "..%2Fapp%2Fmain.py", "%2e%2e/app/main.py",
    "%2e%2e%2fapp%2fmain.py", "..%5capp%5cmain.py", "..\\app\\main.py", "..%255capp%255cmain.py",
    "%252e%252e%252fapp/main.py", ".%2e/app/main.py", "css/../../app/main.py", "css/..%2f..%2fapp/main.py",
    "@x/../../app/main.py", "@x/..%2f..%2fapp/main.py", "@/..%2fapp/main.py", "@..%2f..%2fapp/main.py",
    "/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "@x//etc/passwd", "@x/%2fetc%2fpasswd", "....//app/main.py",
    "..;/app/main.py", "..%00/app/main.py", "css/docs.css%00.js", "%00", "css%00/docs.css", "css",
    "css/", "", ".", "..", "%2e", "%c0%ae%c0%ae/app/main.py", "..%c0%afapp/main.py", "..%u2215app/main.py",
    "～/app/main.py", "~root/.bashrc", "C:/Windows/win.ini", "c:%5cwindows%5cwin.ini", "css/docs.css::$DATA", "con",
    "%ff%fe", "@", "@@", "a" * 5_000, "a/" * 3_000, "../" * 500 + "etc/passwd", "proc/self/environ",
]  # fmt: skip

RANGES: Final = {
    "bytes=0-0": {206}, "bytes=-1": {206}, "bytes=0-": {200, 206}, "bytes=5-2": {200, 400, 416},
    "bytes=99999999999999999999-": {200, 416}, "bytes=-99999999999999999999": {200, 206, 416},
    "bytes=a-b": {200, 400, 416}, "bytes=": {200, 400, 416}, "bytes=--1": {200, 400, 416}, "qwertz=0-1": {200, 400, 416},
    "bytes=0-0," * 1_000 + "1-1": {200, 206, 400, 416}, "bytes=" + "0-," * 1_300 + "0-": {200, 206, 400, 416},
    "bytes=0-1,1-2,0-9,3-4,2-8": {200, 206, 416}, "bytes=\u0661-\u0662": {200, 400, 416}, "bytes=1_0-2_0": {200, 206, 400, 416},
    "bytes=+1-+2": {200, 206, 400, 416}, "bytes= 0 - 1": {200, 206, 400, 416},
}  # fmt: skip
