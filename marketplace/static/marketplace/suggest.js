/* Suggestions under a search field: a combobox with a list, as WAI-ARIA APG describes it. Without it the form works. */
(function () {
  "use strict";
  var serial = 0, PAUSE = 150;

  function make(tag, values) { return Object.assign(document.createElement(tag), values); }

  function upgrade(input) {
    var id = "suggestions-" + (serial += 1), timer, asking, at = -1, rows = [];
    var list = make("ul", { id: id, className: "z-suggest", hidden: true });
    var said = make("span", { className: "vh" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.label);
    said.setAttribute("role", "status");
    var attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    Object.keys(attributes).forEach(function (name) { input.setAttribute(name, attributes[name]); });
    input.after(said, list);

    function close() {
      clearTimeout(timer);
      if (asking) asking.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }

    function mark(to) {
      at = to;
      rows.forEach(function (row, n) { row.setAttribute("aria-selected", String(n === at)); });
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", rows[at].id);
      rows[at].scrollIntoView({ block: "nearest" });
    }

    function row(one, n) {
      var item = make("li", { id: id + "-" + n });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.url = one.url;
      item.append(make("span", { textContent: one.label }), make("span", { className: "sub", textContent: one.kind }));
      return item;
    }

    function show(found) {
      rows = found.map(row);
      list.replaceChildren.apply(list, rows);
      mark(-1);
      list.hidden = !rows.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      said.textContent = rows.length ? input.dataset.some.replace("%d", rows.length) : input.dataset.none;
    }

    function ask() {
      var text = input.value.trim();
      if (!text) { said.textContent = ""; return close(); }
      if (asking) asking.abort();
      asking = new AbortController();
      fetch(input.dataset.suggest + "?q=" + encodeURIComponent(text), { signal: asking.signal })
        .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
        .then(function (found) { if (document.activeElement === input) show(found.suggestions); })
        .catch(close);
    }

    input.addEventListener("input", function (event) {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("compositionend", function () { timer = setTimeout(ask, PAUSE); });
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && list.hidden && step > 0) { ask(); event.preventDefault(); return; }
      if (list.hidden) return;
      if (step) {
        var size = rows.length + 1;
        mark((at + 1 + step + size) % size - 1);
      } else if (event.key === "Enter" && at >= 0) {
        location.assign(rows[at].dataset.url);
      } else if (event.key === "Escape") {
        close();
      } else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", function (event) {
      event.preventDefault();
      var chosen = event.target.closest("[role=option]");
      if (chosen && event.button === 0) location.assign(chosen.dataset.url);
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(upgrade);

  /* That a hit was opened is counted without who opened it; the link itself leads straight there. */
  document.addEventListener("click", function (event) {
    var hits = event.target.closest("a[href]") && event.target.closest("[data-opened]");
    if (hits && navigator.sendBeacon) {
      navigator.sendBeacon(hits.dataset.opened, new URLSearchParams({ q: hits.dataset.q }));
    }
  });
})();
