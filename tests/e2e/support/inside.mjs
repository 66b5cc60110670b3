// What the tests of the insides have in common: the way there, and what stands there.

import { watch } from './launch.mjs';
import { openPage } from './page.mjs';

/** Opens `link` and looks inside the family that its page calls `title`. */
export async function lookInside(browser, site, { link, title, ...options }) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = watch(page);
  const reader = await openPage(page, site, { link });
  await page.getByRole('button', { name: 'How it came about' }).click();
  await insideOf(page, title).waitFor();
  return { page, reader, complaints };
}

/** Where the figure of the model that its page calls `title`, or of any, says what it took: it is there once the model has answered. */
export const insideOf = (page, title = '.+') =>
  page.locator('.inspect .glass figcaption', { hasText: new RegExp(`^«?${title}, [\\d,]+ runs?, `) });

/** What the engine shows of `family` in the family's own terms; `probe` is what is done to it, as a link writes that. */
export const inspect = async (engine, { family, history, probe = '' }) =>
  JSON.parse((await engine.ask({ Inspect: { family, history, probe } })).shown);

/** The rows of the short list beside the picture, best first. */
export const shownList = (page) => page.locator('.small-film').evaluateAll((films) => films.map((it) => Number(it.dataset.row)));

/** Of each film that is drawn as a line over steps, by its row, how high the line is at each step it has got to. */
export const lineHeights = async (page) =>
  new Map(await page.locator('.picture [data-row]').evaluateAll((lines) =>
    lines.map((line) => {
      const path = line.lastElementChild.getAttribute('d');
      return [Number(line.dataset.row), path.split(/[MC]/).slice(1).map((part) => Number(part.split(' ').at(-1)))];
    })));

/** "1st", "22nd". */
export const ordinal = (n) => `${n}${{ one: 'st', two: 'nd', few: 'rd', other: 'th' }[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)]}`;

/** A title as labels of pictures write it; src/ui/figure/pen.rs has the rule. */
export function shortTitle(title) {
  const episode = title.match(/^Star Wars: Episode (\S+)/);
  if (episode) return `Star Wars ${episode[1]}`;
  const ring = title.match(/^The Lord of the Rings: (.+)/);
  if (ring) return ring[1];
  const [before] = title.split(': ');
  if (before === title) return title;
  return /\d/.test(before) || (new TextEncoder().encode(title).length > 24 && before.length >= 8) ? before : title;
}
