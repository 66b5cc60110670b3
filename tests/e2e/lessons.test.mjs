// Every lesson from its first step to its last, answered from the live models.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { answerOf, isRight, readAnswer } from '../../public/lesson_answers.js';
import { filled } from '../../tools/post_numbers.mjs';
import { launch } from './support/launch.mjs';
import { LIVE_MILLIS, isLive, known, lessons, openLesson } from './support/lesson.mjs';
import { startSite } from './support/site.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launch(), startSite()]);
});

/** What the figure at `link` exports, as a table: another page, another engine, another way out than a lesson's. */
async function exported(truth, link) {
  await truth.goto('about:blank');
  await truth.goto(new URL(link.replace(/^.*\/(?=[\w.]+#)/, '').replace(/^[\w.]+/, 'figure.html'), site.url).href);
  await truth.locator('.glass .picture > * > *, .map-canvas canvas').first().waitFor({ state: 'attached', timeout: LIVE_MILLIS });
  let before = '';
  for (let still = 0; still < 5; ) {
    await truth.waitForTimeout(200);
    const now = await truth.evaluate(() => (document.querySelector('[aria-busy="true"], .is-stale, .spin') ? '' : document.querySelector('.glass').innerText));
    still = now && now === before ? still + 1 : 0;
    before = now;
  }
  const [download] = await Promise.all([truth.waitForEvent('download'), truth.getByRole('button', { name: 'JSON', exact: true }).click()]);
  const { tables } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  const table = ({ rows }) => {
    const columns = [...new Set(rows.flatMap((it) => Object.keys(it)))];
    return { columns, rows: rows.map((it) => columns.map((column) => it[column] ?? null)) };
  };
  const [history, ...others] = tables;
  return { films: history.rows.map(({ movie_id, title }) => ({ id: movie_id, title })), table: table(others[0]) };
}

/** What a reader does to a figure, by what a lesson waits for. */
const ACTS = {
  async step({ frame }) {
    const stepper = frame.locator('.stepper button:enabled').first();
    if (await stepper.count()) await stepper.click();
    else await frame.locator('.picture [data-act]').first().press('Enter');
  },
  mask: ({ frame }) => frame.locator('.picture [data-act]').first().press('Enter'),
  async 'leave-out'({ frame }) {
    const columns = frame.locator('.picture [data-act^=out]');
    await ((await columns.count()) ? columns : frame.locator('.picture [data-act]')).first().press('Enter');
  },
  drag: async ({ frame }) => {
    for (let n = 0; n < 8; n += 1) await frame.locator('.picture').press('ArrowRight');
  },
  noise: ({ frame }) => frame.getByRole('button', { name: 'Draw again' }).click(),
  switch: ({ frame }) => frame.locator('.picture [data-act^=switch]').first().press('Enter'),
  follow: ({ frame }) => frame.locator('.stepper button:enabled').last().click(),
  table: ({ frame }) => frame.getByText('The same as a table').click(),
  run: () => {},
};

const linkNow = (frame) => frame.locator('.frame-foot a').getAttribute('href');

/** The place of an option that is right, and of one that is not; for a number the same as numbers. */
function guesses(question, value, films) {
  const all = question.kind === 'choice' ? question.options.keys() : films.keys();
  if (question.kind === 'number') return { right: value, wrong: value + question.within + 1 };
  const meant = (at) => (question.kind === 'film' ? films[at].id : at);
  const places = [...all];
  return { right: places.find((at) => isRight(question, meant(at), value)), wrong: places.find((at) => !isRight(question, meant(at), value)) };
}

describe('from the first step to the last, answered from the live models', () => {
  for (const lesson of lessons) {
    test(`lesson ${lesson.id}`, async () => {
      const it = await openLesson(browser, site, lesson);
      const truth = await it.context.newPage();
      let nAnswered = 0;
      let nRight = 0;
      for (const [at, step] of lesson.steps.entries()) {
        await it.isAt(at);
        const section = it.section(at);
        const frame = it.frame(at);
        const { question, figure } = step;
        if (!question) {
          if (isLive(figure) && figure.wait) {
            await frame.locator('.glass .picture > * > *').first().waitFor({ state: 'attached' });
            await ACTS[figure.wait]({ frame });
            await section.locator('.do.is-done').waitFor().catch(() => assert.fail(`step ${at + 1} did not hear "${figure.wait}"`));
          }
        } else {
          // What the figure shows is nowhere before there is a guess.
          assert.equal(await section.locator('.revealed').isVisible(), false);
          if (figure) assert.equal(await section.locator('glassrec-figure').isVisible(), false);
          const isRightWanted = nAnswered % 2 === 0;
          const from = readAnswer(question.answer);
          const isFilm = question.kind === 'film';
          const isDragged = figure?.wait === 'drag';
          const read = async () => {
            const { films, table } = await exported(truth, await linkNow(frame));
            const { value, reason } = answerOf(from, table, films);
            assert.equal(reason, undefined, `${lesson.id} step ${at + 1}: ${reason}`);
            return { value, films };
          };
          if (from.measured || !isLive(figure)) {
            const value = from.measured ? Number(/[+−-]?[\d.]+/.exec(filled(from.measured, known.results))[0].replace('−', '-')) : null;
            const { right, wrong } = from.measured ? guesses(question, value, []) : { right: 0, wrong: 1 };
            await it.guess(at, question, isRightWanted ? right : wrong);
            await it.lock(at);
            if (!from.measured) {
              await section.locator('.seen input').first().check();
              await section.getByRole('button', { name: 'That is what I see' }).click();
            }
          } else if (isDragged) {
            await it.guess(at, question, 0);
            await it.lock(at);
            await ACTS.drag({ frame });
            await section.getByRole('button', { name: 'Read the answer' }).click();
          } else {
            await frame.locator('.frame-foot a').waitFor({ state: 'attached' });
            await frame.locator('.glass .picture > * > *, .map-canvas canvas').first().waitFor({ state: 'attached' });
            const { value, films } = await read();
            const { right, wrong } = guesses(question, value, isFilm ? films : []);
            await it.guess(at, question, isRightWanted ? right : wrong);
            await it.lock(at);
          }
          const verdict = await it.verdict(at);
          let isRightNow = isRightWanted;
          if (isDragged) {
            const { value } = await read();
            isRightNow = isRight(question, 0, value);
          }
          assert.equal(verdict, isRightNow ? 'You guessed right.' : 'It came out otherwise.', `step ${at + 1}: ${await section.locator('.verdict').innerText()}`);
          assert.ok(await section.locator('.revealed').isVisible());
          nAnswered += 1;
          if (isRightNow) nRight += 1;
        }
        if (at < lesson.steps.length - 1) await it.next();
      }
      await it.page.getByText(`${nAnswered} of ${nAnswered} ${nAnswered === 1 ? 'question' : 'questions'} answered, ${nRight} guessed right.`).waitFor();
      assert.deepEqual(it.complaints, []);
      await it.context.close();
    });
  }
});
