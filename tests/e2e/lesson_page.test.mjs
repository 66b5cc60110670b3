// The page of a lesson: what it keeps, which films it reads, what a class does with it, and what it does on a bad day.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { before, describe, test } from 'node:test';
import qrcode from 'qrcode-generator';
import { findings } from './support/axe.mjs';
import { atTheEnd } from './support/cleanup.mjs';
import { launch, launchWithoutStorage } from './support/launch.mjs';
import { LIVE_MILLIS, WIDE, lessons, openLesson } from './support/lesson.mjs';
import { until } from './support/page.mjs';
import { startSite } from './support/site.mjs';

const KEPT = 'glassrec/lessons';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launch(), startSite()]);
});
const open = (lesson, { host = site, ...options } = {}) => openLesson(browser, host, lesson, options);

const ORDER = lessons[1];
const FIRST_QUESTION = ORDER.steps.findIndex(({ question }) => question);

describe('answers', () => {
  const answerFirst = async (it) => {
    await it.guess(FIRST_QUESTION, ORDER.steps[FIRST_QUESTION].question, 0);
    await it.lock(FIRST_QUESTION);
    await it.verdict(FIRST_QUESTION);
  };

  test('are kept, the lesson goes on where it was left, and they can be saved and forgotten', async () => {
    const it = await open(ORDER);
    assert.equal(await it.page.evaluate(() => localStorage.length), 0, 'a look keeps nothing');
    for (let at = 0; at < FIRST_QUESTION; at += 1) await it.next();
    await answerFirst(it);
    const verdict = await it.section(FIRST_QUESTION).locator('.verdict').innerText();
    await it.next();
    assert.deepEqual(await it.page.evaluate(() => Object.keys(localStorage)), [KEPT]);

    const again = await open(ORDER, { context: it.context });
    await again.page.getByText(`You left this lesson at step ${FIRST_QUESTION + 2}.`).waitFor();
    await again.page.getByRole('button', { name: 'Back', exact: true }).click();
    assert.equal(await again.section(FIRST_QUESTION).locator('.verdict').innerText(), verdict);
    const [download] = await Promise.all([again.page.waitForEvent('download'), again.page.getByRole('button', { name: 'Save answers as a file' }).click()]);
    const file = readFileSync(await download.path(), 'utf8');
    assert.ok(file.includes(ORDER.steps[FIRST_QUESTION].question.options[0].label), file);
    assert.match(file, /lesson,step,question,guess,answer,right,films/);

    const list = await it.context.newPage();
    await list.goto(`${site.url}learn/`);
    await list.getByText(/^Left at step \d of \d; 1 of \d questions answered, [01] guessed right\.$/).waitFor();
    await again.page.getByRole('button', { name: 'Forget them' }).click();
    await again.page.getByText(/questions, none answered yet/).waitFor();
    assert.equal(await again.section(FIRST_QUESTION).locator('.verdict').textContent(), '');
    assert.deepEqual(again.complaints, []);
  });

  test('where storage is forbidden the lesson goes on, and says that nothing is kept', async () => {
    const context = await launchWithoutStorage();
    const it = await open(ORDER, { context, path: `#step=${FIRST_QUESTION + 1}` });
    await answerFirst(it);
    await it.page.getByText('This browser keeps nothing for this page').waitFor();
    await it.page.getByText(/^1 of \d questions answered/).waitFor();
    await it.next();
    await it.isAt(FIRST_QUESTION + 1);
  });

  for (const [what, text] of Object.entries({ 'of another version': '{"v":99,"lessons":[]}', 'that is no answer at all': '{"v":1,' })) {
    test(`what is kept ${what} is told and stays until it is cleared`, async () => {
      const it = await open(ORDER);
      await it.page.evaluate(([name, value]) => localStorage.setItem(name, value), [KEPT, text]);
      await it.page.reload();
      await it.page.getByText('is of another version and cannot be read').waitFor();
      await it.next();
      await it.isAt(1);
      assert.equal(await it.page.evaluate((name) => localStorage.getItem(name), KEPT), text);
      await it.page.getByRole('button', { name: 'Forget them' }).click();
      await until(() => it.page.evaluate((name) => localStorage.getItem(name), KEPT).then((now) => now === null), 'it to be cleared');
    });
  }
});

