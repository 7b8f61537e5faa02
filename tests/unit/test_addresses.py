from __future__ import annotations

import pytest

from site_builder import addresses


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("/ar/people/x/", "/ar/articles/y/", "../../people/x/index.html"),
        ("/en/articles/y/", "/ar/articles/y/", "../../../en/articles/y/index.html"),
        ("/ar/articles/y/", "/ar/articles/y/", "index.html"),
        ("/ar/articles/y/#a", "/ar/articles/y/", "#a"),
        ("/ar/people/x/#a", "/ar/", "people/x/index.html#a"),
        ("/", "/ar/", "../index.html"),
        ("/ar/", "/", "ar/index.html"),
        ("/assets/site.css", "/404.html", "assets/site.css"),
        ("/arabic/", "/ar/", "../arabic/index.html"),
        ("/files/articles/x/%D8%A3.png", "/ar/old.html", "../files/articles/x/%D8%A3.png"),
    ],
)
def test_links_are_relative_and_name_the_file(target: str, page: str, link: str) -> None:
    assert addresses.relative(target, page) == link


@pytest.mark.parametrize("url", ["/../x/", "/a/../../x", "//x/", "/a\\b/", "/a\0/", "/a/./b/"])
def test_no_address_leads_out_of_the_output(url: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        addresses.output_path(url)


@pytest.mark.parametrize(
    ("url", "path"), [("/", "index.html"), ("/ar/x/", "ar/x/index.html"), ("/a.html", "a.html"), ("/a", "a/index.html")]
)
def test_an_address_has_a_file(url: str, path: str) -> None:
    assert addresses.output_path(url) == path
