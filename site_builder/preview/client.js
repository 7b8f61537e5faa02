"use strict";
// Keeps a page of the preview current: reloads it when the site was built anew, and lists the content's problems in a
// panel. The panel lives in a shadow tree, so that neither it nor the page changes the other's looks.
(() => {
  const script = document.currentScript;
  const version = script.dataset.version;
  const unbuilt = document.documentElement.dataset.preview === "unbuilt"; // such a page lists the problems itself
  const dismissed = "site-builder-preview-dismissed";

  const host = document.createElement("div");
  host.id = "site-builder-preview";
  const root = host.attachShadow({ mode: "open" });
  const sheet = make("link", { rel: "stylesheet", href: new URL("client.css", script.src).href });
  const spoken = make("p", { className: "spoken" });
  spoken.setAttribute("role", "status");
  root.append(sheet, spoken);

  let shown = "[]";
  let panel = null;
  let source = null;

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function item(problem) {
    return make(
      "li",
      { className: problem.severity },
      make("code", { dir: "ltr", textContent: problem.place }),
      make("p", { dir: "auto", textContent: problem.message }),
      ...(problem.hint ? [make("p", { dir: "auto", className: "hint", textContent: problem.hint })] : []),
    );
  }

  function show(status) {
    const state = JSON.stringify(status.problems);
    if (state === shown) return;
    shown = state;
    panel?.remove();
    panel = null;
    spoken.textContent = status.problems.length ? status.summary : "";
    if (!status.problems.length || sessionStorage.getItem(dismissed) === state) return;
    const button = make("button", { type: "button", textContent: "Dismiss" });
    panel = make(
      "section",
      { lang: "en", dir: "ltr", ariaLabel: "Problems in the content" },
      make(
        "details",
        { open: !status.good },
        make("summary", { textContent: status.summary }),
        make("ul", { tabIndex: 0, ariaLabel: "Problems" }, ...status.problems.map(item)),
      ),
      button,
    );
    button.addEventListener("click", () => {
      sessionStorage.setItem(dismissed, state);
      panel.remove();
    });
    root.append(panel);
  }

  function listen() {
    source = new EventSource(new URL("events", script.src));
    source.addEventListener("message", (event) => {
      const status = JSON.parse(event.data);
      if (status.version !== version) {
        source.close();
        location.reload();
      } else if (!unbuilt) {
        show(status);
      }
    });
  }

  // Browsers allow few connections to one server; only pages that are looked at keep one.
  function look() {
    source?.close();
    if (!document.hidden) listen();
  }

  document.body.append(host);
  document.addEventListener("visibilitychange", look);
  look();
})();
