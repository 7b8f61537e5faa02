from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from site_builder import pipeline, serve
from site_builder.ledger import Ledger
from site_builder.output import Change
from site_builder.pipeline import Options, Report
from site_builder.problems import Location, error, warning
from site_builder.serve import Feed, Moved, Status, after, application, loosened, media_type, preview_html, resolve

BASE = "/repo/"
CSP = '<meta http-equiv="Content-Security-Policy" content="{}">'
PATIENCE = 20.0
MISTAKE = error("broken", "مكسور <b>", Location("articles/x/index.ar.md", 3, 5), "mend <i>it</i>")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "out"
    files = {
        "index.html": "<body>home</body>",
        "404.html": CSP.format("default-src 'none'; style-src data:") + "<body>nothing here</body>",
        "ar/articles/x/index.html": "<body>x</body>",
        "ar/خبر.html": "<body>news</body>",
        "both.html": "page",
        "both/index.html": "folder",
        "empty/deeper/a.txt": "text",
        "assets/site.css": "a{}",
        "feed.xml": "<feed/>",
        "50%.txt": "half",
        "back\\slash.html": "two folders elsewhere",
        ".site-manifest": "secret",
        ".git/config": "secret",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/index.html").write_text("secret", "utf-8")
    (root / "link.html").symlink_to(tmp_path / "secret.html")
    (root / "linked").symlink_to(tmp_path / "secrets")
    (root / "circle.html").symlink_to(root / "circle.html")
    return root


# --- Paths -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/repo/", "index.html"),
        ("/repo/index.html", "index.html"),
        ("/repo/index", "index.html"),
        ("/repo/404.html", "404.html"),
        ("/repo/ar/articles/x/", "ar/articles/x/index.html"),
        ("/repo/ar/خبر", "ar/خبر.html"),
        ("/repo/both", "both.html"),
        ("/repo/both/", "both/index.html"),
        ("/repo/50%.txt", "50%.txt"),
    ],
)
def test_a_path_leads_to_a_file(site: Path, path: str, file: str) -> None:
    assert resolve(site, BASE, path) == site / file


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/", Moved("/repo/", 307)),
        ("/repo", Moved("/repo/", 301)),
        ("/repo/ar/articles/x", Moved("/repo/ar/articles/x/", 301)),
    ],
)
def test_a_path_leads_to_another(site: Path, path: str, to: Moved) -> None:
    assert resolve(site, BASE, path) == to


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/index.html",
        "/repository/",
        "/repo/none",
        "/repo/ar/",
        "/repo/ar/خبر/",
        "/repo/index.html/",
        "/repo/empty",
        "/repo/empty/deeper/",
        "/repo//index.html",
        "/repo/ar//articles/x/",
        "/repo/../secret.html",
        "/repo/ar/../index.html",
        "/repo/..",
        "/repo/./index.html",
        "/repo/..\\secret.html",
        "/repo/ar\\..\\index.html",
        "/repo/back\\slash.html",
        "/repo/index.html\0",
        "/repo/\0",
        "/repo/.site-manifest",
        "/repo/.git/config",
        "/repo/link",
        "/repo/link.html",
        "/repo/linked",
        "/repo/linked/",
        "/repo/circle",
        "/repo/" + "x" * 5000,
        "/repo/\udc80",
    ],
)
def test_a_path_leads_nowhere(site: Path, path: str) -> None:
    assert resolve(site, BASE, path) is None


