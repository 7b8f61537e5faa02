// Notes on names beside their links: while the pointer rests on a link or on its note, or the keyboard is on the link.
// Without this script, and on touch screens, a button after each link shows the note. Escape closes it either way.
"use strict";

(() => {
  const unhurried = 250;
  const described = "a[aria-describedby]";
  let link = null;
  let waiting = 0;

  const note = () => link && document.getElementById(link.getAttribute("aria-describedby"));
  const later = (work) => {
    clearTimeout(waiting);
    waiting = setTimeout(work, unhurried);
  };
  const hide = () => {
    clearTimeout(waiting);
    const shown = note();
    if (shown?.matches(":popover-open")) shown.hidePopover();
    link = null;
  };
  const show = (other) => {
    clearTimeout(waiting);
    if (other === link && note()?.matches(":popover-open")) return;
    hide();
    link = other;
    note()?.showPopover({ source: link });
  };
  const within = (target) => target instanceof Element && (target.closest(described) || target.closest("[popover]"));

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const here = within(event.target);
    if (!here || here === within(event.relatedTarget)) return;
    if (here.matches(described)) later(() => show(here));
    else if (here === note()) clearTimeout(waiting);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.pointerType === "touch" || !within(event.target)) return;
    const there = within(event.relatedTarget);
    if (there && (there === link || there === note())) return;
    later(() => document.activeElement !== link && hide());
  });
  document.addEventListener("focusin", (event) => {
    const here = event.target.closest(described);
    if (here?.matches(":focus-visible")) show(here);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === link) hide();
  });
})();
