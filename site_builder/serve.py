"""The preview: builds the site, serves it as GitHub Pages would, follows edits and reloads the browser.

What it adds to a page (a script, and leave for that script in the page's Content-Security-Policy) is added on the way
out; the files of the build stay as they are. Pages tell each other apart by a version, which changes with every build
that changed a file, and when the pages that somebody looks at are made before many others; a page of another version
than the newest reloads itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import html
import ipaddress
import json
import os
import re
import secrets
import signal
import socket
import threading
import traceback
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.staticfiles import NotModifiedResponse

from site_builder import pipeline
from site_builder.ledger import Ledger
from site_builder.output import Change
from site_builder.pipeline import Options, Report
from site_builder.places import SETTINGS
from site_builder.problems import Location, Problem, as_lines, counted, error, place, seen_from
from site_builder.reading.document import read_settings

Say = Callable[[str], None]

_CLIENT = Path(__file__).parent / "preview"
_OWN = "__preview__/"
#: Seconds between signs of life on a quiet event stream: a connection whose browser is gone is noticed by then.
_PULSE = 15.0
#: Milliseconds between looks at whether the watched folders are still the same ones.
_LOOK = 500
#: Milliseconds for which nothing more may change before a build begins, and for which it is put off at most.
_QUIET, _GATHER = 10, 200
#: Seconds without a change after which the search index is made anew.
_LULL = 2.0
#: Seconds that a download in progress may delay the end.
_GRACE = 2
_MOST_LISTED = 100
#: Pages asked for last, some of them again and again, that are made first when many are due.
_MOST_VISITED = 16


def serve(
    options: Options, *, host: str = "127.0.0.1", port: int = 8000, base_path: str | None = None, say: Say
) -> int:
    """Preview the site until interrupted; says what happens line by line, and returns the exit status.

    The site is built into `options.output`, for the preview's own address unless `options.base_url` is given. It lies
    below `base_path`, by default the path of the base_url given or else configured at the start. Port 0 takes any free
    port. The status is 0 after an interrupt, 1 where the address cannot be listened on, 2 for a wrong `base_path`.
    """
    base = _base(base_path if base_path is not None else urlsplit(options.base_url or _configured(options)).path)
    if {".", ".."} & set(base.split("/")):
        say(f"--base-path: {base_path!r} has dots for a folder's name")
        return 2
    try:
        listener = _listen(host, port)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            say(f"port {port} is in use; choose another with --port")
        else:
            say(f"cannot listen on {host}, port {port}: {fault.strerror}")
        return 1
    with listener:
        bound, number = listener.getsockname()[:2]
        address = f"http://{_shown_host(host)}:{number}{quote(base)}"
        say(f"Preview: {address} (Ctrl-C ends it)")
        options = replace(options, base_url=options.base_url or address)
        feed = Feed()
        hosts = _hosts(host) if ipaddress.ip_address(bound).is_loopback else ["*"]
        app = application(feed, options.output, base, hosts)
        _take_signals()
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(_Server(app, feed), listener, options, feed, say))
    return 0


def _configured(options: Options) -> str:
    """The base_url of site.yaml; empty where it cannot be read."""
    try:
        config = read_settings((options.content / SETTINGS).read_bytes(), SETTINGS).value
    except OSError:
        return ""
    return config.base_url if config else ""


def _base(path: str) -> str:
    """A base path as it is compared: decoded, with one slash at each end."""
    return "/".join(["", *(part for part in unquote(path).split("/") if part), ""])


def _listen(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(address[:2], family=family)


def _shown_host(host: str) -> str:
    if host in ("0.0.0.0", "::", ""):
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _hosts(host: str) -> list[str]:
    """The names by which a browser may ask for a loopback server; another name is a foreign site's DNS trick."""
    return ["localhost", "127.0.0.1", "[::1]", _shown_host(host)]


