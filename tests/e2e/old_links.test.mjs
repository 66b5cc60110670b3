// Links that readers have sent and saved go on opening: each form that the site ever wrote or took, as
// links/old_links.json keeps them, with what is seen when it is opened.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { launch, watch } from './support/launch.mjs';
import { until } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const { links } = JSON.parse(readFileSync(new URL('./links/old_links.json', import.meta.url), 'utf8'));

/** Lines of a version call models as that version did: what these names lead to today. */
const RENAMED = { sasrec: 'sasrec_ease' };
/** What names nothing opens the first page, whose example is nobody's history; all else about models is Explore's today. */
const FIRST_PAGE = ['', '#'];
const today = (link, said) => {
  if (FIRST_PAGE.includes(link)) return { page: 'index.html', history: said.history, part: null };
  const sees = { page: 'explore.html', ...said };
  if (link.includes('#v2')) return sees;
  const named = (it) => RENAMED[it] ?? it;
  const names = ['family', 'list', 'inside'].filter((key) => key in sees).map((key) => [key, named(sees[key])]);
  const compared = sees.compared ? [['compared', sees.compared.map(named).sort()]] : [];
  return { ...sees, ...Object.fromEntries([...names, ...compared]) };
};

let site;
let page;
let complaints;
before(async () => {
  site = await startSite();
  // One reader for all of them: a link leaves nothing behind that the next one would find.
  page = await (await (await launch()).newContext()).newPage();
  complaints = watch(page);
});

/** What is on the page, in the words of the list. Runs in the page, so it can use nothing from around it. */
function seen() {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((it) => it.textContent.trim());
  const first = (selector, pattern) => texts(selector).map((it) => pattern.exec(it)?.[1]).find((it) => it !== undefined) ?? null;
  const titlesOf = (selector) => texts(selector).map((it) => it.replace(/ \d{4}$/, ''));
  const values = (selector) => [...document.querySelectorAll(selector)].map((it) => it.value);
  const valueOf = (selector) => values(selector)[0] ?? null;
  const number = (text) => (text === null ? null : Number(text));
  const nameOf = (title) => {
    const card = [...document.querySelectorAll('label.family')].find((it) => it.querySelector('.family-name').textContent.trim() === title);
    return card ? card.querySelector('input').value : null;
  };
  const parts = { 'The list': 'try', 'How it came about': 'inside', Compare: 'compare', Map: 'map', Talk: 'talk', Prompt: 'prompt', 'Train a re-ranker': 'teach' };
  const notices = {
    version: /^This link was made by another version of the site and cannot be read; start afresh: (.+)\.$/,
    films: /^Some films of this link are not in the catalogue and were left out: (.+)\.$/,
    model: /^This link asks for a model that is not part of the site; another one answers: (.+)\.$/,
    models: /^This link compares models that are not part of the site; the others answer: (.+)\.$/,
    damaged: /^A piece of this link is damaged and was left out: (.+)\.$/,
  };
  const told = texts('[role=alert] p').map((said) => {
    const [kind, pattern] = Object.entries(notices).find(([, it]) => it.test(said)) ?? ['other', /([^]*)/];
    return [kind, pattern.exec(said)[1]];
  });
  const isListHere = document.querySelector('.columns .rec') !== null && document.querySelector('.columns .is-stale') === null;
  const beside = first('.kept p', /^Kept: (.+?)\. Yours/);
  const pushes = [...document.querySelectorAll('.picture .dimension')].map((it) => [it.dataset.dimension, Number(it.dataset.pushed)]);
  return {
    page: location.pathname.split('/').at(-1) || 'index.html',
    at: document.querySelector(':target')?.id ?? null,
    part: parts[texts('.tabs [aria-current=page]').at(-1) ?? texts('.section-head h1')[0]] ?? null,
    history: titlesOf('.strip .pick-name'),
    n_picks: texts('.strip .pick-name').length,
    off: titlesOf('.strip .pick.is-off .pick-name'),
    family: valueOf('input[name=family]:checked'),
    list: isListHere ? nameOf(first('.columns h2', /^(.+) recommends$/)) : null,
    why: first('.why h2', /^Why (.+)\?$/),
    is_testing: document.querySelector('details.truth')?.open ?? false,
    inside: nameOf(first('.inspect .glass figcaption', /^(.+?), [\d,]+ runs?, /)),
    step: number(valueOf('.stepper input[type=range]')),
    noise: number(first('.inside-figure h3', /in one draw, seed (\d+)$/)),
    covered: [...document.querySelectorAll('.picture [role=switch][aria-checked=true]')].map((it) => /^(.+), masked$/.exec(it.ariaLabel ?? '')?.[1]).find(Boolean) ?? null,
    pushed: Object.fromEntries(pushes.filter(([, by]) => by !== 0)),
    beam: number(texts('[data-figure=codes] .choice [aria-pressed=true]')[0] ?? null),
    code: [...document.querySelectorAll('.picture .chosen')].map((it) => Number(it.dataset.code)),
    compared: values('input[name=compared]:checked').sort(),
    n_columns: texts('.column').length,
    beside: beside === null ? null : beside.split(/, | and /),
    layout: valueOf('input[name=layout]:checked'),
    held: first('.selected-film.is-held p', /^(.+) \(\d{4}\) is /) ?? texts('.map-film .film-title')[0] ?? null,
    leads_to: document.querySelector('main p.card > a')?.pathname.split('/').at(-1) ?? null,
    told: Object.fromEntries(told),
  };
}

for (const { form, link, sees } of links) {
  test(`${form}: ${link || './'}`, async () => {
    const wanted = { told: {}, ...today(link, sees) };
    complaints.length = 0;
    // Else a link that differs in its fragment alone would be put into the open page.
    await page.goto('about:blank');
    await page.goto(`${site.url}${link}`);
    let now;
    const isSeen = async () => {
      // On its way from one page to another there is none to ask.
      now = await page.evaluate(seen).catch(() => ({}));
      now = Object.fromEntries(Object.keys(wanted).map((key) => [key, now[key]]));
      try {
        assert.deepEqual(now, wanted);
        return true;
      } catch {
        return false;
      }
    };
    await until(isSeen, 'what the link shows').catch(() => assert.deepEqual(now, wanted));
    // The address that some links come to first is no page's: what stands there sends them on.
    assert.deepEqual(complaints.filter((it) => !it.includes('404 (Not Found)')), []);
    assert.equal(await page.evaluate(() => localStorage.getItem('glassrec/history')), null, 'a link was kept as the reader’s own');
  });
}