def test_an_absolute_path_in_the_path_stays_in_the_site(site: Path) -> None:
    assert resolve(site, "/", f"/{site.parent}/secret.html") is None
    assert resolve(site, "/", "//secret.html") is None


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.CSS", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.woff2", "font/woff2"),
        ("a.pdf", "application/pdf"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_media_types(name: str, type_: str) -> None:
    assert media_type(Path(name)) == type_


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_the_script_goes_to_the_end_of_the_body() -> None:
    page = preview_html("<body>«</body> نص".encode(), "/أ/", "v.1").decode()
    assert page == ('<body>«<script src="/%D8%A3/__preview__/client.js" data-version="v.1" defer></script>\n</body> نص')


def test_a_page_without_body_or_in_no_encoding_gets_the_script_too() -> None:
    page = preview_html(b"<p>\xff", "/", "v.1")
    assert page.startswith(b'<p>\xff<script src="/__preview__/client.js"')


@pytest.mark.parametrize(
    ("policy", "looser"),
    [
        ("default-src 'self'", "default-src 'self'"),
        ("script-src 'none'", "script-src 'self'"),
        ("img-src 'none'", "img-src 'none'"),
        ("", ""),
        (
            "default-src 'none'; style-src data:; base-uri 'none'",
            "default-src 'none'; style-src data: 'self'; base-uri 'none'; script-src 'self'; connect-src 'self'",
        ),
        (
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'",
        ),
    ],
)
def test_a_policy_is_loosened_no_more_than_needed(policy: str, looser: str) -> None:
    assert loosened(policy) == looser
    assert f'content="{looser}"' in preview_html(CSP.format(policy).encode(), "/", "1").decode()


# --- Status ----------------------------------------------------------------------------------------------------------


def report(done: bool, *problems: object, written: int = 0, removed: int = 0) -> Report:
    return Report(done, problems, Change(written, 0, removed), 0, 0.0, ())  # type: ignore[arg-type]


def test_the_version_changes_when_a_page_may_look_different() -> None:
    start = Status("run")
    failed = after(start, report(False, MISTAKE))
    assert failed.version != start.version  # the page of problems lists others now
    assert not failed.built
    good = after(failed, report(True))
    assert good.version != failed.version
    assert good.built and good.good
    assert after(good, report(True)).version == good.version
    assert after(good, report(True, written=1)).version != good.version
    assert after(good, report(True, removed=1)).version != good.version
    broken = after(good, report(False, MISTAKE))
    assert broken.version == good.version
    assert broken.built and not broken.good
    assert after(broken, report(True)).version != good.version  # the failed build may have written before it failed


def test_a_stream_tells_the_newest_status_signs_of_life_and_ends() -> None:
    async def listen() -> None:
        feed = Feed()
        stream = feed.stream(pulse=0.001)
        assert told(await anext(stream))["version"] == feed.status.version
        assert await anext(stream) == ": alive\n\n"
        warned = replace_status(feed, problems=(warning("w", "x", Location("a.md")),), built=True, good=True)
        feed.publish(warned)
        feed.publish(replace_status(feed, problems=(MISTAKE,), good=False))
        assert told(await anext(stream)) == {
            "version": feed.status.version,
            "summary": "1 error; this page is from the last good build",
            "good": False,
            "problems": [
                {
                    "place": "articles/x/index.ar.md:3:5",
                    "severity": "error",
                    "message": "مكسور <b>",
                    "hint": "mend <i>it</i>",
                }
            ],
        }
        slow = feed.stream(pulse=PATIENCE)
        await anext(slow)
        waiting = asyncio.create_task(anext(slow, "ended"))
        await asyncio.sleep(0)
        feed.close()
        assert await asyncio.wait_for(waiting, PATIENCE) == "ended"

    asyncio.run(listen())


def test_few_of_very_many_problems_are_sent() -> None:
    feed = Feed()
    many = tuple(MISTAKE._replace(location=Location("x", line)) for line in range(1, 251))
    feed.publish(replace_status(feed, problems=many))
    sent = told(asyncio.run(anext(feed.stream())))  # type: ignore[arg-type]
    assert len(sent["problems"]) == 100
    assert sent["summary"] == "250 errors (the first 100 are listed)"


def replace_status(feed: Feed, **changes: object) -> Status:
    return feed.status._replace(**changes)  # type: ignore[arg-type]


def told(event: str) -> dict:
    return json.loads(re.fullmatch(r"id: \S+\nretry: \d+\ndata: (.*)\n\n", event)[1])


# --- Answers ---------------------------------------------------------------------------------------------------------


class Answer:
    def __init__(self, messages: list[dict]) -> None:
        self.status = messages[0]["status"]
        self.headers = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
        self.text = b"".join(message.get("body", b"") for message in messages[1:]).decode()


def ask(app, target: str, method: str = "GET", **headers: str) -> Answer:
    """What an application answers, by the protocol that it and its server speak (ASGI)."""
    raw, _, query = target.partition("?")
    named = {"host": "127.0.0.1:8000", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": raw if "%" not in raw else serve.unquote(raw),
        "raw_path": raw.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }
    messages: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(messages)


@pytest.fixture
def feed() -> Feed:
    feed = Feed()
    feed.publish(after(feed.status, report(True, written=1)))
    return feed


@pytest.fixture
def app(site: Path, feed: Feed):
    return application(feed, site, BASE, ["localhost", "127.0.0.1", "[::1]"])


def test_pages_are_served_with_the_script_and_stay_as_they_are(app, site: Path, feed: Feed) -> None:
    before = (site / "index.html").read_bytes()
    answer = ask(app, "/repo/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert f'data-version="{feed.status.version}"' in answer.text
    assert (site / "index.html").read_bytes() == before
    assert "__preview__" not in ask(app, "/repo/feed.xml").text


def test_pages_that_were_asked_for_are_known(app, feed: Feed) -> None:
    for path in ("/repo/", "/repo/none", "/repo/assets/site.css", "/repo/ar/articles/x", "/repo/ar/articles/x/"):
        ask(app, path)
    assert [*feed.visited] == ["index.html", "ar/articles/x/index.html"]


def test_escaped_paths_are_understood_and_redirects_keep_the_query(app) -> None:
    assert "news" in ask(app, f"/repo/ar/{quote('خبر')}").text
    assert ask(app, "/repo/50%25.txt").text == "half"
    answer = ask(app, "/repo/ar/articles/x?a=%D8%A3&b=//c")
    assert (answer.status, answer.headers["location"]) == (301, "/repo/ar/articles/x/?a=%D8%A3&b=//c")
    assert answer.headers["cache-control"] == "no-cache"  # else the browser keeps it for every later preview
    answer = ask(app, "/")
    assert (answer.status, answer.headers["location"]) == (307, "/repo/")


@pytest.mark.parametrize("path", ["/repo/none", "/other", "/repo/%2e%2e/secret.html", "/repo/%2e%2e%2fsecret.html"])
def test_what_is_missing_is_the_404_page_with_a_policy_that_lets_the_script_run(app, path: str) -> None:
    answer = ask(app, path)
    assert answer.status == 404
    assert "nothing here" in answer.text
    assert "script-src 'self'; connect-src 'self'" in answer.text


def test_a_site_without_404_page(app, site: Path) -> None:
    (site / "404.html").unlink()
    assert ask(app, "/repo/none").status == 404


def test_head_ranges_conditions_and_other_methods(app) -> None:
    for path in ("/repo/", "/repo/assets/site.css"):
        full = ask(app, path)
        assert ask(app, path, "HEAD").headers["content-length"] == full.headers["content-length"]
        again = ask(app, path, if_none_match=f'"x", W/{full.headers["etag"]}')
        assert (again.status, again.text) == (304, "")
        assert ask(app, path, if_none_match='"x"').status == 200
    part = ask(app, "/repo/assets/site.css", range="bytes=1-")
    assert (part.status, part.text) == (206, "{}")
    assert ask(app, "/repo/", "POST").status == 405


def test_pages_of_another_version_are_not_taken_for_unchanged(app, feed: Feed) -> None:
    tag = ask(app, "/repo/").headers["etag"]
    feed.publish(after(feed.status, report(True, written=1)))
    assert ask(app, "/repo/", if_none_match=tag).status == 200


def test_the_client_is_served_and_heads_of_streams_end(app) -> None:
    assert ask(app, "/repo/__preview__/client.js").headers["content-type"] == "text/javascript; charset=utf-8"
    assert ask(app, "/repo/__preview__/client.css").headers["content-type"] == "text/css; charset=utf-8"
    assert ask(app, "/repo/__preview__/client.py").status == 404
    assert ask(app, "/repo/__preview__/events", "HEAD").headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 400),
        ("localhost.evil.example:8000", 400),
        ("127.0.0.1.evil.example", 400),
        ("", 400),
    ],
)
def test_only_loopback_names_are_answered(app, host: str, status: int) -> None:
    assert ask(app, "/repo/", host=host).status == status
    assert ask(app, "/repo/__preview__/client.js", host=host).status == status