def _take_signals() -> None:
    """Let a request to terminate end the preview like Ctrl-C, so that a temporary output is cleared away."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


async def _run(server: _Server, listener: socket.socket, options: Options, feed: Feed, say: Say) -> None:
    due, stopping = Due(), threading.Event()
    due.call(None)
    # Watching comes first: what changes while the first build runs leads to a second.
    tasks = [
        asyncio.create_task(watch(options, due, say)),
        asyncio.create_task(_keep_built(options, feed, due, stopping, say)),
    ]
    try:
        await server.serve(sockets=[listener])
    finally:
        stopping.set()
        for task in tasks:
            task.cancel()


class _Server(uvicorn.Server):
    """A server that ends its event streams before it waits for connections to end."""

    def __init__(self, app: Starlette, feed: Feed) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        self._feed = feed

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._feed.close()
        await super().shutdown(sockets)


# --- Building --------------------------------------------------------------------------------------------------------


class Status(NamedTuple):
    """What the last build left: the pages' version, whether there are any pages, whether it was good, its problems.

    `run` tells the versions of one run of the server from those of another.
    """

    run: str
    number: int = 0
    built: bool = False
    good: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def version(self) -> str:
        """The version of the pages."""
        return f"{self.run}.{self.number}"


def after(status: Status, report: Report) -> Status:
    """The status after a build. The version is kept where no page can look different."""
    changed = report.done and (not status.good or report.change.written + report.change.removed > 0)
    return Status(
        run=status.run,
        number=status.number + (changed or not status.built),
        built=status.built or report.done,
        good=report.done,
        problems=report.problems,
    )


class _GivenUpError(Exception):
    """The preview ends while a build runs."""


class Due:
    """Whether a build is due, and for which files: None where any may have changed."""

    def __init__(self) -> None:
        """None is due yet."""
        self._called = asyncio.Event()
        self._paths: frozenset[str] | None = frozenset()

    def call(self, paths: Iterable[str] | None) -> None:
        """Call for a build after these files have changed (or whichever have), and all that were called for before."""
        self._paths = None if paths is None or self._paths is None else self._paths.union(paths)
        self._called.set()

    async def wait(self) -> None:
        """Wait until a build is due."""
        await self._called.wait()

    def take(self) -> frozenset[str] | None:
        """The files for which a build is due, which is begun now."""
        paths, self._paths = self._paths, frozenset()
        self._called.clear()
        return paths


async def _keep_built(options: Options, feed: Feed, due: Due, stopping: threading.Event, say: Say) -> None:
    """Build whenever it is due, one build at a time."""

    loop = asyncio.get_running_loop()

    def go_on(_stage: str, _done: int, _of: int) -> None:
        if stopping.is_set():
            raise _GivenUpError

    def shown() -> None:
        loop.call_soon_threadsafe(lambda: feed.publish(feed.status._replace(number=feed.status.number + 1)))

    ledger = Ledger(options.content, options.output)
    pages = replace(options, search="later") if options.search == "now" else options
    done = False
    while True:
        await due.wait()
        changed = due.take()
        # After a build that was not done there is more to look at than what has changed since.
        progress = pipeline.Watch(go_on, lambda: frozenset(feed.visited), shown)
        report = await asyncio.to_thread(_attempt, pages, progress, ledger, say, changed if done else None)
        done = report.done
        feed.publish(after(feed.status, _seen_from_here(report, options)))
        for line in _told(report, options):
            say(line)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(due.wait(), _LULL)
            continue
        # Nobody is writing just now: the search index may follow, all files be looked at for changes that nobody told
        # of, and what is known be kept for the next preview.
        if done:
            report = await asyncio.to_thread(_attempt, options, pipeline.Watch(go_on), ledger, say, None)
            done = report.done
        await asyncio.to_thread(pipeline.keep, options, ledger)


def _attempt(
    options: Options, progress: pipeline.Watch, ledger: Ledger, say: Say, changed: frozenset[str] | None
) -> Report:
    """A build whose failure, too, is a report."""
    try:
        return pipeline.build(options, progress, ledger, changed)
    except _GivenUpError:
        problems = []
    except OSError as fault:
        problems = [error("system", fault.strerror or str(fault), Location(str(fault.filename or options.output)))]
    except Exception as fault:  # whatever a build stumbles over, the preview goes on
        frame = traceback.extract_tb(fault.__traceback__)[-1]
        place = Location(Path(frame.filename).name, frame.lineno or 0)
        problems = [error("crash", f"{type(fault).__name__}: {fault}", place, "the terminal says more")]
        say("".join(traceback.format_exception(fault)).rstrip())
    return Report(False, tuple(problems), Change(0, 0, 0), 0, 0.0, ())


def _seen_from_here(report: Report, options: Options) -> Report:
    return report._replace(problems=tuple(seen_from(options.content, problem) for problem in report.problems))


def _told(report: Report, options: Options) -> list[str]:
    """What is said of a build."""
    lines = [line for problem in report.problems for line in as_lines(seen_from(options.content, problem))]
    if not report.done:
        return [*lines, f"Not built: {counted(report.problems)}."] if lines else []
    change = report.change
    files = f"{change.written} files written, {change.removed} removed"
    return [*lines, f"{report.pages} pages: {files}, {report.seconds:.2f} seconds."]


# --- Watching --------------------------------------------------------------------------------------------------------


async def watch(options: Options, due: Due, say: Say) -> None:
    """Call for a build whenever the content or a templates folder changes, vanishes or returns. Never returns."""
    made = [f"{path.resolve()}{os.sep}" for path in (options.output, options.cache) if path]
    relevant = watchfiles.DefaultFilter(ignore_paths=made)
    polling: bool | None = None
    stood = False
    while True:
        folders = _folders(options)
        events = watchfiles.awatch(
            *folders,
            watch_filter=relevant,
            debounce=_GATHER,
            step=_QUIET,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            force_polling=polling,
        )
        try:
            async with contextlib.aclosing(events):
                async for changes in events:
                    stands = options.output.is_dir()
                    if stood and not stands:
                        due.call(None)
                    elif changes:
                        due.call(path for _, path in changes)
                    stood = stands
                    # A folder that was deleted or moved is no longer watched, even if one of its name is back.
                    if folders != _folders(options) or any(path in folders for _, path in changes):
                        break
            due.call(None)
        except FileNotFoundError:
            await asyncio.sleep(_LOOK / 1000)
        except (OSError, RuntimeError) as fault:
            if not polling:
                say(f"The system does not tell of changes ({fault}); they are looked for instead.")
            polling = True
            await asyncio.sleep(_LOOK / 1000)


def _folders(options: Options) -> dict[str, tuple[int, int]]:
    """The folders to watch that exist, and which folder on the disk each is."""
    found = {}
    for path in (options.content, *pipeline.theme_folders(options)):
        with contextlib.suppress(OSError):
            stat = path.stat()
            found[str(path.resolve())] = (stat.st_dev, stat.st_ino)
    return found


# --- Telling the browser ---------------------------------------------------------------------------------------------


class Feed:
    """The newest status, whoever waits for a newer one, and the paths of the pages that were asked for last.

    Used within one event loop, but `status` and `visited` anywhere.
    """

    def __init__(self) -> None:
        """Begin before the first build."""
        self.status = Status(secrets.token_hex(4))
        self.visited: deque[str] = deque(maxlen=_MOST_VISITED)
        self._news = asyncio.Event()
        self._open = True

    def publish(self, status: Status) -> None:
        """Tell everyone who listens."""
        self.status = status
        self._wake()

    def close(self) -> None:
        """End all streams."""
        self._open = False
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def stream(self, pulse: float = _PULSE) -> AsyncIterator[str]:
        """Server-sent events: the status now and whenever it changes, and a comment after `pulse` quiet seconds.

        Nothing is queued: who was slow is told the newest status only.
        """
        told = None
        while self._open:
            news, status = self._news, self.status
            if status is not told:
                told = status
                yield _event(status)
                continue
            try:
                await asyncio.wait_for(news.wait(), pulse)
            except TimeoutError:
                yield ": alive\n\n"


def _event(status: Status) -> str:
    data = {
        "version": status.version,
        "summary": _summary(status),
        "good": status.good,
        "problems": [
            {"place": place(problem), "severity": problem.severity, "message": problem.message, "hint": problem.hint}
            for problem in status.problems[:_MOST_LISTED]
        ],
    }
    return f"id: {status.version}\nretry: 1000\ndata: {json.dumps(data)}\n\n"


def _summary(status: Status) -> str:
    more = f" (the first {_MOST_LISTED} are listed)" if len(status.problems) > _MOST_LISTED else ""
    kept = "; this page is from the last good build" if status.built and not status.good else ""
    return counted(status.problems) + more + kept


# --- Serving ---------------------------------------------------------------------------------------------------------


class Moved(NamedTuple):
    """The answer to a path that is another's: where to (decoded), and the status."""

    path: str
    status: int


