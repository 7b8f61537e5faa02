"""The command line: `site-builder build`, `serve`, `check`, `annotate`, `new`, `init`, `schema`."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import os
import sys
import tempfile
from collections.abc import Callable, Container, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias, get_args

from site_builder import __version__
from site_builder.problems import Problem, Severity, as_lines, counted, in_order, seen_from

if TYPE_CHECKING:
    from site_builder.annotate import Added, Annotated
    from site_builder.pipeline import Options, Report, Shard

DONE, FAILED, MISUSED = 0, 1, 2


def program() -> NoReturn:
    """Run the command of this process, and end the process.

    It ends at once: to take apart what is known of a large archive, object by object, takes a while.
    """
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        status = status or FAILED
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Returns the exit status: 0 done, 1 problems in the content, 2 wrong usage."""
    parsed = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    run: Callable[[argparse.Namespace], int] = parsed.run
    try:
        return run(parsed)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return FAILED
    except OSError as fault:
        _say_error(f"site-builder: {fault.strerror or fault}: {fault.filename or ''}".rstrip(": "))
        return FAILED


# --- What can be said ------------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="site-builder",
        description="Builds a website in several languages from a folder of annotated articles and authority records.",
        epilog="Begin with: site-builder init my-archive. Each command has its own --help.",
    )
    parser.add_argument("--version", action="version", version=f"site-builder {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_build(commands)
    _add_serve(commands)
    _add_check(commands)
    _add_annotate(commands)
    _add_new(commands)
    _add_init(commands)
    _add_schema(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(
    commands: _Commands, name: str, run: Callable[[argparse.Namespace], int], summary: str, more: str = ""
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=summary, description=f"{summary} {more}".strip())
    parser.set_defaults(run=run)
    return parser


def _add_content(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="the archive (default: content)"
    )


def _add_reading(parser: argparse.ArgumentParser) -> None:
    _add_content(parser)
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="DIR",
        help="your own templates, file by file instead of the theme's (default: templates beside the content)",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        metavar="DIR",
        help="where earlier work is kept; safe to delete (default: .site-cache beside the content)",
    )
    parser.add_argument("--fresh", action="store_true", help="neither use nor keep earlier work")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="number of processes (default: one a processor)")
    parser.add_argument("--drafts", action="store_true", help="show drafts too")
    _add_shape(parser)


def _add_building(parser: argparse.ArgumentParser, output: str) -> None:
    _add_reading(parser)
    parser.add_argument("--output", type=Path, metavar="DIR", help=f"where the site is written (default: {output})")
    parser.add_argument(
        "--base-url", metavar="URL", help="the address of the published site (default: base_url of site.yaml)"
    )
    parser.add_argument("--strict", action="store_true", help="let warnings stop the build")
    parser.add_argument("--no-search", action="store_true", help="leave the search index out")


def _add_shape(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--shape-terminal", action="store_true", help="draw Arabic joined and right to left, for terminals that cannot"
    )


def _add_build(commands: _Commands) -> None:
    parser = _command(
        commands,
        "build",
        _build,
        "Build the site.",
        "If the content has errors, all are listed and the last good build stays.",
    )
    _add_building(parser, "build")
    parser.add_argument(
        "--shard",
        type=_shard,
        metavar="I/N",
        help="write only the Ith of N parts of the site, for archives that several machines build",
    )
    parser.add_argument("--timings", action="store_true", help="say how long each stage took")


def _add_serve(commands: _Commands) -> None:
    parser = _command(
        commands,
        "serve",
        _serve,
        "Preview the site and follow your edits.",
        "The browser reloads by itself; problems are shown in the page.",
    )
    _add_building(parser, "a folder in the cache")
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1, this machine only)"
    )
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen on (default: 8000)")
    parser.add_argument(
        "--base-path",
        metavar="PATH",
        help="the path below which the site lies, such as /repo/ (default: that of base_url)",
    )


def _add_check(commands: _Commands) -> None:
    summary = "Report every problem of the content, and what may be amiss with names."
    parser = _command(commands, "check", _check, summary, "Nothing is built.")
    _add_reading(parser)
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="how problems are written (default: text)"
    )
    parser.add_argument("--strict", action="store_true", help="count warnings as errors")
    parser.add_argument("--links", action="store_true", help="check the links of the built pages too")
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("build"),
        metavar="DIR",
        help="the built pages, for --links (default: build)",
    )


