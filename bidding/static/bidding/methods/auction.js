// The live auction in the browser: bidding/selection/auction.py and its terms once more.
(window.wszjMethods ||= {}).auction = {
  form: ({ MONEY, whole }) => ({ ceiling: MONEY, floor: [null, MONEY], step: [MONEY, /^[1-9]?\d\.\d\d%$/],
    countdown: whole(1, 86400), longest: whole(1, 86400), floor_is_open: [true, false], floor_resets: [true, false] }),
  course: ({ MONEY, USCC, TIME, whole, fits }) => ({ opened_at: TIME, ended_at: TIME,
    quotes: list => Array.isArray(list) && list.every(one =>
      fits(one, { number: whole(1, 99999), uscc: USCC, amount: MONEY, quoted_at: TIME })),
    pauses: list => Array.isArray(list) && list.every(one => fits(one, { since: TIME, until: TIME })) }),
  // what each has quoted last, of those who stand and have quoted
  offers: ({ course }, stand) => {
    const last = new Map(course.quotes.map(one => [one.uscc, one.amount]));
    return stand.filter(one => last.has(one.uscc)).map(one => ({ ...one, amount: last.get(one.uscc) }));
  },
  // quote by quote: low enough, by another than who leads, before the countdown is over
  isPlayed: ({ terms: { method: t }, course: c, entrants, period_end, selected_at }, cents) => {
    const micros = text => BigInt(Date.parse(text.slice(0, 19) + "+08:00")) * 1000n +
      BigInt(text.slice(20, 26).match(/^\d{6}$/) ? text.slice(20, 26) : 0);
    const second = 1000000n, begin = micros(c.opened_at), span = BigInt(t.countdown) * second;
    const floor = t.floor === null ? null : cents(t.floor), lowest = floor ?? 0n, last = new Map();
    // a step with % is points of the rate off the ceiling, which `off` rounds an amount to
    const step = cents(t.step.replace("%", "")), byRate = t.step.includes("%"), base = cents(t.ceiling);
    const off = (amount, more = 0n) => {
      const rate = (20000n * (base - amount) + base) / (2n * base) + more;
      return rate < 10000n ? (base * (10000n - rate) + 5000n) / 10000n : 0n;
    };
    const listed = new Set(entrants.map(one => one.uscc));
    const pauses = c.pauses.map(one => [micros(one.since), micros(one.until)]), early = (a, b) => a < b ? a : b;
    let price = null, moved = begin, ends = begin + span, closes = begin + BigInt(t.longest) * second;
    // after a pause a whole countdown runs, and the longest duration is longer by it
    const runOn = at => {
      while (pauses.length && (at === null || pauses[0][0] <= at)) {
        const [since, until] = pauses.shift();
        if (since >= ends) continue;
        if (until > moved) moved = until;
        closes += until - since;
        ends = early(until + span, closes);
      }
    };
    const moments = pauses.flat();
    if (moments.some((one, place) => place && one < moments[place - 1])) return false;
    for (const [place, one] of c.quotes.entries()) {
      const at = micros(one.quoted_at), amount = cents(one.amount), isOver = price !== null && price === floor;
      runOn(at);
      const lower = price === null ? base : byRate ? off(price, step) : price - step;
      const most = isOver ? (t.floor_is_open ? floor : -1n) : lower > lowest ? lower : lowest;
      if (one.number !== place + 1 || !listed.has(one.uscc) || at < moved || at >= ends || amount <= 0n ||
        amount < lowest || amount > most || (byRate && off(amount) !== amount) ||
        (price !== null && last.get(one.uscc) === price)) return false;
      const capped = early(at + span, closes);
      if ((amount !== floor || t.floor_resets) && capped > ends) ends = capped;
      [price, moved] = [amount, at];
      last.set(one.uscc, amount);
    }
    runOn(null);
    return c.opened_at >= period_end && c.ended_at <= selected_at && micros(c.ended_at) === ends;
  },
  // by the last quote, equal ones at the floor by lot
  rank: (lots, cents) => ({
    places: lots
      .map(one => ({ ...one, is_tied: lots.filter(({ amount }) => amount === one.amount).length > 1 }))
      .sort((a, b) => {
        const x = cents(a.amount), y = cents(b.amount);
        return x < y || (x === y && a.ticket < b.ticket) ? -1 : 1;
      }),
  }),
};
