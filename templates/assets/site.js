// The reader's choice of colours, and the side lists open on wide screens where the style sheet cannot open them.
// Nothing here is needed for reading.
"use strict";

(() => {
  const root = document.documentElement;
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