def _add_new(commands: _Commands) -> None:
    parser = _command(
        commands,
        "new",
        _new,
        "Start an article, a page or an authority record.",
        "Files with every key and what it means are written; none is overwritten.",
    )
    parser.add_argument("kind", choices=("article", "page", "person", "organization", "place", "topic", "event"))
    parser.add_argument("id", help="its id: lower-case ASCII letters, digits and hyphens")
    _add_content(parser)


def _add_init(commands: _Commands) -> None:
    parser = _command(
        commands,
        "init",
        _init,
        "Make a new archive.",
        "It has sample content in two languages, settings for your editor and a GitHub Pages workflow.",
    )
    parser.add_argument("directory", type=Path, metavar="DIR", help="a folder that does not exist yet, or is empty")


def _add_schema(commands: _Commands) -> None:
    parser = _command(
        commands,
        "schema",
        _schema,
        "Write the JSON Schemas of front matter, records and settings.",
        "Editors such as VS Code complete and check YAML with them.",
    )
    parser.add_argument(
        "kind",
        nargs="?",
        metavar="KIND",
        help="article, page, person, organization, place, topic, event or site (default: all, into --output)",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="a folder for one file a kind (default with KIND: print it)"
    )
    _add_content(parser)


def _add_annotate(commands: _Commands) -> None:
    parser = _command(
        commands,
        "annotate",
        _annotate,
        "Find the archive's people, organisations and places in texts.",
        "Offsets count code points of the file; attached particles are left out of a name. People beside an office or "
        "title who have no record are proposed.",
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="Markdown, or plain text where the name ends in .txt; - is standard input",
    )
    parser.add_argument("--lang", metavar="L", help="the language of the texts (default: as in index.ar.md)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    parser.add_argument(
        "--write", action="store_true", help="add the people, organisations and places named to the front matter"
    )
    _add_content(parser)
    _add_shape(parser)


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes (1 to 256)")
    return int(text)


def _shard(text: str) -> Shard:
    from site_builder.pipeline import Shard

    number, _, of = text.partition("/")
    if not (number.isascii() and number.isdigit() and of.isascii() and of.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no part such as 1/4")
    if not 1 <= int(number) <= int(of) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r}: parts are counted from 1, and there are at most 1000")
    return Shard(int(number), int(of))


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (0 to 65535)")
    return int(text)


# --- What is done ----------------------------------------------------------------------------------------------------


def _options(asked: argparse.Namespace, output: Path) -> Options:
    from site_builder import pool
    from site_builder.pipeline import Options

    return Options(
        content=asked.content,
        templates=asked.templates,
        output=output,
        base_url=getattr(asked, "base_url", None),
        cache=None if asked.fresh else asked.cache or asked.content.resolve().parent / ".site-cache",
        jobs=asked.jobs or pool.default_jobs(),
        drafts=asked.drafts,
        strict=asked.strict,
        shard=getattr(asked, "shard", None),
        search="never" if getattr(asked, "no_search", False) else "now",
    )


def _misused(asked: argparse.Namespace) -> str:
    """What is wrong with the options together, or an empty string."""
    from site_builder.config import base_url_fault

    if asked.templates is not None and not asked.templates.is_dir():
        return f"--templates: there is no folder {asked.templates}"
    url = getattr(asked, "base_url", None)
    if url is not None and (fault := base_url_fault(url)):
        return f"--base-url: {url} {fault}"
    output, content = getattr(asked, "output", None), asked.content.resolve()
    if output is not None and (
        output.resolve() == content
        or output.resolve().is_relative_to(content)
        or content.is_relative_to(output.resolve())
    ):
        return "--output: the site cannot be written into the archive, nor the archive lie in the site"
    return ""


def _build(asked: argparse.Namespace) -> int:
    from site_builder import pipeline

    if wrong := _misused(asked):
        return _usage(wrong)
    progress = _Progress()
    watch = pipeline.Watch(progress.show if sys.stderr.isatty() else None)
    options = _options(asked, asked.output or Path("build"))
    report = pipeline.build(options, watch)
    progress.clear()
    _list(report.problems, asked)
    if asked.timings:
        for name, seconds in report.timings:
            print(f"{name:>8} {seconds:8.3f} s")
    print(_summary(report, options))
    return DONE if report.done else FAILED


def _summary(report: Report, options: Options) -> str:
    if not report.done:
        return f"Not built: {counted(report.problems)}. The last good build is as it was."
    change = report.change
    written = f"{change.written} file{'s' * (change.written != 1)} written"
    files = f"{written}, {change.unchanged} unchanged, {change.removed} removed"
    return f"{report.pages} pages in {options.output}: {files}, {report.seconds:.2f} seconds."


