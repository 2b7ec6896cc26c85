// Repeats a selection in the browser from the evidence in the page: bidding/selection/evidence.py once more.
// What differs by method stands in methods/*.js, loaded before: isFlat (known to version 1), settlesOnEntry,
// entrant (what it states of each besides), leavesChoice (nobody has won yet),
// form (its terms in version 2), bounds (where they are no floor and ceiling), reckons (it states what it worked
// out), course (the form of what was quoted in the open), offers (the lots it ranks), isPlayed (the course holds), rank.
(() => {
  "use strict";
  const TAG = "wszj-draw/1", SOURCED = "wszj-draw/2", HEX = /^[0-9a-f]{64}$/, MONEY = /^(0|[1-9][0-9]{0,11})\.[0-9]{2}$/;
  const USCC = /^[0-9A-Z]{18}$/, TEXT = /^[^]+$/;
  const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+08:00$/;
  const any = () => true, whole = (least, most) => v => Number.isInteger(v) && v >= least && v <= most;
  const ENTRANT = { agency: TEXT, name: TEXT, uscc: USCC, amount: MONEY, offered_at: TIME,
    status: ["standing", "ended", "excluded"], reference: [null, TEXT] };
  const listOf = form => list => Array.isArray(list) && list.every(one => fits(one, form));
  const methods = window.wszjMethods || {};
  const known = name => typeof name === "string" && Object.hasOwn(methods, name);
  const own = name => known(name) ? methods[name].form({ MONEY, USCC, TEXT, whole, listOf }) : {};
  const SHARED = { tender_code: TEXT, fund: ["fiscal", "state_owned", "private"], rulebook: HEX,
    min_signups: whole(1, 999) };
  const VERSIONS = {
    "wszj-evidence/1": () => ({ ...SHARED, method: name => known(name) && methods[name].isFlat === true,
      ceiling: [null, MONEY], floor: [null, MONEY], named_agency: [null, USCC] }),
    "wszj-evidence/2": ({ method }) => ({ ...SHARED,
      method: { name: known, ...own(isObject(method) && method.name) } }),
    "wszj-evidence/3": terms => ({ ...VERSIONS["wszj-evidence/2"](terms), public_source: [null, TEXT] }),
    "wszj-evidence/4": terms => ({ ...VERSIONS["wszj-evidence/3"](terms), small_deduction: whole(1, 99) }) };
  const SEALED = { algorithm: [SOURCED], entropy: any,
    sources: { sealed_seed: HEX, bid_list: HEX, frozen_at: TIME, public: [null, TEXT] } };
  const nameIn = t => isObject(t.method) ? t.method.name : t.method;
  const reckons = t => known(nameIn(t)) && methods[nameIn(t)].reckons === true;
  const course = t => (known(nameIn(t)) && methods[nameIn(t)].course) || null;
  const entrant = t => known(nameIn(t)) && methods[nameIn(t)].entrant
    ? methods[nameIn(t)].entrant({ HEX, whole }) : {};
  const deducts = e => e.format === "wszj-evidence/4", isSourced = e => e.format > "wszj-evidence/2";
  const form = e => ({ format: any, algorithm: [TAG], terms: VERSIONS[e.format](e.terms),
    commitment: HEX, committed_at: TIME, seed: HEX, period_end: TIME, selected_at: TIME,
    entrants: list => Array.isArray(list) && list.every(one => fits(one, { ...ENTRANT, ...entrant(e.terms),
      ...(isSourced(e) ? { sealed: HEX, part: HEX } : {}),
      ...(deducts(e) ? { is_small: [true, false] } : {}) })),
    ...(reckons(e.terms) ? { reckoning: any } : {}),
    ...(course(e.terms) ? { course: course(e.terms)({ MONEY, USCC, TIME, whole, fits }) } : {}),
    context: any, ranking: any, result: any, winner: any, amount: any, digest: any,
    ...(isSourced(e) ? SEALED : {}) });
  const isShaped = e => isObject(e) && Object.hasOwn(VERSIONS, e.format) && isObject(e.terms) &&
    fits(e, form(e));

  const isObject = v => v !== null && typeof v === "object" && !Array.isArray(v);
  const keys = v => Object.keys(v).sort();

  function fits(value, form) {
    if (Array.isArray(form)) return form.some(one => fits(value, one));
    if (form instanceof RegExp) return typeof value === "string" && form.test(value);
    if (typeof form === "function") return form(value);
    if (!isObject(form)) return value === form;
    return isObject(value) && same(keys(value), keys(form)) &&
      keys(form).every(key => fits(value[key], form[key]));
  }

  function canonical(v) {
    if (Array.isArray(v)) return "[" + v.map(canonical).join(",") + "]";
    if (!isObject(v)) return JSON.stringify(v);
    return "{" + keys(v).map(k => JSON.stringify(k) + ":" + canonical(v[k])).join(",") + "}";
  }

  const same = (a, b) => canonical(a) === canonical(b);
  const bytes = v => typeof v === "string" ? new TextEncoder().encode(v) : v;
  const fromHex = text => Uint8Array.from(text.match(/../g), pair => parseInt(pair, 16));

  async function sha256(data) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(data)));
    return Array.from(digest, b => b.toString(16).padStart(2, "0")).join("");
  }

  // every part is preceded by its length in four bytes
  const tagged = (purpose, ...rest) => hashed(TAG, purpose, ...rest);

  function hashed(tag, purpose, ...rest) {
    return sha256(Uint8Array.from([tag + " " + purpose, ...rest].map(bytes).flatMap(
      part => [24, 16, 8, 0].map(bits => part.length >> bits).concat(...part))));
  }

  // a whole number below `bound`; a hash beyond its last whole multiple is drawn again
  async function below(bound, purpose, seed, context) {
    const [n, all] = [BigInt(bound), 1n << 256n];
    for (let counter = 0; ; counter += 1) {
      const bytesOf = [24, 16, 8, 0].map(bits => (counter >> bits) & 255);
      const drawn = BigInt("0x" + await tagged(purpose, fromHex(context), fromHex(seed), Uint8Array.from(bytesOf)));
      if (drawn < all - all % n) return Number(drawn % n);
    }
  }

  const cents = amount => BigInt(amount.replace(".", ""));

  function listed(all, named) {
    const codes = all.map(one => one.uscc), agencies = all.map(one => one.agency);
    return same(codes, [...new Set(codes)].sort()) && new Set(agencies).size === all.length &&
      all.every(one => (one.status === "standing") === (one.reference === null) &&
        (named === null || one.uscc === named));
  }

  // what small enterprises quoted, lowered to be compared: exact to a hundredth of a cent
  function comparedAt({ amount, is_small: isSmall }, percent) {
    const all = cents(amount) * BigInt(isSmall ? 100 - percent : 100);
    return `${all / 10000n}.${String(all % 10000n).padStart(4, "0")}`;
  }

  const lots = (stand, seed, context) => Promise.all(stand.map(async ({ uscc, amount, weight }) =>
    ({ uscc, amount, ...(weight === undefined ? {} : { weight }),
      ticket: await tagged("ticket", fromHex(context), fromHex(seed), uscc) })));

  // all moments are in one zone and one form, so they compare as text
  function inTime(e, settlesOnEntry) {
    const offered = e.entrants.map(one => one.offered_at);
    const earliest = settlesOnEntry ? [e.committed_at, ...offered].sort().pop() : e.period_end;
    return e.committed_at < e.period_end && e.selected_at >= earliest &&
      offered.every(at => at >= e.committed_at && at < e.period_end);
  }

  // version 3: the list was frozen between the last offer and the opening, and is what was opened
  async function isFrozen(e) {
    const { sealed_seed: seed, bid_list: stated, frozen_at: at, public: drawn } = e.sources;
    const pairs = e.entrants.map(one => [one.agency, one.sealed]).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    const list = { bids: pairs, order: e.terms.tender_code, seed, version: "wszj-envelope/1" };
    // one round each 3 seconds since it began; whether the signature is the beacon's own, clients of drand tell
    const round = Math.floor((Date.parse(e.period_end) / 1000 - 1692803367) / 3) + 2;
    const isBeacon = (e.terms.public_source || "").startsWith("drand quicknet 52db9ba7");
    if (isBeacon && !new RegExp(`^${round} [0-9a-f]{96}$`).test(drawn)) return false;
    return [e.committed_at, ...e.entrants.map(one => one.offered_at)].every(one => one <= at) && at <= e.selected_at &&
      (e.terms.public_source === null) === (drawn === null) && stated === await sha256(canonical(list));
  }

  // the platform's secret, every bidder's part and the public value, in one
  const entropyOf = e => hashed(SOURCED, "entropy", canonical({
    parts: e.entrants.map(one => [one.uscc, one.part]), public: e.sources.public, seed: e.seed }));

  async function verify(text, published) {
    const e = JSON.parse(text);
    if (!isShaped(e)) return ["shape"];
    const failed = [], t = e.terms, isFlat = !isObject(t.method);
    const name = nameIn(t), method = methods[name];
    const terms = isFlat ? t : t.method, { named_agency: named = null } = terms;
    const { ceiling = null, floor = null } = method.bounds ? method.bounds(terms) : terms;
    const expect = (check, holds) => holds || failed.push(check);
    const { digest, ...rest } = e;
    expect("digest", digest === await sha256(canonical(rest)));
    expect("published_digest", (published.digest || digest) === digest);
    expect("commitment",
      e.commitment === await tagged("commitment", canonical(t), fromHex(e.seed)));
    expect("published_commitment", (published.commitment || e.commitment) === e.commitment);
    expect("times", inTime(e, method.settlesOnEntry));
    const stand = e.entrants.filter(one => one.status === "standing");
    expect("limits", stand.every(({ amount }) =>
      (ceiling === null || cents(amount) <= cents(ceiling)) &&
      (floor === null || cents(amount) >= cents(floor))));
    expect("course", !method.isPlayed || method.isPlayed(e, cents));
    expect("sources", !e.sources || await isFrozen(e));
    const isNamed = !isFlat || (named !== null) === ("named_agency" in own(name));
    if (!isNamed || !listed(e.entrants, named)) return [...failed, "entrants"];
    const offers = e.entrants.map(one => [one.uscc, one.amount, one.offered_at]);
    const told = { terms: t, offers, ...(e.course ? { course: e.course } : {}) };
    const context = await hashed(e.sources ? SOURCED : TAG, "context", canonical(told));
    const seed = e.sources ? await entropyOf(e) : e.seed;
    expect("entropy", !e.sources || e.entropy === seed);
    const offered = method.offers ? method.offers(e, stand) : stand;
    const paid = Object.fromEntries(offered.map(one => [one.uscc, one.amount]));
    const ranked = !deducts(e) ? offered
      : offered.map(one => ({ ...one, amount: comparedAt(one, t.small_deduction) }));
    const enough = stand.length >= t.min_signups && ranked.length > 0;
    const draw = (bound, purpose) => below(bound, purpose, seed, context);
    const { places: found, reckoning = null } = enough
      ? await method.rank(await lots(ranked, seed, context), cents, { terms: t.method, below: draw })
      : { places: [] };
    const places = !deducts(e) ? found
      : found.map(one => ({ ...one, amount: paid[one.uscc], ranked_at: one.amount }));
    const { uscc = null, amount = null } = method.leavesChoice ? {} : places[0] || {};
    const ended = !places.length ? "failed" : method.leavesChoice ? "listed" : "awarded";
    expect("context", e.context === context);
    expect("reckoning", !reckons(t) || same(e.reckoning, reckoning));
    expect("ranking", same(e.ranking, places));
    const { wszjScores: scored } = window;
    expect("scores", !scored || await scored(e, published.scores,
      { SOURCED, canonical, cents, fromHex, hashed, same, sha256, tagged }));
    expect("result", same([e.result, e.winner, e.amount], [ended, uscc, amount]));
    return failed;
  }

  const [button, out, source] = ["recompute", "recomputed", "evidence"].map(
    id => document.getElementById(id));
  if (!button || !out || !source) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const failed = await verify(source.textContent, button.dataset).catch(() => ["unable"]);
    const { holds, fails, unable } = out.dataset;
    out.dataset.failed = failed.join(" ");
    out.dispatchEvent(new CustomEvent("recomputed", { bubbles: true, detail: failed }));
    out.textContent = !failed.length ? holds : failed[0] === "unable" ? unable : fails;
  });
})();
