// The credit shortlist in the browser: bidding/selection/terms/shortlist.py once more.
(window.wszjMethods ||= {}).shortlist = {
  reckons: true,
  entrant: ({ whole }) => ({ weight: whole(0, 100) }),
  leavesChoice: true,
  form: ({ MONEY, whole }) => ({ ceiling: [null, MONEY], floor: [null, MONEY],
    long_most: whole(2, 99), short_most: whole(2, 99) }),
  // the greatest weights to the long list, then a weighted draw without replacement
  rank: async (lots, _cents, { terms, below }) => {
    const long = lots
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || (a.ticket < b.ticket ? -1 : 1))
      .slice(0, terms.long_most);
    const isDrawn = long.length > terms.short_most, drawn = [];
    const left = [...long].sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
    while (isDrawn && drawn.length < terms.short_most) {
      const sum = left.reduce((all, { weight }) => all + weight, 0);
      let number = await below(sum, `weighted ${drawn.length}`);
      const at = left.findIndex(({ weight }) => (number -= weight) < 0);
      drawn.push(...left.splice(at, 1));
    }
    const places = (isDrawn ? drawn : long)
      .map(({ uscc, amount, ticket }) => ({ uscc, amount, ticket, is_tied: isDrawn }));
    return { places, reckoning: { long_list: long.map(({ uscc, weight }) => [uscc, weight]) } };
  },
};
