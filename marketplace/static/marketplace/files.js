/* Files: what was chosen, with its size; one can be removed; a long upload says how far it is.
   Without this file a form with files works as any other. */
(function () {
  "use strict";
  if (!window.DataTransfer) return;
  var kept = new WeakMap(), sending = false;

  function size(bytes) {
    var kb = bytes / 1024;
    return kb < 1024 ? Math.ceil(kb) + " KB" : (kb / 1024).toFixed(1) + " MB";
  }
  function put(text, values) {
    return text.replace(/%(\w+)/g, function (_all, name) { return values[name]; });
  }
  function give(input, files) {
    var data = new DataTransfer();
    files.forEach(function (file) { data.items.add(file); });
    input.files = data.files;
    kept.set(input, files);
    show(input);
  }
  function total(files) {
    return files.reduce(function (sum, file) { return sum + file.size; }, 0);
  }

  /* Why the server would refuse, as far as it can be told before the files are sent. */
  function wrong(input, files) {
    var words = input.closest(".z-field").querySelector("[data-files]").dataset;
    var most = +input.dataset.most || 1, limit = +input.dataset.limit, together = +input.dataset.together;
    var large = files.filter(function (file) { return limit && file.size > limit; })[0];
    if (large) return put(words.large, { name: large.name, limit: size(limit) });
    if (files.length > most) return put(words.many, { most: most });
    return together && total(files) > together ? put(words.heavy, { limit: size(together) }) : "";
  }

  function show(input) {
    var field = input.closest(".z-field"), list = field.querySelector("[data-files]");
    var said = field.querySelector("output"), files = kept.get(input) || [];
    input.closest(".z-file").classList.add("on");
    list.replaceChildren();
    files.forEach(function (file, at) {
      var row = document.createElement("li"), button = document.createElement("button");
      var name = document.createElement("span");
      name.textContent = file.name + " · " + size(file.size);
      button.type = "button";
      button.className = "btn btn-quiet btn-s";
      button.textContent = list.dataset.remove;
      button.setAttribute("aria-label", list.dataset.remove + " " + file.name);
      button.addEventListener("click", function () {
        give(input, files.filter(function (_one, other) { return other !== at; }));
        (list.querySelectorAll("button")[Math.min(at, files.length - 2)] || input).focus();
      });
      row.append(name, button);
      list.append(row);
    });
    list.hidden = !files.length;
    said.hidden = false;
    said.textContent = wrong(input, files) || (files.length
      ? put(list.dataset.chosen, { count: files.length, size: size(total(files)) }) : said.dataset.none);
  }

  /* Choosing again adds to what was chosen, where several may be. */
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (!input.closest(".z-file")) return;
    var before = input.multiple ? kept.get(input) || [] : [], added = Array.from(input.files);
    var names = added.map(function (file) { return file.name; });
    give(input, before.filter(function (file) { return names.indexOf(file.name) < 0; }).concat(added));
  }, true);

  document.addEventListener("submit", function (event) {
    var form = event.target, inputs = Array.from(form.querySelectorAll(".z-file input"));
    var place = form.querySelector("[data-sending]");
    if (!place || sending || !inputs.some(function (one) { return one.files.length; })) return;
    event.preventDefault();
    var bad = inputs.filter(function (one) { return wrong(one, kept.get(one) || []); })[0];
    if (bad) { again(bad); return; }
    send(form, inputs, place);
  });

  function again(control) {
    sending = false;
    setTimeout(function () {
      document.dispatchEvent(new Event("z:again"));
      if (control) control.focus();
    }, 0);
  }

  function send(form, inputs, place) {
    var xhr = new XMLHttpRequest(), bar = place.querySelector("progress"), said = place.querySelector("[role=status]");
    var step = -1;
    sending = true;
    place.hidden = false;
    xhr.upload.onprogress = function (event) {
      if (!event.lengthComputable) return;
      var part = Math.floor(event.loaded / event.total * 100);
      bar.value = part;
      if (Math.floor(part / 10) === step) return; /* what is read out changes ten times at most */
      step = Math.floor(part / 10);
      said.textContent = put(place.dataset.sent, { part: part, done: size(event.loaded), all: size(event.total) });
    };
    xhr.upload.onload = function () { bar.value = 100; said.textContent = place.dataset.checking; };
    xhr.onerror = xhr.onabort = function () { said.textContent = place.dataset.lost; again(); };
    xhr.onload = function () {
      var to = xhr.getResponseHeader("HX-Redirect");
      sending = false;
      if (to) location.assign(to); else answer(xhr, form, inputs);
    };
    xhr.open("POST", form.action);
    xhr.setRequestHeader("HX-Request", "true");
    xhr.send(new FormData(form));
  }

  /* The page that the server answers with, in place of this one; what was chosen stays chosen. */
  function answer(xhr, form, inputs) {
    var files = inputs.map(function (one) { return [one.id, kept.get(one) || []]; });
    history.replaceState(null, "", xhr.responseURL);
    htmx.swap(document.body, xhr.responseText, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
    files.forEach(function (pair) {
      var input = document.getElementById(pair[0]);
      if (!input || !pair[1].length) return;
      give(input, pair[1]);
      input.form.querySelectorAll("[data-lost-files]").forEach(function (e) { e.textContent = e.dataset.lostFiles; });
    });
    window.scrollTo(0, 0);
    var errors = document.querySelector("[data-focus]");
    if (errors) errors.focus();
  }

  function prepare(root) {
    root.querySelectorAll(".z-file input").forEach(function (input) {
      if (input.files.length) kept.set(input, Array.from(input.files)); /* the browser has put them back */
      show(input);
    });
  }
  prepare(document);
  document.addEventListener("htmx:load", function (event) { prepare(event.target); });
})();