def test_before_the_first_good_build_problems_are_the_page(site: Path) -> None:
    feed = Feed()
    app = application(feed, site, BASE, ["*"])
    waiting = ask(app, "/repo/any")
    assert (waiting.status, "is being built" in waiting.text) == (503, True)
    feed.publish(after(feed.status, report(False, MISTAKE)))
    answer = ask(app, "/repo/")
    assert answer.status == 503
    assert "articles/x/index.ar.md:3:5" in answer.text
    assert "مكسور &lt;b&gt;" in answer.text
    assert "mend &lt;i&gt;it&lt;/i&gt;" in answer.text
    assert "/repo/__preview__/client.js" in answer.text
    feed.publish(after(feed.status, report(True, written=1)))
    assert ask(app, "/repo/").status == 200


# --- Building and watching -------------------------------------------------------------------------------------------


def test_a_build_is_due_for_all_files_called_for_unless_any_may_have_changed() -> None:
    async def follow() -> None:
        due = serve.Due()
        due.call(["/a"])
        due.call(["/b"])
        await asyncio.wait_for(due.wait(), PATIENCE)
        assert due.take() == {"/a", "/b"}
        due.call(["/a"])
        due.call(None)
        due.call(["/b"])
        assert due.take() is None
        due.call(["/c"])
        assert due.take() == {"/c"}

    asyncio.run(follow())