def resolve(root: Path, base: str, path: str) -> Path | Moved | None:
    """What a decoded request path leads to, by the rules of GitHub Pages: a file below `root`, another path or nothing.

    `base` begins and ends with a slash. Hidden files are not published, and nothing outside `root` is ever found,
    whatever the path or a symbolic link says.
    """
    if path == "/" != base:
        return Moved(base, 307)
    if path + "/" == base:
        return Moved(base, 301)
    if not path.startswith(base):
        return None
    *folders, last = path.removeprefix(base).split("/")
    names = [*folders, last or "index.html"]
    if any(not name or name.startswith(".") or "\\" in name for name in names):
        return None
    file = root.joinpath(*names)
    found = _inside(root, file) or (_inside(root, file.with_name(f"{file.name}.html")) if last else None)
    if found:
        return found
    return Moved(f"{path}/", 301) if last and _inside(root, file / "index.html") else None


def _inside(root: Path, file: Path) -> Path | None:
    try:
        real = file.resolve(strict=True)
        return real if real.is_file() and real.is_relative_to(root.resolve()) else None
    except (OSError, ValueError, RuntimeError):  # no such file; a NUL in its name; links in a circle
        return None


_TEXT = "; charset=utf-8"
_TYPES = {
    ".html": f"text/html{_TEXT}",
    ".htm": f"text/html{_TEXT}",
    ".css": f"text/css{_TEXT}",
    ".js": f"text/javascript{_TEXT}",
    ".mjs": f"text/javascript{_TEXT}",
    ".json": f"application/json{_TEXT}",
    ".map": f"application/json{_TEXT}",
    ".jsonld": f"application/ld+json{_TEXT}",
    ".geojson": f"application/geo+json{_TEXT}",
    ".webmanifest": f"application/manifest+json{_TEXT}",
    ".xml": f"application/xml{_TEXT}",
    ".rss": f"application/rss+xml{_TEXT}",
    ".atom": f"application/atom+xml{_TEXT}",
    ".svg": f"image/svg+xml{_TEXT}",
    ".txt": f"text/plain{_TEXT}",
    ".md": f"text/markdown{_TEXT}",
    ".csv": f"text/csv{_TEXT}",
    ".ttl": f"text/turtle{_TEXT}",
    ".bib": f"application/x-bibtex{_TEXT}",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".zip": "application/zip",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".wasm": "application/wasm",
}


