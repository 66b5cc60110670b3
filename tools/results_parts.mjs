// What every section of the page of results is made of: numbers, an interval drawn, a table that scrolls.

export const escaped = (text) => String(text).replace(/[&<>"]/g, (it) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[it]);
export const figure = (value) => value.toFixed(4);
/** With a sign, but for what rounds to nothing. */
export function signed(value) {
  const digits = Math.abs(value).toFixed(4);
  if (Number(digits) === 0) return digits;
  return `${value < 0 ? '−' : '+'}${digits}`;
}
export const grouped = (n) => n.toLocaleString('en-US');

const WIDTH = 200;
const MIDDLE = 9;
const EDGE = 5;

/** A dot with its interval as a whisker, between `from` and `to`, and a line at `mark`. The numbers beside it say the same. */
function whisker({ value, low, high, from, to, mark }) {
  const x = (it) => (EDGE + ((it - from) / (to - from)) * (WIDTH - 2 * EDGE)).toFixed(1);
  const parts = [`<line class="plot-mark" x1="${x(mark)}" x2="${x(mark)}" y1="0" y2="${2 * MIDDLE}"/>`];
  if (low !== undefined) parts.push(`<path class="plot-whisker" d="M${x(low)} ${MIDDLE}H${x(high)}M${x(low)} 5.5v7M${x(high)} 5.5v7"/>`);
  parts.push(`<circle class="plot-dot" cx="${x(value)}" cy="${MIDDLE}" r="3.5"/>`);
  return `<svg class="plot" viewBox="0 0 ${WIDTH} ${2 * MIDDLE}" width="${WIDTH}" height="${2 * MIDDLE}" aria-hidden="true">${parts.join('')}</svg>`;
}

/** A number, its interval, and both drawn. */
export function measured(said, value, low, high, scale) {
  const interval = low === undefined ? '' : ` <span class="interval">${said(low)} to ${said(high)}</span>`;
  return `<div class="measured"><span><b>${said(value)}</b>${interval}</span>${whisker({ value, low, high, ...scale })}</div>`;
}

/** A table that scrolls by itself where the screen is narrow, so that the page never does. */
export const scrolling = (name, table) => `<div class="scrolls" role="region" tabindex="0" aria-label="Table: ${escaped(name)}">${table}</div>`;

/** Better, worse or neither, as the whole interval says. */
export function verdict({ low, high }) {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'cannot be told apart';
}