def _serve(asked: argparse.Namespace) -> int:
    from site_builder import serve
    from site_builder.terminal import for_terminal

    if wrong := _misused(asked):
        return _usage(wrong)

    def say(message: str) -> None:
        _say_error(for_terminal(message, asked.shape_terminal))

    with tempfile.TemporaryDirectory(prefix="site-builder-") as scratch:
        options = _options(asked, Path(scratch) / "site")
        # Kept between previews, so that the second one starts with what the first one built.
        output = asked.output or (options.cache / "preview" if options.cache else options.output)
        options = dataclasses.replace(options, output=output)
        return serve.serve(options, host=asked.host, port=asked.port, base_path=asked.base_path, say=say)


def _check(asked: argparse.Namespace) -> int:
    from site_builder import checks, names, pipeline
    from site_builder.cache import Cache

    if wrong := _misused(asked):
        return _usage(wrong)
    if asked.links and not asked.output.is_dir():
        return _usage(f"--links: there is no built site in {asked.output}; build it first")
    options = _options(asked, asked.output)
    known = pipeline.understand(options)
    problems = list(known.problems)
    if asked.links:
        problems += checks.links(asked.output)
    # What cannot be read names nobody: notes would be wrong before the errors are mended.
    if known.catalog and not any(problem.severity == "error" for problem in known.problems):
        with Cache(options.cache).closing() as cache:
            common = pipeline.fingerprint()
            problems += in_order(
                names.notes(known.catalog, known.targets, options.content, cache, options.jobs, common)
            )
    _list(problems, asked)
    if asked.format == "text":
        print(f"{counted(problems).capitalize()}.")
    failing = {"error", "warning"} if asked.strict else {"error"}
    return FAILED if any(problem.severity in failing for problem in problems) else DONE


def _annotate(asked: argparse.Namespace) -> int:
    from site_builder import annotate

    files: list[str] = asked.files or ([] if sys.stdin.isatty() else ["-"])
    languages = _languages(asked.content)
    if wrong := _cannot_annotate(asked, files, languages):
        return _usage(wrong)
    names, unread = annotate.known(asked.content)
    problems = [seen_from(asked.content, problem) for problem in unread]
    added: list[Added] = []
    refused: dict[Path, Problem] = {}
    if asked.write:
        added, refused = annotate.write([Path(name) for name in files], asked.content, languages, names)
        problems += refused.values()
    found: dict[str, Annotated] = {}
    for name in files:
        text = annotate.as_written(sys.stdin.buffer.read(), name) if name == "-" else annotate.read_text(Path(name))
        if isinstance(text, str):
            listed = annotate.listed_elsewhere(Path(name), languages)
            found[name] = annotate.annotate(text, names, markdown=not name.endswith(".txt"), listed=listed)
        elif text not in problems:
            problems.append(text)
    for problem in problems:
        _say_error("\n".join(as_lines(problem)))
    if found:
        _print_found(found, len(files) == 1, added, refused, asked)
    return FAILED if problems else DONE