describe('which films a lesson reads', () => {
  const OWN = [32, 50, 296, 318, 593];
  const OWN_STEP = ORDER.steps.findIndex(({ figure, question }) => question && figure?.show === 'memory');
  const historyIn = (it) => it.section(OWN_STEP).locator('glassrec-figure').getAttribute('history');

  test('are the reader’s own, where a step allows it and the site keeps any', async () => {
    const it = await open(ORDER);
    await it.page.evaluate((films) => localStorage.setItem('glassrec/history', `#v1&h=${films.join('.')}`), OWN);
    await it.page.goto(`${site.url}learn/${ORDER.id}.html#step=${OWN_STEP + 1}`);
    await it.page.reload();
    assert.equal(await historyIn(it), OWN.join(','));
    await it.guess(OWN_STEP, ORDER.steps[OWN_STEP].question, 0);
    await it.lock(OWN_STEP);
    await it.verdict(OWN_STEP);
    await it.section(OWN_STEP).getByText('Watched, oldest first: Twelve Monkeys').waitFor();
    assert.equal(await it.page.evaluate(() => localStorage.getItem('glassrec/history')), `#v1&h=${OWN.join('.')}`);
    await it.page.getByRole('checkbox', { name: /Read my own films/ }).uncheck();
    await until(async () => (await it.page.getByRole('checkbox', { name: /Read my own films/ }).isChecked()) === false, 'the page anew');
  });

  test('are a link’s, for everybody, with its step and what it hides', async () => {
    const it = await open(ORDER);
    await it.page.evaluate((films) => localStorage.setItem('glassrec/history', `#v1&h=${films.join('.')}`), OWN);
    const link = `${site.url}learn/${ORDER.id}.html#step=${OWN_STEP + 1}&h=912.1212.904.908.910&hide=table,claim`;
    await it.page.goto('about:blank');
    await it.page.goto(link);
    await it.isAt(OWN_STEP);
    assert.equal(await historyIn(it), '912,1212,904,908,910');
    await it.section(OWN_STEP).getByRole('button', { name: 'Lock in and see' }).waitFor();
    await it.guess(OWN_STEP, ORDER.steps[OWN_STEP].question, 0);
    await it.lock(OWN_STEP);
    await it.verdict(OWN_STEP);
    assert.equal(await it.frame(OWN_STEP).getByText('The same as a table').isVisible(), false);
    await it.next();
    assert.match(it.page.url(), /#step=\d&h=912\.1212\.904\.908\.910&hide=table,claim$/);
    await it.page.getByText('A link to this step').click();
    assert.match(await it.page.getByRole('textbox', { name: 'Link to this step' }).inputValue(), /#step=\d&h=912\.1212\.904\.908\.910/);
  });

  for (const hash of ['#step=99', '#step=x&h=alien', '#h=1', '#step-2', '#%%%']) {
    test(`an address that ends in ${hash} opens the lesson all the same`, async () => {
      const it = await open(ORDER, { path: hash });
      await it.isAt(hash === '#step-2' ? 1 : 0);
      assert.deepEqual(it.complaints, []);
    });
  }
});

test('where the figure does not run, the stored one is shown and nothing is judged', async () => {
  const broken = await startSite();
  broken.faults.set('gru4rec.onnx', { kind: 'missing' });
  const at = ORDER.steps.findIndex(({ figure, question }) => question && figure?.show === 'memory');
  const it = await open(ORDER, { host: broken, path: `#step=${at + 1}` });
  await it.guess(at, ORDER.steps[at].question, 0);
  await it.lock(at);
  await it.section(at).getByText('The figure does not run here, so nothing is judged').waitFor();
  assert.ok(await it.section(at).locator('glassrec-figure img').isVisible());
  assert.ok(await it.section(at).locator('.revealed').isVisible());
  await it.next();
  await it.isAt(at + 1);
});

test('a page of another site is told nothing of what a reader does in a figure', async () => {
  const host = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><title>A post</title>
<iframe src="${site.url}figure.html#v2&h=1214.541.2571&f=gru4rec&t=i" width="700" height="700"></iframe>
<script>heard = []; frame = document.querySelector('iframe'); addEventListener('message', ({ source, data }) => source === frame.contentWindow && heard.push(data.glassrec))</script>`));
  await new Promise((resolve) => host.listen(0, resolve));
  atTheEnd(() => {
    host.closeAllConnections();
    host.close();
  });
  const page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  const heard = () => page.evaluate(() => heard);
  await until(async () => (await heard()).includes('live'), 'the figure', LIVE_MILLIS);
  await page.evaluate(() => frame.contentWindow.postMessage({ glassrec: 'ask' }, '*'));
  const inside = page.frameLocator('iframe');
  const said = await inside.locator('.stepper-said').innerText();
  await inside.locator('.picture').press('ArrowLeft');
  await until(async () => (await inside.locator('.stepper-said').innerText()) !== said, 'another step');
  await inside.getByText('The same as a table').click();
  // A figure at rest answers within a second.
  await page.waitForTimeout(1500);
  assert.deepEqual([...new Set(await heard())].sort(), ['height', 'here', 'live']);
});

describe('for a class', () => {
  test('keys go from step to step, and show one large, reveal and blank it', async () => {
    const it = await open(ORDER);
    await it.page.keyboard.press('ArrowRight');
    await it.isAt(1);
    await it.page.keyboard.press('ArrowLeft');
    await it.isAt(0);
    await it.page.keyboard.press('p');
    await it.page.locator('.present-keys').waitFor();
    assert.equal(await it.page.locator('.top').isVisible(), false);
    for (let at = 0; at < FIRST_QUESTION; at += 1) await it.page.keyboard.press('PageDown');
    await it.isAt(FIRST_QUESTION);
    await it.page.keyboard.press('r');
    assert.equal(await it.verdict(FIRST_QUESTION), 'Shown without a guess.');
    await it.page.keyboard.press('b');
    assert.ok(await it.page.evaluate(() => document.documentElement.classList.contains('is-blank')));
    await it.page.keyboard.press('x');
    assert.ok(!(await it.page.evaluate(() => document.documentElement.classList.contains('is-blank'))));
    await it.page.keyboard.press('Escape');
    assert.ok(await it.page.locator('.top').isVisible());
    await it.page.goBack();
    await it.isAt(FIRST_QUESTION - 1);
    assert.deepEqual(it.complaints, []);
  });

  test('the link to a step is drawn as a code to scan, of that very link', async () => {
    const it = await open(ORDER, { path: '#step=3' });
    await it.page.getByText('A link to this step').click();
    await it.page.getByRole('checkbox', { name: 'Without tables' }).check();
    await it.page.getByRole('button', { name: 'Show as a code to scan' }).click();
    const drawn = await it.page.getByRole('img', { name: /^A code to scan/ }).locator('path').getAttribute('d');
    const link = await it.page.getByRole('textbox', { name: 'Link to this step' }).inputValue();
    assert.equal(link, `${site.url}learn/${ORDER.id}.html#step=3&hide=table`);
    const code = qrcode(0, 'M');
    code.addData(link, 'Byte');
    code.make();
    const places = Array.from({ length: code.getModuleCount() ** 2 }, (_, n) => [n % code.getModuleCount(), Math.floor(n / code.getModuleCount())]);
    assert.equal(drawn, places.filter(([x, y]) => code.isDark(y, x)).map(([x, y]) => `M${x + 4} ${y + 4}h1v1h-1z`).join(''));
    // Another step is another link.
    await it.next();
    assert.equal(await it.page.getByRole('img', { name: /^A code to scan/ }).count(), 0);
    assert.deepEqual(it.complaints, []);
  });

  test('printed it is a worksheet: every question with room to write, no answer, nothing to press', async () => {
    const it = await open(ORDER, { path: `#step=${FIRST_QUESTION + 1}` });
    await it.guess(FIRST_QUESTION, ORDER.steps[FIRST_QUESTION].question, 0);
    await it.lock(FIRST_QUESTION);
    await it.verdict(FIRST_QUESTION);
    await it.page.emulateMedia({ media: 'print' });
    const nQuestions = ORDER.steps.filter(({ question }) => question).length;
    assert.equal(await it.page.locator('.question:visible').count(), nQuestions);
    assert.equal(await it.page.locator('.room:visible').count(), nQuestions);
    assert.equal(await it.page.locator('h2:visible').count(), ORDER.steps.length);
    assert.equal(await it.page.locator('button:visible, input:visible, iframe:visible, .verdict:visible, .revealed:visible, .is-question img:visible').count(), 0);
  });
});

