// Medians and the table of docs/benchmarks.md.

/** The value below which a share of the sorted values lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (at - low);
}

export const median = (values) => quantile(values, 0.5);

/** Median, quartiles and count of a list of milliseconds. */
export const summary = (values) => ({
  p50: median(values),
  p25: quantile(values, 0.25),
  p75: quantile(values, 0.75),
  n: values.length,
});

/** A number with as many places as a reader needs: three figures. */
export function figure(value) {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Puts `table` between the markers of a text; a text without them is an error. */
export function putBetween(text, name, table) {
  const marked = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!marked.test(text)) throw new Error(`there is no place for ${name}`);
  return text.replace(marked, (_, start, end) => `${start}\n\n${table}\n\n${end}`);
}
