"""Pages of texts: articles and standing pages."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import addresses
from site_builder import views as v
from site_builder.catalog import Article, Key, Version, kinds_named
from site_builder.linking import LINKED_KINDS
from site_builder.model import Source
from site_builder.plan.pages import CARD, CardSpec, Page, Shown
from site_builder.plan.tree import Tree
from site_builder.problems import Location
from site_builder.text.languages import script

#: The scripts that the cards' typefaces have.
_CARD_SCRIPTS = ("Arab", "Latn")


def articles(tree: Tree) -> Iterator[Page]:
    """The pages of articles, oldest first, and the cards of those that have a text in the tree's language."""
    shown = [article for article in tree.catalog.articles.values() if tree.code in tree.shown_in(article)]
    for before, article, after in zip([None, *shown], shown, [*shown[1:], None], strict=False):
        url = addresses.record(tree.code, "article", article.id)
        source = Location(article.versions[tree.language_of(article)].path, 1, 1)
        about = (article.id, before and before.id, after and after.id)
        listed = tuple(article.versions) if tree.code in article.versions else ()
        yield Page(addresses.output_path(url), url, tree.code, "article", about, source, listed)
        if _has_card(tree, article):
            card = _card_url(tree, article)
            yield Page(addresses.output_path(card), card, tree.code, CARD, (article.id,), source)


def standing_pages(tree: Tree) -> Iterator[Page]:
    """The standing pages."""
    for page in tree.catalog.pages.values():
        if tree.code in tree.shown_in(page):
            url = addresses.record(tree.code, "page", page.id)
            source = Location(page.versions[tree.language_of(page)].path, 1, 1)
            listed = tuple(page.versions) if tree.code in page.versions else ()
            yield Page(addresses.output_path(url), url, tree.code, "page", (page.id,), source, listed)


def card(tree: Tree, id_: str) -> CardSpec:
    """The social card of an article."""
    article = tree.catalog.articles[id_]
    return CardSpec(
        article.versions[tree.code].meta.title,
        tree.words.date(article.date).text,
        tree.config.title[tree.code],
        tree.labels.text("kind-article"),
        tree.direction,
    )


def _has_card(tree: Tree, article: Article) -> bool:
    return tree.config.social_cards and script(tree.code) in _CARD_SCRIPTS and tree.code in article.versions


def _card_url(tree: Tree, article: Article) -> str:
    return addresses.record(tree.code, "article", article.id) + "card.png"


def article(tree: Tree, id_: str, before: str | None, after: str | None) -> Shown:
    """The page of an article, between those of two others."""
    article = tree.catalog.articles[id_]
    code = tree.language_of(article)
    version = article.versions[code]
    url = addresses.record(tree.code, "article", article.id)
    frame = tree.frame(
        url,
        "article.html",
        tree.words.phrase(version.meta.title, code),
        kind="article",
        description=tree.words.plain(tree.words.phrase(version.meta.summary, code)),
        others=tree.shown_in(article),
        variants=tuple(article.versions),
        crumbs=(tree.index_crumb("article"),),
        section="article",
        card=_card_url(tree, article) if _has_card(tree, article) else None,
    )
    return Shown(frame, _article_view(tree, article, version, code, before, after))


def _article_view(
    tree: Tree, article: Article, version: Version, code: str, before: str | None, after: str | None
) -> v.ArticleView:
    meta, image = version.meta, version.meta.image
    texts, linked = tree.linked(version.path)
    body = texts["body"]
    named = tuple(dict.fromkeys([*tree.referred(body).values(), *(key for _, key in linked)]))
    notes = {key: note for key in named if key[0] in LINKED_KINDS and (note := tree.note(key, article.date))}
    ids = {key: note.id for key, note in notes.items()}
    return v.ArticleView(
        title=tree.words.phrase(meta.title, code),
        summary=tree.words.phrase(meta.summary, code),
        date=tree.words.date(article.date),
        body=tree.html(body, code, "article", article.id, article.attachments, ids, linked),
        note=tree.html(texts["note"], code, "article", article.id, article.attachments) if "note" in texts else None,
        contents=body.headings,
        fallback=None if code == tree.code else tree.words.language_name(code),
        people=tree.record_links("person", article.people, article.date),
        organizations=tree.record_links("organization", article.organizations),
        places=tree.record_links("place", article.places),
        topics=tree.record_links("topic", article.topics),
        events=tree.record_links("event", article.events),
        also_named=_also_named(tree, article, named),
        notes=tuple(notes.values()),
        source=_source(tree, article.source) if article.source else None,
        translation=v.TranslationView(
            meta.translation.status, tree.words.localized(meta.translation.by) if meta.translation.by else None
        )
        if meta.translation
        else None,
        image=v.ImageView(
            addresses.attachment("article", article.id, image.file),
            tree.words.plain(tree.words.phrase(image.alt, code)),
            tree.words.phrase(image.credit, code) if image.credit else None,
        )
        if image
        else None,
        rights=tree.words.phrase(meta.rights, code) if meta.rights else None,
        previous=tree.link("article", before) if before else None,
        next=tree.link("article", after) if after else None,
    )


def _also_named(tree: Tree, article: Article, named: tuple[Key, ...]) -> tuple[v.RecordLink, ...]:
    """The records that the text names and the front matter does not list, in the order of the kinds and names."""
    listed = {(kind, id_) for kind, ids in kinds_named(article) for id_ in ids}
    found = [key for key in named if key[0] in LINKED_KINDS and key not in listed]
    found.sort(key=lambda key: (LINKED_KINDS.index(key[0]), tree.words.sort_key(tree.name(*key).text), key))
    return tuple(link for kind, id_ in found for link in tree.record_links(kind, [id_]))


def _source(tree: Tree, source: Source) -> v.SourceView:
    publisher, publisher_url = None, ""
    if isinstance(source.publisher, str):
        if tree.catalog.has("organization", source.publisher):
            publisher = tree.name("organization", source.publisher)
            publisher_url = tree.url("organization", source.publisher)
        else:
            publisher = tree.words.phrase(source.publisher, "")
    elif source.publisher:
        publisher = tree.words.localized(source.publisher)
    return v.SourceView(
        publisher=publisher,
        publisher_url=publisher_url,
        authors=tuple(tree.words.localized(author) for author in source.author),
        title=tree.words.phrase(source.title, source.language or "") if source.title else None,
        language=tree.words.language_name(source.language) if source.language else None,
        date=tree.words.maybe_date(source.date),
        url=source.url or "",
        archived_url=source.archived_url or "",
        retrieved=tree.words.maybe_date(source.retrieved),
    )


def standing_page(tree: Tree, id_: str) -> Shown:
    """A standing page."""
    page = tree.catalog.pages[id_]
    code = tree.language_of(page)
    text = page.versions[code]
    content = tree.texts(text.path)["body"]
    url = addresses.record(tree.code, "page", page.id)
    title = tree.words.phrase(text.meta.title, code)
    summary = tree.words.phrase(text.meta.summary or "", code)
    frame = tree.frame(
        url,
        "page.html",
        title,
        description=tree.words.plain(summary) if summary.text else "",
        others=tree.shown_in(page),
        variants=tuple(page.versions),
    )
    body = tree.html(content, code, "page", page.id, page.attachments)
    fallback = None if code == tree.code else tree.words.language_name(code)
    return Shown(frame, v.TextView(title, body, content.headings, fallback))
