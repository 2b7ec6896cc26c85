/* Small progressive bits. Every page reads and works without this file. */
(function () {
  "use strict";
  var body = document.body, words = (body.dataset.words || "").split(" ");

  function two(n) { return (n < 10 ? "0" : "") + n; }

  /* The same two units as time_left() on the server. */
  function say(s) {
    var d = Math.floor(s / 86400), h = Math.floor(s % 86400 / 3600), m = Math.floor(s % 3600 / 60);
    if (d) return [words[0], d, words[1], h, words[2]].join(" ");
    if (h) return [words[0], h, words[2], m, words[3]].join(" ");
    return [words[0], m, words[3], two(s % 60), words[4]].join(" ");
  }

  /* The platform's time comes with the answer, also with that of a kept page; the device's clock is never read. */
  function ahead() {
    var entry = performance.getEntriesByType("navigation")[0];
    var told = (entry && entry.serverTiming || []).filter(function (t) { return t.name === "platform"; })[0];
    if (told) return told.description * 1000 - entry.responseStart;
    return body.dataset.now * 1000 - performance.now();
  }
  var start = ahead();

  function tick() {
    var now = start + performance.now();
    document.querySelectorAll("[data-clock]").forEach(function (e) {
      var text = new Date(now + 288e5).toISOString().slice(11, 16);
      if (e.textContent !== text) e.textContent = text;
    });
    document.querySelectorAll("[data-until]").forEach(function (e) {
      var left = Math.round(e.dataset.until - now / 1000);
      var text = left > 0 ? say(left) : e.dataset.over;
      if (e.textContent !== text) e.textContent = text;
    });
  }

  /* Fields for one choice alone are there when it is chosen; the others are neither shown nor sent. */
  function match(root) {
    root.querySelectorAll("[data-when]").forEach(function (e) {
      var taken = e.form.querySelector("[name=" + e.dataset.when + "]:checked");
      e.hidden = e.disabled = !taken || e.dataset.is.split(" ").indexOf(taken.value) < 0;
    });
  }

  function prepare(root) {
    tick();
    match(root);
    root.querySelectorAll("[data-copy]").forEach(function (b) { b.hidden = !navigator.clipboard; });
    root.querySelectorAll("[data-js]").forEach(function (e) { e.hidden = false; });
    var errors = root.querySelector("[data-focus]");
    if (errors) errors.focus();
  }

  document.addEventListener("click", function (event) {
    var off = event.target.closest("[aria-disabled=true]");
    if (off) { event.preventDefault(); return; }
    var copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
      copy.querySelector("span").textContent = copy.dataset.done;
      return;
    }
    if (event.target.closest("[data-print]")) { window.print(); return; }
    /* The text of a cited article opens in place; where that cannot be, its link leads to the law. */
    var cited = event.target.closest("[data-article]");
    var article = cited && !event.ctrlKey && !event.metaKey && document.getElementById(cited.dataset.article);
    if (article && article.showPopover) {
      event.preventDefault();
      article.showPopover();
      return;
    }
    var opener = event.target.closest("[data-open]");
    if (opener) {
      event.preventDefault();
      /* Opened on a small screen it shows what there is to choose of, and what was chosen. */
      var box = document.getElementById(opener.dataset.open);
      opener.setAttribute("aria-expanded", box.classList.toggle("open"));
      box.querySelectorAll("details").forEach(function (one) { one.open = !!one.querySelector(":checked"); });
    }
    /* An open menu closes when one clicks elsewhere. */
    document.querySelectorAll(".z-menu[open],.z-person[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".z-term:hover,.z-term:focus").forEach(function (term) { term.classList.add("off"); });
    var menu = document.querySelector(".z-menu[open],.z-person[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  /* An explanation that was put away comes again when one comes again. */
  ["mouseout", "focusout"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var term = event.target.closest(".z-term.off");
      if (term) term.classList.remove("off");
    });
  });

  /* A form is sent once; its button says so. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    var button = event.submitter;
    if (!button) return;
    button.dataset.label = button.innerHTML;
    setTimeout(function () { button.setAttribute("aria-disabled", "true"); button.textContent = body.dataset.busy; }, 0);
  });
  window.addEventListener("pageshow", again);
  document.addEventListener("z:again", again);
  function again() {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.querySelectorAll("[data-label]").forEach(function (button) {
        button.removeAttribute("aria-disabled");
        button.innerHTML = button.dataset.label;
      });
    });
  }

  /* Before anybody reads the form, htmx too. */
  document.addEventListener("change", function (event) {
    if (event.target.type === "radio") match(document);
  }, true);

  /* A select that filters sends its form when changed; without scripts there is a button. */
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-auto")) form.requestSubmit ? form.requestSubmit() : form.submit();
  });

  prepare(document);
  body.addEventListener("htmx:load", function (event) { prepare(event.target); });
  setInterval(tick, 1000);
})();
