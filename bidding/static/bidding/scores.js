// Repeats the scores of a scored order in the browser, from evidence and sheets: bidding/selection/scoring.py once more.
(() => {
  "use strict";
  const HUNDRED = 100n, SHARES = 10000n;
  const isPoint = one => Number.isInteger(one) && one >= 0 && one <= 100;
  const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
  const times = ([a, b], n) => [a * n, b];
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
  window.wszjScores = async (evidence, digest, { canonical, cents, same, sha256 }) => {
    const source = document.getElementById("scores");
    if (!source) return true;
    const stated = JSON.parse(source.textContent);
    return digest === await sha256(canonical(stated)) && follows(evidence, stated, { cents, same });
  };

  function follows(evidence, stated, { cents, same }) {
    const own = evidence.terms.method, weights = own.criteria.map(one => BigInt(one.weight));
    const places = evidence.ranking, codes = places.map(one => one.uscc).sort();
    const { sheets } = stated, count = weights.length;
    if (!Array.isArray(sheets) || !sheets.length || !sheets.every(one => isSheet(one, codes, count, same))) return false;
    const records = Object.fromEntries(evidence.entrants.map(one => [one.uscc, BigInt(one.weight || 0)]));
    const greatest = places.map(one => records[one.uscc]).reduce((a, b) => a > b ? a : b, 0n);
    const lowest = places.map(one => cents(one.amount)).reduce((a, b) => a < b ? a : b);
    const all = BigInt(sheets.length), whole = weights.reduce((a, b) => a + b, 0n);
    const found = places.map(({ uscc, amount, ticket }) => {
      const price = cents(amount) ? [lowest * HUNDRED, cents(amount)] : [HUNDRED, 1n];
      const record = greatest ? [records[uscc] * HUNDRED, greatest] : [0n, 1n];
      const given = weights.reduce((sum, weight, n) =>
        sum + weight * sheets.reduce((all, one) => all + BigInt(one.points[uscc][n]), 0n), 0n);
      const shares = plus(times(price, BigInt(own.price_weight)), times(record, BigInt(own.record_weight || 0)));
      const [n, d] = plus(shares, [given, all]);
      return { uscc, amount, ticket, price, record, plan: [given, all * whole], total: [n, d * HUNDRED] };
    });
    found.sort((a, b) => {
      const difference = b.total[0] * a.total[1] - a.total[0] * b.total[1];
      if (difference) return difference > 0n ? 1 : -1;
      const [x, y] = [cents(a.amount), cents(b.amount)];
      return x < y || (x === y && a.ticket < b.ticket) ? -1 : 1;
    });
    const told = found.map(({ uscc, price, record, plan, total }) => ({ uscc, price: written(price),
      record: written(record), plan: written(plan), total: written(total) }));
    return same(stated, { format: "wszj-scores/1", evidence: evidence.digest, sheets, scores: told,
      winner: found[0].uscc, amount: found[0].amount });
  }
})();
