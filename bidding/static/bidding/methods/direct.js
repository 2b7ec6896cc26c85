// The one agency that is named, in the browser: bidding/selection/terms/direct.py once more.
(window.wszjMethods ||= {}).direct = {
  isFlat: true,
  settlesOnEntry: true,
  form: ({ MONEY, USCC }) => ({ ceiling: [null, MONEY], named_agency: USCC }),
  rank: lots => ({ places: lots.map(one => ({ ...one, is_tied: false })) }),
};
