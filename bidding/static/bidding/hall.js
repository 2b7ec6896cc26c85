// Follows a hall by its stream, or by asking where there is none. The page reads and works without it.
(() => {
  "use strict";
  const hall = document.getElementById("hall"), told = document.getElementById("hall-told");
  if (!hall || !told) return;
  const words = hall.dataset, given = JSON.parse(told.textContent), $ = id => document.getElementById(id);
  const cents = text => Math.round(Number(text) * 100), { own, opens, quotes } = given;
  const ceiling = cents(given.ceiling), floor = given.floor ? cents(given.floor) : null, step = cents(given.step);
  const byRate = given.rate, base = BigInt(ceiling);
  let { phase, ends } = given, ahead = given.now - performance.now();

  // --- words and figures --------------------------------------------------------------------------
  const yuan = value => "¥" + (value / 100).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  // the same as bidding/selection/discounts.py, in hundredths of a percent
  const rateOf = value => Number((2n * (base - BigInt(value)) * 10000n + base) / (2n * base));
  const discounted = rate => rate < 10000 ? Number((2n * base * BigInt(10000 - rate) + 10000n) / 20000n) : 0;
  const points = rate => (rate / 100).toFixed(2);
  const quoted = value => words.rate.replace("%s", points(rateOf(value)));
  const shown = value => byRate ? words.both.replace("%a", yuan(value)).replace("%q", quoted(value)) : yuan(value);
  const below = value => byRate ? discounted(rateOf(value) + step) : value - step;
  const two = n => (n < 10 ? "0" : "") + n;
  const clock = at => new Date(at + 288e5).toISOString().slice(11, 19);

  // the same as marketplace/web/capitals.py
  function capitals(value) {
    const [digits, places, myriads, units] = words.capitals.split(" ");
    const whole = Math.floor(value / 100), jiao = Math.floor(value % 100 / 10), fen = value % 10;
    let text = "", gap = false;
    const figures = String(whole);
    for (let i = 0; i < figures.length; i += 1) {
      const left = figures.length - 1 - i, digit = Number(figures[i]);
      if (digit) {
        text += (gap && text ? digits[0] : "") + digits[digit] + (left % 4 ? places[left % 4 - 1] : "");
        gap = false;
      } else gap = true;
      if (left && left % 4 === 0 && Number(figures.slice(Math.max(0, i - 3), i + 1))) {
        text += myriads[left / 4 - 1];
        if (digit) gap = false;
      }
    }
    if (whole) text += units[0];
    if (!jiao && !fen) return text + units[3];
    return text + (jiao ? digits[jiao] + units[1] : whole ? digits[0] : "") + (fen ? digits[fen] + units[2] : "");
  }

  // --- what is drawn ------------------------------------------------------------------------------
  const last = () => quotes[quotes.length - 1];

  function most() {
    if (!quotes.length) return ceiling;
    const price = cents(last().amount);
    return price === floor ? floor : Math.max(below(price), floor || 0);
  }

  function drawChart() {
    const path = $("hall-path");
    if (!path || !quotes.length) return;
    const low = floor === null ? cents(last().amount) : floor, reach = Math.max(ceiling - low, 100);
    const span = Math.max(ends - opens, 1000);
    const dots = quotes.map(one => [Math.min((one.at - opens) / span, 1) * 720,
      (ceiling - cents(one.amount)) / reach * 216 + 12].map(n => n.toFixed(1)));
    path.setAttribute("d", "M" + dots[0].join(" ") + dots.slice(1).map(([x, y]) => "H" + x + "V" + y).join("") + "H720");
  }

  function addRow(one) {
    const row = document.createElement("tr"), isOwn = one.seat === own;
    row.setAttribute("role", "row");
    row.className = isOwn ? "new win" : "new";
    const cell = (name, text, kind, role) => {
      const made = document.createElement(name);
      made.textContent = text;
      made.className = kind;
      made.setAttribute("role", role);
      row.append(made);
      return made;
    };
    cell("td", one.number, "", "cell");
    cell("th", words.seat + " " + one.seat + (isOwn ? words.you : ""), "", "rowheader");
    const amount = cell("td", byRate ? quoted(cents(one.amount)) : yuan(cents(one.amount)), "r nb", "cell");
    if (byRate) amount.append(Object.assign(document.createElement("span"), { className: "sub", textContent: yuan(cents(one.amount)) }));
    cell("td", clock(one.at), "r nb", "cell");
    $("hall-rows").prepend(row);
    $("hall-none").hidden = true;
  }

  function drawOwn() {
    const box = $("hall-own");
    if (!box || !quotes.length) return;
    const price = last().amount, mine = quotes.filter(one => one.seat === own).pop();
    const leads = mine && mine.amount === price;
    const shared = leads && quotes.filter(one => one.amount === price).length > 1;
    const word = shared ? words.shares : leads ? words.leads : mine ? words.outbid : words.silent;
    const text = word.replace("%s", shown(cents(price)));
    if (box.textContent !== text) box.textContent = text;
    box.className = "z-own " + (leads ? "ok" : "warn");
    drawButtons(leads || phase !== "open");
  }

  function drawButtons(none) {
    const form = $("hall-form"), typed = $("hall-own-amount");
    if (!form) return;
    form.hidden = typed.hidden = none;
    const amounts = [];
    for (let amount = most(); amounts.length < 3 && amount > 0; amount = Math.max(below(amount), floor || 0)) {
      amounts.push(amount);
      if (amount <= (floor || 0)) break;
    }
    const label = $("hall-amounts").dataset.label;
    $("hall-amounts").replaceChildren(...amounts.map(amount => {
      const button = document.createElement("button");
      Object.assign(button, { className: "btn btn-secondary btn-full", type: "submit", name: "amount",
        value: byRate ? points(rateOf(amount)) : (amount / 100).toFixed(2), textContent: label + " " + shown(amount) });
      return button;
    }));
  }

  function draw() {
    if (quotes.length) {
      const price = cents(last().amount);
      $("hall-price").textContent = byRate ? quoted(price) : yuan(price);
      $("hall-capitals").textContent = (byRate ? yuan(price) + " " : "") + capitals(price);
      $("hall-lead").textContent = words.seat + " " + last().seat + " · " + clock(last().at);
    }
    drawChart();
    drawOwn();
  }

  // --- what is told -------------------------------------------------------------------------------
  const heard = data => { ahead = data.now - performance.now(); };

  function takeQuote(one) {
    if (one.number !== quotes.length + 1) return;
    quotes.push(one);
    ends = one.ends;
    addRow(one);
    draw();
  }

  function takeHall(data) {
    heard(data);
    if (data.ends) ends = data.ends;
    if (data.phase === phase) return;
    // what stands on the page is another then: before it opens, while it stands still, when it is over
    if (["waiting", "paused"].includes(phase) || ["paused", "done"].includes(data.phase)) {
      location.reload();
      return;
    }
    phase = data.phase;
    if (phase === "over") $("hall-said").textContent = words.over;
    drawOwn();
  }

  function tick() {
    const box = $("hall-left");
    if (!box) return;
    const left = Math.max(0, Math.ceil((ends - ahead - performance.now()) / 1000));
    const text = two(Math.floor(left / 60)) + ":" + two(left % 60);
    if (box.textContent !== text) box.textContent = text;
    box.classList.toggle("soon", left < 60);
  }

  function ask() {
    fetch(words.events + "?after=" + quotes.length).then(answer => answer.json()).then(({ hall: state, quotes: later }) => {
      later.forEach(takeQuote);
      takeHall(state);
    }).catch(() => { $("hall-said").textContent = words.lost; });
  }

  function follow() {
    let failures = 0, asking = 0;
    const stream = new EventSource(words.stream + "?after=" + quotes.length);
    const live = () => {
      failures = 0;
      clearInterval(asking);
      asking = 0;
      if ($("hall-said").textContent === words.lost) $("hall-said").textContent = "";
    };
    stream.addEventListener("quote", event => { live(); const one = JSON.parse(event.data); heard(one); takeQuote(one); });
    stream.addEventListener("hall", event => { live(); takeHall(JSON.parse(event.data)); });
    stream.addEventListener("time", event => { live(); heard(JSON.parse(event.data)); });
    stream.addEventListener("error", () => {
      failures += 1;
      $("hall-said").textContent = words.lost;
      // where the stream does not come through, the page asks; the browser goes on trying
      if (!asking && (failures > 1 || stream.readyState === EventSource.CLOSED)) asking = setInterval(ask, 2000);
    });
  }

  // --- what is quoted -----------------------------------------------------------------------------
  const dialog = $("hall-confirm");
  function confirm(event) {
    const field = event.target.querySelector("[name=amount]:not(button)");
    const text = event.submitter && event.submitter.value || field && field.value || "";
    if (!(byRate ? /^[0-9]{1,2}(\.[0-9]{1,2})?$/ : /^[0-9,]+(\.[0-9]{1,2})?$/).test(text)) return;
    event.preventDefault();
    const typed = cents(text.replace(/,/g, "")), amount = byRate ? discounted(typed) : typed, form = dialog.querySelector("form");
    form.elements.amount.value = (typed / 100).toFixed(2);
    form.elements.price.value = quotes.length ? last().amount : "";
    dialog.querySelector("[data-amount]").textContent = byRate ? quoted(amount) : yuan(amount);
    dialog.querySelector("[data-capitals]").textContent = amount ? (byRate ? yuan(amount) + " " : "") + capitals(amount) : "";
    dialog.showModal();
  }
  if (dialog && dialog.showModal) {
    ["hall-form", "hall-own-amount"].forEach(id => $(id).addEventListener("submit", confirm));
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  }

  document.querySelectorAll("[data-no-stream]").forEach(one => { one.hidden = true; });
  if (phase === "done") return;
  tick();
  setInterval(tick, 250);
  follow();
})();
