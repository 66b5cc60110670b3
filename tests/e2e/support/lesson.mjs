// Lessons as the tests need them: what the files say, and a page of one with what a reader does on it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measuredHere, readLessons } from '../../../tools/lessons.mjs';
import { ROOT } from '../../../tools/steps.mjs';
import { watch } from './launch.mjs';

/** A model starts within it, on a busy machine as well. */
export const LIVE_MILLIS = 60_000;
export const WIDE = { width: 1280, height: 900 };

const PAGE_FIGURES = JSON.parse(readFileSync(join(ROOT, 'public/figures.json'), 'utf8'));
export const known = await measuredHere();
const { read } = await readLessons(join(ROOT, 'lessons'), known);
/** All lessons, in their order. */
export const lessons = read.map(({ lesson }) => lesson);

/** Whether a figure can run in a lesson. */
export const isLive = (figure) => Boolean(figure && PAGE_FIGURES[figure.show].live);

/** The page of a lesson, opened at what follows its address. */
export async function openLesson(browser, site, lesson, { path = '', context, ...options } = {}) {
  const own = context ?? (await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce', acceptDownloads: true, ...options }));
  const page = await own.newPage();
  page.setDefaultTimeout(LIVE_MILLIS);
  const complaints = watch(page);
  await page.goto(`${site.url}learn/${lesson.id}.html${path}`);
  const section = (at) => page.locator(`#step-${at + 1}`);
  return {
    page,
    complaints,
    context: own,
    section,
    frame: (at) => section(at).frameLocator('iframe'),
    isAt: (at) => section(at).getByRole('heading', { level: 2 }).waitFor(),
    next: () => page.locator('.pager .button').last().click(),
    verdict: (at) => section(at).locator('.verdict b').first().textContent(),
    lock: (at) => section(at).getByRole('button', { name: 'Lock in and see' }).click(),
    /** Puts a guess into the form of a question: the place of an option or a film, or a number. */
    async guess(at, question, guessed) {
      if (question.kind === 'number') await section(at).locator('.guess input').fill(String(guessed));
      else await section(at).locator('.guess input').nth(guessed).check();
    },
  };
}
