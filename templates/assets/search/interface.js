// The search box's panel, and the search page. `siteSearch` (engine) finds, `siteSearchWords` (words.js) are the labels.
// All texts go into the page as text: nothing that is found is ever read as markup.
"use strict";

(() => {
  const root = document.documentElement;
  const language = root.lang;
  const words = window.siteSearchWords;
  const form = document.querySelector("form[role=search]");
  const field = form.elements.q;

  // --- Words, numbers and elements ---

  const locale = `${language}-u-nu-${root.dataset.numerals}`;
  const numerals = new Intl.NumberFormat(locale);
  const years = new Intl.NumberFormat(locale, { useGrouping: false });
  const categories = new Intl.PluralRules(language);
  const languageNames = new Intl.DisplayNames(language, { type: "language" });

  // A text's parts, with `values` (strings or elements) in place of its {placeholders}.
  const fill = (text, values) => text.split(/\{([a-z_]+)\}/).map((part, n) => (n % 2 ? values[part] : part));
  const say = (key, values = {}) => fill(words[key], values);
  const tally = (key, n) => {
    const forms = words[key];
    return fill(forms[categories.select(n)] ?? forms.other, { n: numerals.format(n) }).join("");
  };
  // For places without markup: a phrase of any direction between isolating controls.
  const apart = (text) => `\u2068${text}\u2069`;

  // An element; attributes that are null, undefined or false are left out.
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.flat().filter((child) => child !== null));
    return element;
  };
  const foreign = (code) => (code && code !== language ? code : null);
  const turned = (way) => (way && way !== (root.dir || "ltr") ? way : null);
  const phrase = (text, code, way) => make("bdi", { lang: foreign(code), dir: way }, text);
  const quoted = (text) => make("bdi", { class: "asked", dir: "auto" }, text);
  const time = (found) => make("time", { datetime: found.date, dir: root.dir || "ltr" }, found.dateText);

  const TOGETHER = {
    article: "articles",
    person: "people",
    organization: "organizations",
    place: "places",
    topic: "topics",
    event: "events",
  };
  const kindName = (kind) => words[`kind-${kind}`];
  const kindNames = (kind) => words[TOGETHER[kind] ? `nav-${TOGETHER[kind]}` : `kind-${kind}`];
  const documented = (found) => (found.articles ? tally("count-articles", found.articles) : null);

  // The address of the search page with a state of the form: what is asked and the filters that are set.
  const addressOf = (state) => {
    const address = new URL(form.action);
    for (const [name, value] of Object.entries(state)) if (value) address.searchParams.set(name, value);
    return address;
  };
  const FAILURES = { missing: "search-missing", "too-large": "search-too-large" };
  const failureText = (fault) => words[FAILURES[fault.code] ?? "search-failed"];

  // What is written runs its own way; an empty field runs with its label.
  const follow = () => field.setAttribute("dir", field.value ? "auto" : root.dir || "ltr");
  field.addEventListener("input", follow);

  const delayed = (milliseconds, act) => {
    let timer = 0;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => act(...given), milliseconds);
    };
  };

  // --- The panel below the search box: a combobox with a list, by the ARIA Authoring Practices ---
  // The dots in its ids keep them apart from those of the headings of a text.

  const startPanel = () => {
    const SHOWN = 8;
    const list = make("div", { id: "finder.list", role: "listbox", "aria-label": words["search-results"] });
    const message = make("p", { class: "message" });
    const panel = make("div", { class: "panel", tabindex: "-1", hidden: "" }, message, list);
    const status = make("p", { class: "visually-hidden", role: "status" });
    const close = make("button", { type: "button", class: "close", "aria-label": words["search-close"] });
    form.append(close, panel, status);
    for (const [name, value] of Object.entries({
      type: "text", // a field of the type "search" may not be a combobox (ARIA in HTML)
      inputmode: "search",
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": list.id,
      "aria-expanded": "false",
    }))
      field.setAttribute(name, value);

    let turn = 0;
    let active = null;

    const options = () => [...list.querySelectorAll("[role=option]")];
    const isOpen = () => !panel.hidden;
    const activate = (option) => {
      active?.setAttribute("aria-selected", "false");
      active = option;
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    };
    const open = (said, shown = []) => {
      message.replaceChildren(...said);
      list.replaceChildren(...shown);
      options().forEach((option, n) => (option.id = `finder.option.${n}`));
      activate(null);
      panel.hidden = false;
      form.classList.add("open");
      field.setAttribute("aria-expanded", String(shown.length > 0));
    };
    const shut = () => {
      turn += 1;
      activate(null);
      panel.hidden = true;
      form.classList.remove("open");
      field.setAttribute("aria-expanded", "false");
      status.textContent = "";
    };

    const option = (attributes, ...children) =>
      make("a", { role: "option", tabindex: "-1", "aria-selected": "false", ...attributes }, ...children);
    const answerOption = (found) =>
      option(
        { class: "answer", href: found.url, hreflang: foreign(found.lang) },
        make("span", { class: "name" }, phrase(found.title, found.lang, found.dir)),
        " ",
        make("span", { class: "note run" }, ...[kindName(found.kind), documented(found)].filter(Boolean).map(part)),
      );
    const part = (text) => make("span", {}, text);
    const resultOption = (found) =>
      option(
        { href: found.url, hreflang: foreign(found.lang) },
        phrase(found.title, found.lang, found.dir),
        found.date ? [" ", make("span", { class: "when" }, time(found))] : [],
      );
    const group = ([kind, members]) => {
      const heading = make("p", { id: `finder.kind.${kind}`, "aria-hidden": "true" }, kindNames(kind));
      return make("div", { role: "group", "aria-labelledby": heading.id }, heading, members.map(resultOption));
    };
    const byKind = (results) => {
      const kinds = new Map();
      for (const found of results) kinds.set(found.kind, [...(kinds.get(found.kind) ?? []), found]);
      return [...kinds];
    };
    const draw = (query, answer) => {
      if (!answer.total) {
        open(say("search-nothing", { query: quoted(query) }));
        status.textContent = tally("count-results", 0);
        return;
      }
      const shown = answer.answers.map(answerOption);
      shown.push(...byKind(answer.results).map(group));
      if (answer.correctedText) {
        const literally = addressOf({ q: query, exact: "1" });
        shown.push(option({ class: "way", href: literally }, say("search-as-written", { query: quoted(query) })));
      }
      const all = addressOf({ q: query });
      shown.push(option({ class: "way", href: all }, say("search-all", { query: quoted(query) })));
      const corrected = answer.correctedText ? say("search-corrected", { words: quoted(answer.correctedText) }) : [];
      open(corrected.length || !answer.relaxed ? corrected : say("search-relaxed"), shown);
      status.textContent = [tally("count-results", answer.total), message.textContent].filter(Boolean).join(". ");
    };

    const ask = async () => {
      const query = field.value.trim();
      if (!query) return shut();
      const own = (turn += 1);
      const wait = setTimeout(() => own === turn && open(say("search-waiting")), isOpen() ? 1500 : 300);
      try {
        const answer = await siteSearch.search(query, { limit: SHOWN, typing: true, excerpts: false });
        if (own === turn) draw(query, answer);
      } catch (fault) {
        if (own === turn) {
          open([failureText(fault)]);
          status.textContent = failureText(fault);
        }
      } finally {
        clearTimeout(wait);
      }
    };
    const askSoon = delayed(120, ask);

    const leave = () => {
      shut();
      form.cameFrom?.focus();
    };
    const move = (event, step) => {
      event.preventDefault();
      if (!isOpen()) return ask();
      const all = options();
      const at = all.indexOf(active);
      if (all.length) activate(all.at(at < 0 && step < 0 ? -1 : (at + step) % all.length));
    };
    const keys = {
      ArrowDown: (event) => move(event, 1),
      ArrowUp: (event) => move(event, -1),
      Enter: (event) => {
        if (!active || event.target !== field) return;
        event.preventDefault();
        active.click();
      },
      Escape: (event) => {
        event.preventDefault();
        if (isOpen()) leave();
        else field.blur();
      },
    };
    form.addEventListener("keydown", (event) => {
      if (!event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.(event);
    });
    field.addEventListener("input", askSoon);
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) shut();
    });
    document.addEventListener("pointerdown", (event) => {
      if (isOpen() && !form.contains(event.target)) shut();
    });
    close.addEventListener("click", () => {
      shut();
      field.blur();
    });
    follow();
    siteSearch.load().catch(() => {}); // what fails here fails again, and is told, when something is asked
    if (field.value && document.activeElement === field) ask();
  };

  // --- The search page ---

  const startPage = () => {
    const STEP = 10;
    const FILTERS = ["language", "kind", "year", "topic", "person"];
    const status = document.querySelector(".tally");
    const found = document.querySelector(".found");
    const browse = document.querySelector(".browse");
    const filters = document.querySelector(".filters");
    const plainTitle = document.title;
    const switches = [...document.querySelectorAll(".switches a")].map((link) => [link, link.href]);

    let turn = 0;
    let state = {};

    const fromAddress = () => {
      const given = new URLSearchParams(location.search);
      return Object.fromEntries(["q", "exact", ...FILTERS].map((name) => [name, (given.get(name) ?? "").trim()]));
    };
    const fromForm = () => {
      const valueOf = (name) => (form.elements[name].disabled ? state[name] : form.elements[name].value);
      const chosen = Object.fromEntries(FILTERS.map((name) => [name, valueOf(name)]));
      const q = field.value.trim();
      return { q, exact: q === state.q ? state.exact : "", ...chosen };
    };
    const filtersOf = (given) => Object.fromEntries(FILTERS.map((name) => [name, given[name]]));
    const isFiltered = () => FILTERS.some((name) => state[name]);

    // What is typed makes one entry of the history, which pressing Enter keeps; each filter makes its own.
    const remember = (typing) => {
      const replace = history.state?.typing || addressOf(state).search === location.search;
      history[replace ? "replaceState" : "pushState"]({ typing }, "", addressOf(state).search || location.pathname);
    };

    const nameOf = ({ value, names = {} }) => names[language] ?? Object.values(names)[0] ?? value;
    const LABELS = {
      language: ({ value }) => languageNames.of(value),
      kind: ({ value }) => kindName(value),
      year: ({ value }) => years.format(value),
      topic: nameOf,
      person: nameOf,
    };
    const fillFilter = (select, values, name) => {
      const chosen = state[name];
      const rows = values.some(({ value }) => value === chosen) || !chosen ? values : [{ value: chosen, count: 0 }, ...values];
      const option = (row) => {
        const parts = say("search-option", { name: apart(LABELS[name](row)), n: numerals.format(row.count) });
        return make("option", { value: row.value }, parts.join(""));
      };
      select.replaceChildren(select.options[0], ...rows.map(option));
      select.value = chosen;
      select.disabled = false;
      select.closest("p").hidden = rows.length < 2 && !chosen;
    };
    const excerpt = (result) => {
      const shown = result.excerpt ?? (result.description && { ...result.description, pieces: [result.description] });
      if (!shown?.pieces.some(({ text }) => text)) return null;
      const pieces = shown.pieces.map(({ text, hit }) => (hit ? make("mark", {}, text) : text));
      const block = { class: "excerpt", lang: foreign(shown.lang), dir: turned(shown.dir) };
      return make("p", block, shown.before ? "… " : "", ...pieces, shown.after ? " …" : "");
    };
    const other = ({ url, title, lang, dir }) =>
      make(
        "li",
        {},
        say("search-also-in", { language: languageNames.of(lang) }),
        " ",
        make("a", { href: url, hreflang: lang }, phrase(title, lang, dir)),
      );
    const elsewhere = ({ others }) => (others.length ? make("ul", { class: "note" }, others.map(other)) : null);
    const alone = (result) => make("p", { class: "badge" }, say("only-in", { language: languageNames.of(result.lang) }));
    const link = (result) =>
      make("a", { href: result.url, hreflang: foreign(result.lang) }, phrase(result.title, result.lang, result.dir));
    const margin = (result) =>
      make(
        "p",
        { class: "when" },
        make("span", { class: "kind" }, kindName(result.kind)),
        result.date ? [" ", time(result)] : [],
      );
    const item = (result) =>
      make(
        "li",
        {},
        margin(result),
        make(
          "div",
          {},
          make("h3", {}, link(result)),
          documented(result) && make("p", { class: "note" }, documented(result)),
          excerpt(result),
          result.languages.includes(language) ? null : alone(result),
          elsewhere(result),
        ),
      );
    const card = (result) =>
      make(
        "section",
        { class: "answer" },
        make("p", { class: "eyebrow" }, kindName(result.kind)),
        make("h3", {}, link(result)),
        result.description?.text ? describe(result.description) : null,
        documented(result) && make("p", { class: "note" }, documented(result)),
        elsewhere(result),
      );
    const describe = ({ text, lang, dir }) => make("p", { lang: foreign(lang), dir: turned(dir) }, text);

    const correction = (answer) => {
      if (!answer.correctedText) return answer.relaxed ? make("p", {}, say("search-relaxed")) : null;
      const literally = addressOf({ ...state, exact: "1" });
      return make(
        "p",
        {},
        say("search-corrected", { words: quoted(answer.correctedText) }),
        " ",
        make("a", { href: literally }, say("search-as-written", { query: quoted(state.q) })),
      );
    };
    const clearing = () => {
      const button = make("button", { type: "button", class: "plain" }, words["search-clear"]);
      button.addEventListener("click", () => {
        for (const name of FILTERS) form.elements[name].value = "";
        field.focus();
        go(fromForm());
      });
      return button;
    };
    const more = (known) => {
      const button = make("button", { type: "button", class: "plain" }, words["search-more"]);
      button.addEventListener("click", async () => {
        button.disabled = true;
        history.replaceState({ ...history.state, shown: known + STEP }, "");
        const own = turn;
        try {
          const answer = await siteSearch.search(state.q, { ...question(), limit: STEP, offset: known });
          if (own !== turn) return;
          const fresh = answer.results.map(item);
          found.querySelector("ol").append(...fresh);
          if (known + fresh.length < answer.total && fresh.length) button.replaceWith(more(known + fresh.length));
          else button.remove();
          fresh[0]?.querySelector("a").focus();
        } catch (fault) {
          if (own === turn) fail(fault);
        }
      });
      return button;
    };

    const draw = (answer) => {
      for (const name of FILTERS) fillFilter(form.elements[name], answer.facets[name], name);
      filters.hidden = !answer.total && !isFiltered();
      const known = answer.answers.length + answer.results.length;
      if (!answer.total) {
        const key = isFiltered() ? "search-nothing-filtered" : "search-nothing";
        status.replaceChildren(make("h2", {}, say(key, { query: quoted(state.q) })));
        found.replaceChildren(make("p", {}, words["search-advice"]), ...(isFiltered() ? [clearing()] : []));
      } else {
        status.replaceChildren(
          ...[make("h2", {}, tally("count-results", answer.total)), correction(answer)].filter(Boolean),
        );
        found.replaceChildren(
          ...(isFiltered() ? [clearing()] : []),
          ...answer.answers.map(card),
          make("ol", { class: "ledger" }, answer.results.map(item)),
          ...(known < answer.total ? [more(known)] : []),
        );
      }
      browse.hidden = answer.total > 0;
    };
    const fail = (fault) => {
      const retry = make("button", { type: "button", class: "plain" }, words["search-retry"]);
      retry.addEventListener("click", () => show());
      status.replaceChildren(make("p", { class: "notice" }, failureText(fault)));
      found.replaceChildren(...(FAILURES[fault.code] ? [] : [retry]));
      filters.hidden = true;
      browse.hidden = false;
    };
    const clear = () => {
      turn += 1;
      status.replaceChildren();
      found.replaceChildren();
      filters.hidden = true;
      browse.hidden = false;
    };

    const question = (typing = false) => ({ ...filtersOf(state), exact: Boolean(state.exact), typing });
    const show = async (typing = false) => {
      document.title = state.q ? `${apart(state.q)} – ${plainTitle}` : plainTitle;
      for (const [link, href] of switches) link.href = href + addressOf(state).search;
      if (!state.q) return clear();
      const own = (turn += 1);
      const tell = () => own === turn && status.replaceChildren(make("p", {}, words["search-waiting"]));
      const wait = setTimeout(tell, 300);
      found.setAttribute("aria-busy", "true");
      try {
        const limit = Math.max(STEP, history.state?.shown ?? 0);
        const answer = await siteSearch.search(state.q, { ...question(typing), facets: true, limit });
        if (own === turn) draw(answer);
      } catch (fault) {
        if (own === turn) fail(fault);
      } finally {
        clearTimeout(wait);
        if (own === turn) found.removeAttribute("aria-busy");
      }
    };
    const go = (next, typing = false) => {
      state = next;
      remember(typing);
      return show(typing);
    };
    const restore = () => {
      state = fromAddress();
      field.value = state.q;
      follow();
      show();
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(fromForm());
    });
    field.addEventListener(
      "input",
      delayed(250, () => {
        if (field.value.trim() !== state.q) go(fromForm(), true);
      }),
    );
    for (const name of FILTERS) form.elements[name].addEventListener("change", () => go(fromForm()));
    addEventListener("popstate", restore);
    restore();
  };

  if (form.matches(".finder")) startPanel();
  else startPage();
})();