def media_type(path: Path) -> str:
    """The Content-Type of a file, the same on every machine."""
    return _TYPES.get(path.suffix.lower(), "application/octet-stream")


def application(feed: Feed, root: Path, base: str, hosts: list[str]) -> Starlette:
    """The web application that serves the build in `root` below `base` to whoever asks for one of `hosts`."""
    fresh = {"cache-control": "no-cache"}

    async def events(request: Request) -> Response:
        stream = feed.stream() if request.method == "GET" else ""
        return StreamingResponse(stream, headers={"cache-control": "no-store"}, media_type="text/event-stream")

    def client(request: Request) -> Response:
        path = _CLIENT / request.scope["path"].rpartition("/")[2]
        return FileResponse(path, media_type=media_type(path), headers=fresh)

    def page(request: Request) -> Response:
        status = feed.status  # read before the file: a page that is newer than its version only reloads once more
        if not status.built:
            body = preview_html(_unbuilt(status, base), base, status.version)
            return HTMLResponse(body, 503, {"cache-control": "no-store"})
        found = resolve(root, base, request.scope["path"])
        if isinstance(found, Moved):
            query = request.scope["query_string"].decode("latin-1")
            return RedirectResponse(quote(found.path) + (f"?{query}" if query else ""), found.status, fresh)
        if found is None:
            missing = _inside(root, root / "404.html")
            if missing is None:
                return PlainTextResponse("Not found", 404, fresh)
            return HTMLResponse(preview_html(missing.read_bytes(), base, status.version), 404, fresh)
        response: Response
        if media_type(found) == _TYPES[".html"]:
            feed.visited.append(found.relative_to(root.resolve()).as_posix())
            body = preview_html(found.read_bytes(), base, status.version)
            response = HTMLResponse(body, headers={**fresh, "etag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'})
        else:
            response = FileResponse(found, media_type=media_type(found), headers=fresh, stat_result=found.stat())
        known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
        return NotModifiedResponse(response.headers) if response.headers["etag"] in known else response

    return Starlette(
        routes=[
            Route(f"{base}{_OWN}events", events),
            Route(f"{base}{_OWN}client.js", client),
            Route(f"{base}{_OWN}client.css", client),
            Route("/{path:path}", page),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)],
    )


# --- What is added to pages ------------------------------------------------------------------------------------------


def preview_html(page: bytes, base: str, version: str) -> bytes:
    """A page with the preview's script, and a Content-Security-Policy that lets it run."""
    script = f'<script src="{quote(base)}{_OWN}client.js" data-version="{version}" defer></script>\n'
    before, end, rest = page.decode("utf-8", "surrogateescape").rpartition("</body>")
    text = before + script + end + rest if end else rest + script
    return _POLICY.sub(_loosened, text).encode("utf-8", "surrogateescape")


_POLICY = re.compile(r"""<meta\b[^>]*http-equiv=["']?Content-Security-Policy\b[^>]*>""", re.IGNORECASE)


def _loosened(meta: re.Match[str]) -> str:
    def content(match: re.Match[str]) -> str:
        return f'content="{html.escape(loosened(html.unescape(match[1])), quote=False)}"'

    return re.sub(r'content="([^"]*)"', content, meta[0])


def loosened(policy: str) -> str:
    """A Content-Security-Policy that allows what it did, and scripts, styles and connections of the site itself."""
    rules = {words[0].lower(): words[1:] for words in map(str.split, policy.split(";")) if words}
    for name in ("script-src", "style-src", "connect-src"):
        allowed = rules.get(name, rules.get("default-src"))
        if allowed is not None and "'self'" not in allowed:
            rules[name] = [*(source for source in allowed if source != "'none'"), "'self'"]
    return "; ".join(" ".join([name, *allowed]) for name, allowed in rules.items())


def _unbuilt(status: Status, base: str) -> bytes:
    """The page shown while there is no site to show, with the problems that keep it from being built."""
    title = "The site cannot be built yet" if status.problems else "The site is being built"
    items = "".join(
        f'<li class="{problem.severity}"><code dir="ltr">{html.escape(place(problem))}</code>'
        f'<p dir="auto">{html.escape(problem.message)}</p>'
        + (f'<p class="hint" dir="auto">{html.escape(problem.hint)}</p>' if problem.hint else "")
        + "</li>\n"
        for problem in status.problems
    )
    listed = f"<p>{counted(status.problems)}</p>\n<ul>\n{items}</ul>\n" if status.problems else ""
    return (
        '<!doctype html>\n<html lang="en" data-preview="unbuilt">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
        f'<title>{title}</title>\n<link rel="stylesheet" href="{quote(base)}{_OWN}client.css">\n</head>\n<body>\n'
        f"<main>\n<h1>{title}</h1>\n{listed}<p>This page reloads by itself.</p>\n</main>\n</body>\n</html>\n"
    ).encode()