def test_one_build_at_a_time_and_one_more_for_changes_meanwhile(monkeypatch, tmp_path: Path) -> None:
    async def follow() -> None:
        loop, due, begun, go_on = asyncio.get_running_loop(), serve.Due(), asyncio.Event(), threading.Event()
        running, most, builds = 0, 0, 0

        def build(*_: object) -> Report:
            nonlocal running, most, builds
            running, builds = running + 1, builds + 1
            most = max(most, running)
            loop.call_soon_threadsafe(begun.set)
            go_on.wait(PATIENCE)
            running -= 1
            return report(True, written=1)

        monkeypatch.setattr(pipeline, "build", build)
        feed = Feed()
        keeping = asyncio.create_task(
            serve._keep_built(Options(output=tmp_path), feed, due, threading.Event(), lambda _: None)
        )
        due.call(None)
        await asyncio.wait_for(begun.wait(), PATIENCE)
        for _ in range(3):
            due.call(None)
            await asyncio.sleep(0)
        go_on.set()
        await until(lambda: feed.status.number == 2)
        assert (most, builds, due._called.is_set()) == (1, 2, False)
        keeping.cancel()

    asyncio.run(follow())


def test_browsers_are_told_of_pages_that_are_shown_before_the_others(monkeypatch, tmp_path: Path) -> None:
    async def follow() -> None:
        due, go_on = serve.Due(), threading.Event()

        def build(_options: Options, watch: pipeline.Watch, _ledger: Ledger, _changed: object) -> Report:
            assert watch.looked_at() == {"a.html"}
            assert watch.shown
            watch.shown()
            assert go_on.wait(PATIENCE)
            return report(True, written=2)

        monkeypatch.setattr(pipeline, "build", build)
        feed = Feed()
        feed.visited.extend(["a.html", "a.html"])
        keeping = asyncio.create_task(
            serve._keep_built(Options(output=tmp_path), feed, due, threading.Event(), lambda _: None)
        )
        due.call(None)
        await until(lambda: feed.status.number == 1)
        assert not feed.status.good
        go_on.set()
        await until(lambda: feed.status.number == 2)
        assert feed.status.good
        keeping.cancel()

    asyncio.run(follow())


def test_a_build_in_progress_does_not_delay_the_end(monkeypatch, tmp_path: Path) -> None:
    async def follow() -> None:
        loop, due, stopping = asyncio.get_running_loop(), serve.Due(), threading.Event()
        begun, ended = asyncio.Event(), asyncio.Event()

        def build(_options: Options, progress: pipeline.Watch, _ledger: Ledger, _changed: object) -> Report:
            loop.call_soon_threadsafe(begun.set)
            try:
                for step in range(int(PATIENCE * 1000)):
                    progress.tell("rendering", step, 1)
                    time.sleep(0.001)
                return report(True)
            except serve._GivenUpError:
                loop.call_soon_threadsafe(ended.set)
                raise

        monkeypatch.setattr(pipeline, "build", build)
        keeping = asyncio.create_task(
            serve._keep_built(Options(output=tmp_path), Feed(), due, stopping, lambda _: None)
        )
        due.call(None)
        await asyncio.wait_for(begun.wait(), PATIENCE)
        stopping.set()
        keeping.cancel()
        await asyncio.wait_for(ended.wait(), PATIENCE / 2)

    asyncio.run(follow())


