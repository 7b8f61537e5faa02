// What a page needs to search: `siteSearch`, whose first use fetches the engine and the index. See docs/search.md.
"use strict";

(() => {
  const here = document.currentScript.src;
  const script = (name) =>
    new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = new URL(name, here).href;
      element.async = false;
      element.addEventListener("load", () => done());
      element.addEventListener("error", () => {
        element.remove();
        failed(Object.assign(new Error(`${name} cannot be fetched`), { code: "offline" }));
      });
      document.head.append(element);
    });

  let opened;
  const open = () => {
    opened ??= Promise.all([script("analysis.js"), script("engine.js")])
      .then(() => siteSearch.open(new URL("../../", here)))
      .catch((fault) => {
        opened = undefined;
        throw fault;
      });
    return opened;
  };

  window.siteSearch = {
    load: async () => void (await open()),
    query: async (text, options) => (await open()).query(text, options),
    search: async (text, options) => (await open()).search(text, options),
  };
})();
