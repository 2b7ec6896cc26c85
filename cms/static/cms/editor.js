/* Give each rich text of a form the name of its field: Wagtail's editor has none (WCAG 4.1.2). */
"use strict";
(() => {
  const name = (box) => {
    const field = box.closest("[data-contentpath]") || box.closest("section");
    const label = field && field.querySelector("label, h2, h3");
    if (label) box.setAttribute("aria-label", label.innerText.replace("*", "").trim());
  };
  const all = () => document.querySelectorAll("[role=textbox]:not([aria-label])").forEach(name);
  new MutationObserver(all).observe(document, { childList: true, subtree: true });
})();
