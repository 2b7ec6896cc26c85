// Scored by experts in the browser: bidding/selection/terms/experts.py once more; scores have a file of their own.
(window.wszjMethods ||= {}).experts = {
  leavesChoice: true,
  entrant: ({ HEX, whole }) => ({ plan: HEX, weight: whole(0, 100) }),
  form: ({ MONEY, TEXT, whole, listOf }) => ({ ceiling: [null, MONEY], floor: [null, MONEY], price_weight: whole(0, 100),
    record_weight: whole(0, 100), criteria: listOf({ name: TEXT, weight: whole(1, 100) }),
    seats: [3, 5, 7, 9], drops_outer: [true, false] }),
  // listed by amount, equal amounts by lot
  rank: (lots, cents) => ({
    places: lots
      .map(({ uscc, amount, ticket }) => ({ uscc, amount, ticket,
        is_tied: lots.filter(one => one.amount === amount).length > 1 }))
      .sort((a, b) => {
        const x = cents(a.amount), y = cents(b.amount);
        return x < y || (x === y && a.ticket < b.ticket) ? -1 : 1;
      }),
  }),
};