def test_a_build_that_fails_is_a_problem_and_one_that_is_not_wanted_any_more_ends(monkeypatch, tmp_path: Path) -> None:
    said: list[str] = []
    options = Options(output=tmp_path / "out")
    monkeypatch.setattr(pipeline, "build", raising(ZeroDivisionError("oh")))
    ledger = Ledger(options.content, options.output)

    def attempt() -> Report:
        return serve._attempt(options, pipeline.Watch(), ledger, said.append, None)

    failed = attempt()
    assert not failed.done
    assert failed.problems[0].message == "ZeroDivisionError: oh"
    assert failed.problems[0].location.path == "test_serve.py"
    assert "Traceback" in said[0]
    monkeypatch.setattr(pipeline, "build", raising(OSError(28, "No space left on device", "/x/y")))
    assert attempt().problems == (error("system", "No space left on device", Location("/x/y")),)
    monkeypatch.setattr(pipeline, "build", raising(serve._GivenUpError()))
    assert attempt().problems == ()
    assert len(said) == 1


def raising(fault: Exception):
    def build(*_: object) -> Report:
        raise fault

    return build


async def until(holds) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.005)


def test_changes_deletion_and_return_of_content_and_templates_are_noticed(tmp_path: Path) -> None:
    async def follow() -> None:
        content, templates = tmp_path / "content", tmp_path / "templates"
        (content / "cache").mkdir(parents=True)
        options = Options(content=content, output=tmp_path / "out", cache=content / "cache")
        due = serve.Due()
        watching = asyncio.create_task(serve.watch(options, due, lambda _: None))
        await asyncio.sleep(0)

        async def noticed() -> None:
            await asyncio.wait_for(due.wait(), PATIENCE)
            due.take()

        (content / "cache/kept").write_text("what a build keeps does not lead to another")
        await asyncio.sleep(0.3)
        assert not due._called.is_set()
        (content / "a.md").write_text("a")
        await noticed()
        templates.mkdir()
        await noticed()
        (templates / "page.html").write_text("a")
        await noticed()

        async def returned() -> None:
            content.mkdir()
            for number in range(4):  # more often than what came before may still be noticed
                await noticed()
                (content / f"{number}.md").write_text("a")
            await noticed()

        shutil.rmtree(content)
        await returned()
        content.rename(tmp_path / "away")
        await returned()
        shutil.rmtree(content)
        await noticed()
        await returned()
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching

    asyncio.run(follow())


# --- The whole -------------------------------------------------------------------------------------------------------


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.serve(Options(content=tmp_path), port=port, say=said.append) == 1
    assert said == [f"port {port} is in use; choose another with --port"]


def test_an_address_of_another_machine_is_named(tmp_path: Path) -> None:
    said: list[str] = []
    assert serve.serve(Options(content=tmp_path), host="192.0.2.1", port=0, say=said.append) == 1
    assert said[0].startswith("cannot listen on 192.0.2.1, port 0: ")


def test_dots_are_no_base_path(tmp_path: Path) -> None:
    assert serve.serve(Options(content=tmp_path), base_path="/a/%2e%2e/", say=lambda _: None) == 2


