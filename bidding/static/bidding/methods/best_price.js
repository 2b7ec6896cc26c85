// Best price in the browser: bidding/selection/terms/best_price.py once more.
(window.wszjMethods ||= {}).best_price = {
  reckons: true,
  form: ({ MONEY, whole }) => ({ ceiling: [null, MONEY], floor: [null, MONEY],
    least_rate: whole(1, 100), most_rate: whole(1, 100), trim_from: whole(3, 999) }),
  // by the distance from a drawn share of the mean, equal distances by lot
  rank: async (lots, cents, { terms, below }) => {
    const later = (a, b) => a.ticket > b.ticket;
    const last = (list, beyond) => list.reduce((a, b) => {
      const x = cents(a.amount), y = cents(b.amount);
      return beyond(y, x) || (x === y && later(b, a)) ? b : a;
    });
    const aside = [];
    if (lots.length >= terms.trim_from) {
      aside.push(last(lots, (y, x) => y > x));
      aside.push(last(lots.filter(one => one !== aside[0]), (y, x) => y < x));
    }
    const kept = lots.filter(one => !aside.includes(one));
    const [least, most] = [terms.least_rate, terms.most_rate].sort((a, b) => a - b);
    const rate = least + await below(most - least + 1, "rate");
    const total = kept.reduce((sum, one) => sum + cents(one.amount), 0n);
    const share = 100n * BigInt(kept.length);
    const reference = (2n * total * BigInt(rate) + share) / (2n * share);
    const far = one => {
      const by = cents(one.amount) - reference;
      return by < 0n ? -by : by;
    };
    const yuan = amount => `${amount / 100n}.${String(amount % 100n).padStart(2, "0")}`;
    return {
      reckoning: { set_aside: aside.map(one => one.uscc), count: kept.length, total: yuan(total), rate,
        reference: yuan(reference) },
      places: kept
        .map(one => ({ ...one, is_tied: kept.filter(other => far(other) === far(one)).length > 1 }))
        .sort((a, b) => far(a) < far(b) || (far(a) === far(b) && later(b, a)) ? -1 : 1),
    };
  },
};
