// Sealed lowest price in the browser: bidding/selection/terms/lowest.py once more.
(window.wszjMethods ||= {}).lowest = {
  isFlat: true,
  form: ({ MONEY }) => ({ ceiling: [null, MONEY], floor: [null, MONEY] }),
  // by amount, equal amounts by lot
  rank: (lots, cents) => ({
    places: lots
      .map(one => ({ ...one, is_tied: lots.filter(({ amount }) => amount === one.amount).length > 1 }))
      .sort((a, b) => {
        const x = cents(a.amount), y = cents(b.amount);
        return x < y || (x === y && a.ticket < b.ticket) ? -1 : 1;
      }),
  }),
};
