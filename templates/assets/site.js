// The reader's choice of colours, the side lists open on wide screens where the style sheet cannot open them, and the
// keys that lead to the search box. Nothing here is needed for reading.
"use strict";

(() => {
  const root = document.documentElement;
  const here = document.currentScript.src;
  const key = "theme";
  const recall = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const keep = (theme) => {
    try {
      localStorage.setItem(key, theme);
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
  };
  const chosen = recall();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  const system = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme || (system.matches ? "dark" : "light");

  // Keys are known by what they write; where the keyboard writes no Latin letters, by their place on it.
  const isKey = (event, letter, place) =>
    event.key.toLowerCase() === letter || (event.code === place && event.key > "\u007f");

  const prepare = (finder) => {
    const field = finder.elements.q;
    document.addEventListener("keydown", (event) => {
      const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
      const writing = event.target.closest("input, textarea, select, [contenteditable]");
      const slash = bare && !writing && isKey(event, "/", "Slash");
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && isKey(event, "k", "KeyK");
      if (event.isComposing || !(slash || command)) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
    field.addEventListener("focus", ({ relatedTarget }) => {
      if (!finder.contains(relatedTarget)) finder.cameFrom = relatedTarget; // where leaving the panel leads back to
    });
    const hint = finder.querySelector(".hint");
    if (hint) hint.hidden = false;
    // The search page has the scripts of search by itself; elsewhere nothing of it is fetched before it is wanted.
    const load = () => {
      for (const name of ["search/loader.js", `${finder.action}/../words.js`, "search/interface.js"]) {
        const script = document.createElement("script");
        script.src = new URL(name, here);
        script.async = false;
        document.head.append(script);
      }
    };
    if (finder.matches(".finder")) field.addEventListener("focus", load, { once: true });
  };

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    if (button) {
      const show = () => {
        const other = current() === "dark" ? "light" : "dark";
        button.dataset.offers = other;
        button.setAttribute("aria-label", button.dataset[other]);
        button.title = button.dataset[other];
      };
      button.addEventListener("click", () => {
        root.dataset.theme = button.dataset.offers;
        keep(root.dataset.theme);
        show();
      });
      system.addEventListener("change", show);
      show();
      button.hidden = false;
    }

    const finder = document.querySelector("form[role=search]");
    if (finder) prepare(finder);

    if (!CSS.supports("selector(::details-content)")) {
      const wide = matchMedia("(min-width: 64em)");
      const open = () => {
        for (const details of document.querySelectorAll("details.disclosure")) details.open = wide.matches;
      };
      wide.addEventListener("change", open);
      open();
    }
  });
})();
