/** Figures that `index evaluate` prints, by name; undefined where it printed none. */
export function figuresIn(text) {
  const number = (pattern) => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  return {
    precision: number(/^MATCH: precision (\S+)/m),
    falseMatches: number(/^MATCH: precision \S+ \((\d+) false/m),
    recall: number(/false\), recall ([\d.]+)/m),
    f1: number(/^MATCH: .* F1 (\S+)/m),
    recallWithReview: number(/^MATCH \+ REVIEW: recall (\S+)/m),
    reviewsForTrue: reviewsForTrue(text),
    bestF1: number(/^best F1 (\S+)/m),
    seconds: number(/^time: (\S+)/m),
    pairsPerSecond: number(/; (\d+) pairs a second/m),
    pairsPerRecord: number(/^cost of a record: (\S+) pairs/m),
    processor: number(/pairs; (\d+) µs/m),
    heap: number(/heap (\d+) MB/m),
    resident: number(/process (\d+) MB/m),
  };
}

/** Pairs that a human looks at for each true one; undefined where none is to be looked at. */
function reviewsForTrue(text) {
  const [, all, right] = /(\d+) to review, (\d+) of them true/.exec(text) ?? [];
  return Number(right) > 0 ? Number(all) / Number(right) : undefined;
}

/** Each demand of a bar, such as `recallFrom: 0.96`, with the figure and whether it is met. */
export function held(bar, figures) {
  return Object.entries(bar).map(([demand, limit]) => {
    const [, name, how = 'Is'] = /^(.*?)(From|Above|Under)?$/.exec(demand);
    const figure = figures[name];
    const met = {
      From: figure >= limit,
      Above: figure > limit,
      Under: figure < limit,
      Is: figure === limit,
    }[how];
    const sign = { From: '>=', Above: '>', Under: '<', Is: '=' }[how];
    return { met, words: `${name} ${figure} ${sign} ${limit}` };
  });
}