describe('for everybody', () => {
  test('without a script all steps can be read, and what a question is about is folded away', async () => {
    for (const lesson of lessons) {
      const { page, complaints, context } = await open(lesson, { javaScriptEnabled: false });
      assert.equal(await page.locator('h2:visible').count(), lesson.steps.length);
      assert.equal(await page.locator('.after:visible').count(), 0);
      assert.equal(await page.locator('button:visible, input:visible').count(), 0, 'nothing is offered that would do nothing');
      assert.deepEqual(complaints, []);
      await context.close();
    }
    const { page } = await open(ORDER, { javaScriptEnabled: false });
    await page.goto(`${site.url}learn/`);
    assert.equal(await page.locator('.lessons li').count(), lessons.length);
    for (const href of await page.locator('a').evaluateAll((all) => [...new Set(all.map((it) => it.href.replace(/#.*/, '')))])) assert.equal((await page.request.get(href)).status(), 200, href);
  });

  test('axe finds nothing, light and dark, wide and narrow, before and after a guess', async () => {
    for (const [colorScheme, viewport] of [['light', WIDE], ['dark', WIDE], ['light', { width: 320, height: 700 }]]) {
      const it = await open(ORDER, { path: `#step=${FIRST_QUESTION + 1}`, colorScheme, viewport });
      assert.deepEqual(await findings(it.page), [], `${colorScheme} ${viewport.width} before`);
      await it.guess(FIRST_QUESTION, ORDER.steps[FIRST_QUESTION].question, 1);
      await it.lock(FIRST_QUESTION);
      await it.verdict(FIRST_QUESTION);
      assert.deepEqual(await findings(it.page), [], `${colorScheme} ${viewport.width} after`);
      await it.page.goto(`${site.url}learn/`);
      assert.deepEqual(await findings(it.page), [], `${colorScheme} ${viewport.width} list`);
      await it.context.close();
    }
  });

  test('nothing runs over the edge at 320 pixels', async () => {
    for (const lesson of lessons) {
      const it = await open(lesson, { viewport: { width: 320, height: 700 } });
      for (let at = 0; at < lesson.steps.length; at += 1) {
        await it.page.goto(`${site.url}learn/${lesson.id}.html#step=${at + 1}`);
        await it.isAt(at);
        assert.ok((await it.page.evaluate(() => document.documentElement.scrollWidth)) <= 320, `${lesson.id} step ${at + 1}`);
      }
      await it.context.close();
    }
  });

  test('the link that skips the head leaves the step as it is, and another link in the same tab is followed', async () => {
    const it = await open(ORDER, { path: '#step=3' });
    await it.page.keyboard.press('Tab');
    await it.page.keyboard.press('Enter');
    await it.page.waitForURL(/#lesson$/);
    await it.isAt(2);
    assert.equal(await it.page.evaluate(() => document.activeElement.id), 'lesson');
    await it.page.evaluate(() => (location.hash = '#step=4&h=912.1212.904.908.910'));
    await it.isAt(3);
    await until(async () => (await it.section(3).locator('glassrec-figure').getAttribute('history')) === '912,1212,904,908,910', 'the films of the link');
  });

  test('a question is answered by keys alone, and the verdict is said', async () => {
    const it = await open(ORDER, { path: `#step=${FIRST_QUESTION + 1}` });
    const section = it.section(FIRST_QUESTION);
    await section.getByRole('radio').first().focus();
    await it.page.keyboard.press('ArrowDown');
    await it.page.keyboard.press('Tab');
    await it.page.keyboard.press('Enter');
    await section.getByRole('status').filter({ hasText: /You guessed right|It came out otherwise/ }).waitFor();
    assert.ok(await section.getByRole('radio').nth(1).isChecked());
  });

  test('the page asks its own site alone', async () => {
    const { page } = await open(ORDER);
    const origins = new Set();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await page.reload();
    await page.locator('.is-running').waitFor();
    assert.deepEqual([...origins].filter((it) => it !== 'null' && it !== new URL(site.url).origin), []);
  });
});