@pytest.mark.parametrize(
    ("base_path", "base_url", "options_url", "built"),
    [
        (None, None, "http://127.0.0.1:{}/", "/"),
        (None, "https://archive.example/repo", "https://archive.example/repo", "/repo/"),
        ("repo//x", None, "http://127.0.0.1:{}/repo/x/", "/repo/x/"),
        ("/أ/", "https://archive.example/repo/", "https://archive.example/repo/", "/أ/"),
        (None, "site.yaml", "http://127.0.0.1:{}/%D8%A3/", "/أ/"),
    ],
)
def test_the_site_is_built_for_its_preview(monkeypatch, tmp_path, base_path, base_url, options_url, built) -> None:
    (tmp_path / "site.yaml").write_text(
        "title: {ar: أ, en: A}\nlanguages: [ar, en]\ndefault_language: ar\nbase_url: https://x.example/%D8%A3/\n"
        if base_url == "site.yaml"
        else "languages: [",
        "utf-8",
    )
    seen: list[Options] = []
    bases: list[str] = []

    async def run(_server: object, _listener: object, options: Options, _feed: Feed, _say: object) -> None:
        seen.append(options)

    def app(feed: Feed, root: Path, base: str, hosts: list[str]):
        bases.append(base)
        return application(feed, root, base, hosts)

    monkeypatch.setattr(serve, "_run", run)
    monkeypatch.setattr(serve, "application", app)
    monkeypatch.setattr(serve, "_take_signals", lambda: None)
    said: list[str] = []
    asked = Options(content=tmp_path, output=tmp_path / "out", base_url=None if base_url == "site.yaml" else base_url)
    assert serve.serve(asked, port=0, base_path=base_path, say=said.append) == 0
    port = urlsplit(said[0].split()[1]).port
    assert seen == [replace(asked, base_url=options_url.format(port))]
    assert bases == [built]


class Preview:
    """A running preview of `folder/content`, built by tests/preview.py."""

    def __init__(self, folder: Path) -> None:
        script = Path(__file__).parents[1] / "preview.py"
        environment = {**os.environ, "PYTHONPATH": str(script.parents[1]), "PYTHONIOENCODING": "utf-8"}
        self.process = subprocess.Popen(
            [sys.executable, script, folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        assert self.process.stdout
        self.url = urlsplit(self.process.stdout.readline().split()[1])

    def read(self, path: str) -> bytes:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.url.port, timeout=PATIENCE)) as connection:
            connection.request("GET", self.url.path + path)
            return connection.getresponse().read()

    def events(self):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.url.port, timeout=PATIENCE)) as connection:
            connection.request("GET", f"{self.url.path}__preview__/events")
            with connection.getresponse() as lines:
                until = time.monotonic() + PATIENCE
                for line in lines:
                    assert time.monotonic() < until
                    if line.startswith(b"data: "):
                        yield json.loads(line.removeprefix(b"data: "))

    def end(self, number: int) -> tuple[int, str]:
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


@pytest.fixture
def preview(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/index.html").write_text("<body>one</body>", "utf-8")
    preview = Preview(tmp_path)
    yield preview
    preview.process.kill()
    preview.process.communicate()


def test_edits_mistakes_a_lost_folder_and_an_interrupt(preview: Preview, tmp_path: Path) -> None:
    content = tmp_path / "content"
    events = preview.events()
    built = next(event for event in events if event["good"])
    assert b"one" in preview.read("")

    (content / "index.html").write_text("<body>two</body>", "utf-8")
    edited = next(events)
    assert edited["version"] != built["version"]
    page = preview.read("").decode()
    assert "two" in page and f'data-version="{edited["version"]}"' in page

    (content / "index.html").write_text("<body>\n<p>broken", "utf-8")
    broken = next(event for event in events if not event["good"])
    assert broken["version"] == edited["version"]
    assert broken["problems"][0]["place"].endswith("content/index.html:2:4")
    assert b"two" in preview.read("")

    (content / "index.html").write_text("crash", "utf-8")
    assert "a fault of the builder" in next(events)["problems"][0]["message"]

    shutil.rmtree(content)
    while next(events)["problems"][0]["message"] != "there is no such folder":
        pass
    content.mkdir()
    (content / "index.html").write_text("<body>three</body>", "utf-8")
    while not next(events)["good"] or b"three" not in preview.read(""):
        pass

    status, said = preview.end(signal.SIGINT)
    assert status == 0
    assert said.count("Traceback") == 1  # that of the crash
    assert list(events) == []


def test_a_terminated_preview_ends_well(preview: Preview) -> None:
    with contextlib.closing(preview.events()) as events:
        next(event for event in events if event["good"])
        status, said = preview.end(signal.SIGTERM)
    assert (status, "Traceback" in said) == (0, False)
