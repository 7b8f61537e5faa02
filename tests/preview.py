"""Run as a script: the preview of a folder whose "build" copies pages, and refuses those that say `broken`.

It stands in for a real build, which would make each test of the preview wait for fonts and pictures.
"""

import shutil
import signal
import sys
from pathlib import Path

from site_builder import pipeline, pool
from site_builder.ledger import Ledger
from site_builder.output import Change
from site_builder.problems import Location, error, warning


def build(options: pipeline.Options, _watch: pipeline.Watch, _ledger: Ledger, _changed: object) -> pipeline.Report:
    """What pipeline.build gives, for the pages of a folder. A page that says `crash` makes it fail."""
    if not options.content.is_dir():
        return report(False, [error("no-content", "there is no such folder", Location(str(options.content)))])
    if sys.platform == "linux":  # a forked process that shrugs off being terminated would keep its build waiting
        assert set(pool.each(disposer, None, range(4), 2, fewest=2)) == {(signal.SIG_DFL, signal.SIG_IGN)}
    pages = sorted(options.content.glob("*.html"))
    problems = []
    for page in pages:
        for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
            if "crash" in line:
                raise ZeroDivisionError("a fault of the builder")
            if "broken" in line:
                place = Location(page.name, number, line.index("broken") + 1)
                problems.append(error("broken", "هذه الصفحة مكسورة <b>", place, "mend it"))
            if "doubtful" in line:
                problems.append(warning("doubtful", "this is doubtful", Location(page.name, number, 1)))
    if any(problem.severity == "error" for problem in problems):
        return report(False, problems)
    written = 0
    options.output.mkdir(parents=True, exist_ok=True)
    for page in pages:
        target = options.output / page.name
        if not target.exists() or target.read_bytes() != page.read_bytes():
            shutil.copy(page, target)
            written += 1
    return report(True, problems, written, len(pages))


def disposer(_setup):
    return dispositions


def dispositions(_number):
    return signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)


def report(done, problems, written=0, pages=0):
    return pipeline.Report(done, tuple(problems), Change(written, 0, 0), pages, 0.0, ())


if __name__ == "__main__":
    from site_builder.serve import serve

    folder = Path(sys.argv[1])
    pipeline.build = build
    options = pipeline.Options(content=folder / "content", templates=folder / "templates", output=folder / "out")
    sys.exit(serve(options, port=0, base_path="/أرشيف/", say=lambda line: print(line, flush=True)))
