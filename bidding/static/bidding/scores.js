// Repeats the scores of a scored order in the browser, from evidence and sheets, and the draw of the panel that gave
// them, where one was drawn: bidding/selection/scoring.py and panel.py once more.
(() => {
  "use strict";
  const HUNDRED = 100n, SHARES = 10000n;
  const REASONS = ["owner", "bidder", "named", "officer", "not_serving"];
  const SCORED = "scored", FATES = [SCORED, "declined", "lapsed", "barred"];
  const isPoint = one => Number.isInteger(one) && one >= 0 && one <= 100;
  const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
  const times = ([a, b], n) => [a * n, b];
  // the sum of what counts, where the highest and the lowest are left out without them
  const counted = (given, outer) => given.sort((a, b) => a - b).slice(outer, given.length - outer)
    .reduce((sum, one) => sum + BigInt(one), 0n);
  // half of the fourth place rounded up
  const written = ([n, d]) => {
    const whole = (2n * SHARES * n + d) / (2n * d);
    return `${whole / SHARES}.${String(whole % SHARES).padStart(4, "0")}`;
  };

  function isSheet(sheet, codes, count, same) {
    const points = sheet && sheet.points;
    return Boolean(points) && same(Object.keys(points).sort(), codes) && codes.every(uscc =>
      Array.isArray(points[uscc]) && points[uscc].length === count && points[uscc].every(isPoint));
  }

  // whether the scores in the page, if any, are the published ones and follow from evidence and sheets
  window.wszjScores = async (evidence, digest, tools) => {
    const source = document.getElementById("scores");
    if (!source) return true;
    const stated = JSON.parse(source.textContent);
    return digest === await tools.sha256(tools.canonical(stated)) && follows(evidence, stated, tools) &&
      (!("seats" in evidence.terms.method) || isDrawn(evidence, stated, tools));
  };

  // the pool was the frozen one, its seats were offered in the order of its lots, and one sheet is of each who sat
  async function isDrawn({ terms, entropy }, { panel, seats, sheets }, tools) {
    const { SOURCED, canonical, fromHex, hashed, same, tagged } = tools;
    const order = terms.tender_code, { round, left_out: out } = panel, wanted = terms.method.seats;
    const pool = [...new Set(panel.pool)].sort(), gone = out.map(one => one.code);
    const frozen = await hashed(SOURCED, "pool", canonical({ order, round, codes: pool }));
    const context = await hashed(SOURCED, "panel", canonical({ order, pool: frozen, round, seats: wanted }));
    const lots = await Promise.all(pool.map(async code =>
      [await tagged("ticket", fromHex(context), fromHex(entropy), code), code]));
    const drawn = lots.sort(([a], [b]) => a < b ? -1 : 1).map(([, code]) => code).filter(code => !gone.includes(code));
    const isLeftOut = out.every(one => pool.includes(one.code) && REASONS.includes(one.reason)) &&
      same(gone, [...new Set(gone)].sort());
    const sat = seats.filter(one => one.fate === SCORED).map(one => one.name);
    return isLeftOut && same(panel, { format: "wszj-panel/1", tender: order, round, seats: wanted, pool,
      pool_sha256: frozen, left_out: out, entropy, order: drawn }) &&
      same(seats.map(one => one.code), drawn.slice(0, seats.length)) &&
      seats.every(one => FATES.includes(one.fate) && (one.fate === SCORED || one.name === "")) &&
      sat.length === wanted && same(sat, sheets.map(one => one.by));
  }

  function follows(evidence, stated, { cents, same }) {
    const own = evidence.terms.method, weights = own.criteria.map(one => BigInt(one.weight));
    const places = evidence.ranking, codes = places.map(one => one.uscc).sort();
    const { sheets } = stated, count = weights.length;
    if (!Array.isArray(sheets) || !sheets.length || !sheets.every(one => isSheet(one, codes, count, same))) return false;
    const records = Object.fromEntries(evidence.entrants.map(one => [one.uscc, BigInt(one.weight || 0)]));
    const greatest = places.map(one => records[one.uscc]).reduce((a, b) => a > b ? a : b, 0n);
    const priceOf = one => cents(one.ranked_at || one.amount); // what is compared, of small enterprises less
    const lowest = places.map(priceOf).reduce((a, b) => a < b ? a : b);
    const outer = own.drops_outer && sheets.length > 2 ? 1 : 0;
    const all = BigInt(sheets.length - 2 * outer), whole = weights.reduce((a, b) => a + b, 0n);
    const found = places.map(one => {
      const { uscc, amount, ticket } = one, at = priceOf(one);
      const price = at ? [lowest * HUNDRED, at] : [HUNDRED, 1n];
      const record = greatest ? [records[uscc] * HUNDRED, greatest] : [0n, 1n];
      const given = weights.reduce((sum, weight, n) =>
        sum + weight * counted(sheets.map(one => one.points[uscc][n]), outer), 0n);
      const shares = plus(times(price, BigInt(own.price_weight)), times(record, BigInt(own.record_weight || 0)));
      const [n, d] = plus(shares, [given, all]);
      return { uscc, amount, ticket, at, price, record, plan: [given, all * whole], total: [n, d * HUNDRED] };
    });
    found.sort((a, b) => {
      const difference = b.total[0] * a.total[1] - a.total[0] * b.total[1];
      if (difference) return difference > 0n ? 1 : -1;
      return a.at < b.at || (a.at === b.at && a.ticket < b.ticket) ? -1 : 1;
    });
    const told = found.map(({ uscc, price, record, plan, total }) => ({ uscc, price: written(price),
      record: written(record), plan: written(plan), total: written(total) }));
    const { panel, seats } = stated;
    const drawn = "seats" in own ? { format: "wszj-scores/2", panel, seats } : { format: "wszj-scores/1" };
    return same(stated, { ...drawn, evidence: evidence.digest, sheets, scores: told, winner: found[0].uscc,
      amount: found[0].amount });
  }
})();