def _print_found(
    found: dict[str, Annotated],
    single: bool,
    added: Sequence[Added],
    refused: Container[Path],
    asked: argparse.Namespace,
) -> None:
    from site_builder import findings
    from site_builder.terminal import for_terminal

    if asked.format == "json":
        whole = findings.one_as_json(*found.values()) if single else findings.several_as_json(found)
        if asked.write:
            whole["added"] = findings.added_as_json(added)
        print(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    lines = findings.found_as_lines(found)
    if asked.write:
        written = {name: one for name, one in found.items() if Path(name) not in refused}
        lines = findings.added_as_lines(written, added)
    for line in lines:
        print(for_terminal(line, asked.shape_terminal))


def _cannot_annotate(asked: argparse.Namespace, files: list[str], languages: tuple[str, ...]) -> str:
    """What is wrong with the options and files together, or an empty string."""
    from site_builder.annotate import language_of
    from site_builder.problems import did_you_mean
    from site_builder.text.languages import is_language_tag

    if not files:
        return "name a FILE, or hand in a text on standard input"
    if asked.write and "-" in files:
        return "--write: standard input has no front matter to write to; name files"
    if not asked.content.is_dir():
        return f"--content: there is no folder {asked.content}"
    for name in files:
        language = asked.lang or language_of(name)
        if language is None:
            return f"--lang: say the language of {name}; only names such as index.ar.md say it themselves"
        if not is_language_tag(language):
            return f"--lang: {language!r} is not a language tag, such as ar or en"
        if languages and language not in languages:
            hint = did_you_mean(language, languages) or f"the archive's languages are: {', '.join(languages)}"
            return f"{'--lang' if asked.lang else name}: {language!r} is not a language of this archive; {hint}"
    return ""


def _new(asked: argparse.Namespace) -> int:
    from site_builder import scaffold

    languages = _languages(asked.content)
    if not languages:
        return _usage(f"{asked.content / 'site.yaml'} does not say which languages the archive has")
    try:
        made = scaffold.new(asked.kind, asked.id, asked.content, languages, datetime.date.today())
    except scaffold.ScaffoldError as fault:
        return _usage(str(fault))
    for path in made:
        print(path)
    return DONE


def _init(asked: argparse.Namespace) -> int:
    from site_builder import scaffold

    try:
        made = scaffold.init(asked.directory)
    except scaffold.ScaffoldError as fault:
        return _usage(str(fault))
    print(f"{len(made)} files in {asked.directory}. Next:\n  cd {asked.directory}\n  site-builder serve")
    return DONE


def _schema(asked: argparse.Namespace) -> int:
    from site_builder import schema
    from site_builder.problems import did_you_mean

    languages = _languages(asked.content)
    if asked.kind and asked.kind not in schema.MODELS:
        hint = did_you_mean(asked.kind, schema.MODELS) or "the kinds are: " + ", ".join(schema.MODELS)
        return _usage(f"there is no schema {asked.kind!r}; {hint}")
    if not asked.kind and not asked.output:
        return _usage("name a KIND, or a folder with --output")
    for name in [asked.kind] if asked.kind else schema.MODELS:
        text = json.dumps(schema.schema(name, languages), ensure_ascii=False, indent=2) + "\n"
        if asked.output:
            asked.output.mkdir(parents=True, exist_ok=True)
            (asked.output / f"{name}.json").write_text(text, "utf-8")
        else:
            print(text, end="")
    return DONE


def _languages(content: Path) -> tuple[str, ...]:
    """The languages that site.yaml names; none where it cannot be read."""
    from site_builder.reading.document import read_settings

    try:
        config = read_settings((content / "site.yaml").read_bytes(), "site.yaml").value
    except OSError:
        return ()
    return config.languages if config else ()


# --- What is said ----------------------------------------------------------------------------------------------------


def _usage(message: str) -> int:
    _say_error(f"site-builder: {message}")
    return MISUSED


def _say_error(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _list(problems: Iterable[Problem], asked: argparse.Namespace) -> None:
    placed = [seen_from(asked.content, problem) for problem in problems]
    form = getattr(asked, "format", "text")
    if form == "json":
        print(_as_json(placed))
    elif form == "github":
        print("".join(_as_github(problem) + "\n" for problem in placed), end="")
    else:
        from site_builder.terminal import for_terminal

        for problem in placed:
            for line in as_lines(problem):
                print(for_terminal(line, asked.shape_terminal))


def _as_json(problems: Sequence[Problem]) -> str:
    listed = [
        {
            "path": problem.location.path,
            "line": problem.location.line,
            "column": problem.location.column,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    severities = [problem.severity for problem in problems]
    counts = {severity: severities.count(severity) for severity in get_args(Severity)}
    return json.dumps({"problems": listed, "counts": counts}, ensure_ascii=False, indent=2)


def _as_github(problem: Problem) -> str:
    """A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""

    def value(text: object) -> str:
        return (
            str(text)
            .replace("%", "%25")
            .replace("\r", "%0D")
            .replace("\n", "%0A")
            .replace(":", "%3A")
            .replace(",", "%2C")
        )

    at = problem.location
    where = f"file={value(at.path)}" + (f",line={at.line},col={at.column}" if at.line else "")
    message = f"{problem.message}. {problem.hint}".replace("%", "%25").replace("\n", "%0A")
    command = "notice" if problem.severity == "note" else problem.severity
    return f"::{command} {where},title={value(problem.code)}::{message}"


class _Progress:
    """A bar on a terminal, redrawn in place."""

    _WIDTH = 30

    def __init__(self) -> None:
        self._shown = False

    def show(self, stage: str, done: int, of: int) -> None:
        if of < 20 or (done % max(1, of // 100) and done != of):
            return
        filled = self._WIDTH * done // of
        bar = "#" * filled + "." * (self._WIDTH - filled)
        print(f"\r{stage:>10} [{bar}] {done}/{of}", end="", file=sys.stderr, flush=True)
        self._shown = True

    def clear(self) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
