// The random draw in the browser: bidding/selection/terms/random_draw.py once more.
(window.wszjMethods ||= {}).random = {
  form: ({ MONEY }) => ({ price: MONEY }),
  bounds: ({ price }) => ({ ceiling: price, floor: price }),
  rank: lots => ({
    places: lots
      .map(one => ({ ...one, is_tied: lots.length > 1 }))
      .sort((a, b) => (a.ticket < b.ticket ? -1 : 1)),
  }),
};
