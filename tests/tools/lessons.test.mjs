// Lessons: every kind of fault is named with its line, answers are read off tables, and pages can be read without a script.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { answerOf, isRight, readAnswer, readSpan } from '../../public/lesson_answers.js';
import { readLesson } from '../../tools/lessons_format.mjs';
import { figuresAsked, measuredHere, readLessons, said, writeLessons } from '../../tools/lessons.mjs';
import { ROOT } from '../../tools/steps.mjs';

const known = await measuredHere();
const docs = await readFile(join(ROOT, 'docs/lessons.md'), 'utf8');
const figures = JSON.parse(await readFile(join(ROOT, 'lessons/figures.json'), 'utf8'));

/** The worked example of the guide: what authors begin with. */
const WHOLE = /^````markdown\n([^]*?)^````$/m.exec(docs)[1];
const lineOf = (source, part) => source.slice(0, source.indexOf(part)).split('\n').length;

const faultsOf = (source, name = '02-order.md') => readLesson(name, source, known).faults.map(({ line, reason }) => ({ line, reason }));

/** What is wrong once `from` is `to`: one fault, at the line of `at`. */
function check(from, to, reason, at = to) {
  assert.ok(WHOLE.includes(from), from);
  const source = WHOLE.replace(from, to);
  const faults = faultsOf(source);
  assert.equal(faults.length, 1, JSON.stringify(faults));
  assert.match(faults[0].reason, reason);
  assert.equal(faults[0].line, lineOf(source, at), `${to}: ${faults[0].reason}`);
}

test('the example of the guide has no fault', () => assert.deepEqual(faultsOf(WHOLE), []));

test('an unknown figure, family, part, action, control or field is named', () => {
  check('show: memory', 'show: memories', /no figure called "memories"; there are why/);
  check('show: memory', 'show: memory\nfamily: sasrec', /"memory" shows no sasrec; it shows gru4rec/, 'family: sasrec');
  check('show: memory', 'show: memory\nfamily: gru5', /no family called "gru5"/, 'family: gru5');
  check('light: left, now', 'light: left, later', /has no "later" to light up/);
  check('wait: step', 'wait: mask', /has no "mask" to wait for/);
  check('wait: step', 'hide: buttons', /has no "buttons" to hide/);
  check('wait: step', 'colour: red', /no field "colour" here/);
  check('wait: step', 'light: now', /stands here twice/);
  check('wait: step', 'film: 32', /"memory" takes no film/);
  check('wait: step', 'step: none', /whole number from 1 on/);
  check('show: memory\n', '', /this figure has no "show"/, '``` figure');
});

test('a film that is not in the catalogue is named', () => {
  check('history: 1214,541,2571,6,608', 'history: 1214,541,9999999', /film 9999999 is not in the catalogue/);
  check('history: own', 'history: 1214,541,2571,6,99999999', /film 99999999 is not in the catalogue/);
  check('history: own', 'history: Alien,541,1,2,3', /"Alien" in the history is no MovieLens number/);
  check('history: own', 'history: 1,2,3,2,5', /twice in the history/);
  check('after 5 in pick 1', 'after 5 in film 99999999', /film 99999999 is not/, 'answer:');
});

test('an answer that no figure shows is named', () => {
  check('answer: after 5 in pick 1\n', '', /has no "answer"/, '``` question');
  check('after 5 in pick 1', '3', /written by hand/, 'answer:');
  check('after 5 in pick 1', 'the first one', /says no place of a table/, 'answer:');
  check('after 5 in pick 1', 'rank_without in pick 1', /no column "rank_without"/, 'answer:');
  check('after 5 in pick 1', 'after 5 in pick 6', /history has no film 6/, 'answer:');
  check('after 5 in pick 1', 'after 5 in film 1214', /own history may not hold that film/, 'answer:');
  check('after 5 in pick 1', 'measured {{ndcg:nobody:B}}', /cannot be looked up|nobody/, 'answer:');
  check('wait: step', 'hide: table', /this step hides it/, 'answer:');
  check('answer:', 'right: 2\nanswer:', /would write the right answer into the file/, 'right: 2');
});

test('a column that a figure lacks of one model is named', () => {
  const of = (family) => WHOLE.replace('show: memory', `show: sums\nfamily: ${family}`).replace('light: left, now\nwait: step\n', '').replace('after 5 in pick 1', 'part of pick 1 in row 1');
  const reasons = (family) => faultsOf(of(family)).map(({ reason }) => reason).filter((it) => /no column/.test(it));
  assert.deepEqual(reasons('markov'), []);
  assert.match(reasons('popularity')[0], /table of "sums" has no column "part of pick 1"/);
});

test('a question that cannot be judged is named', () => {
  check('0.3 to 0.8', '0.3 to 0.9', /two options stand for 0.8/, '``` question');
  check('0.3 to 0.8', '0.4 to 0.8', /no option stands for 0.3/, '``` question');
  check('= 0.3 to 0.8', '', /does not end in what it stands for/, '- About half');
  check('- Little = less than 0.3', '- Little = less than 0.3\n- Much = "much"', /stands for words, and the answer is a number/, '- Much');
  check('wait: step', 'seed: 1', /takes no seed/);
});

test('a question of another kind is checked as its kind asks', () => {
  const asked = (body) => WHOLE.replace(/``` question\n[^]*?```/, `\`\`\` question\n${body}\n\`\`\``);
  const only = (body, reason, at) => {
    const source = asked(body);
    const faults = faultsOf(source);
    assert.equal(faults.length, 1, JSON.stringify(faults));
    assert.match(faults[0].reason, reason);
    assert.equal(faults[0].line, lineOf(source, at), body);
  };
  assert.deepEqual(faultsOf(asked('number: How much?\nwithin: 0.1\nanswer: after 5 in pick 1')), []);
  assert.deepEqual(faultsOf(asked('film: Which?\nfrom: history\nanswer: movie_id in largest after 5')), []);
  only('number: How much?\nanswer: after 5 in pick 1', /no "within"/, '``` question');
  only('number: How much?\nwithin: far\nanswer: after 5 in pick 1', /"far" is no distance/, 'within: far');
  only('number: Which?\nwithin: 1\nanswer: title in pick 1', /the answer is no number/, 'answer:');
  only('film: Which?\nanswer: after 5 in pick 1', /the answer is no film/, 'answer:');
  only('film: Which?\nfrom: memory\nanswer: movie_id in row 1', /films are from history, list, not/, 'from: memory');
  only('film: Which?\n- Alien = 1\nanswer: movie_id in row 1', /a film has no options/, '- Alien');
  only('choice: Which?\nnumber: How much?\nanswer: after 5 in pick 1', /of two kinds/, '``` question');
  only('choice: Which?\n- All = 0 or more\nanswer: after 5 in pick 1', /two options or more/, '``` question');
  only('answer: after 5 in pick 1', /asks nothing/, '``` question');
  const still = WHOLE.replace(/``` figure\n[^]*?```/, '');
  assert.match(faultsOf(still)[0].reason, /read off a figure, and this step has none/);
});

test('a question whose answer an earlier step has shown is named', () => {
  const shown = '## Before\n\n``` figure\nshow: memory\n```\n\nLook.\n\n## What is left';
  check('## What is left', shown, /step 1 has shown this figure with the same films/, '``` question');
  assert.deepEqual(faultsOf(WHOLE.replace('## What is left', shown).replace('history: own', 'history: own or 50,296,6,608,1617')), []);
});

test('a number written by hand is named', () => {
  check('Go through the history', 'It keeps 22 % of it. Go through the history', /"22 %", written by hand/, 'It keeps');
  check('Go through the history', 'It reaches 0.0758. Go through the history', /"0.0758", written by hand/, 'It reaches');
  check('Go through the history', 'Heat stands 6th. Go through the history', /"6th", written by hand, is a rank/, 'Heat stands');
  check('Words before', 'All 0.123 words before', /"0.123", written by hand/, 'All 0.123');
});

test('a number that cannot be looked up, and a claim that no longer holds, are named', () => {
  check('Words before', '{{ndcg:nobody:B}} words before', /./, '{{ndcg');
  check('Words before', '<!-- holds: popularity > ease_recency in B -->\nWords before', /./, '<!-- holds');
});

test('what is not a lesson is named', () => {
  assert.match(faultsOf(WHOLE.slice(4))[0].reason, /begins with a head/);
  check('title: "Order"\n', '', /the head has no "title"/, '---');
  check('GRU4Rec reads', '``` figure\nshow: map\n```\n\nGRU4Rec reads', /second figure/, '``` figure\nshow: map');
  check('Words before', '``` figure\nshow: map\n```\n\nWords before', /before the first step/, '``` figure\nshow: map');
  check('about: "Markov, GRU4Rec, SASRec"', 'about:', /"about" has no value/);
  check('about: "Markov, GRU4Rec, SASRec"', 'Markov', /neither "name: value" nor an option/, 'Markov');
  check('``` question', '``` quiz', /no block "quiz"/, '``` quiz');
  assert.match(faultsOf(WHOLE, 'order.md')[0].reason, /called as 02-order.md/);
  assert.match(faultsOf(`${WHOLE}\n## Nothing here\n`).at(-1).reason, /no text/);
  assert.match(faultsOf(WHOLE.replace(/^```$/gm, '')).at(-1).reason, /no closing line/);
});

test('one file’s faults do not hide another’s', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'glassrec-lessons-'));
  try {
    await writeFile(join(folder, '01-broken.md'), WHOLE.replace('show: memory', 'show: nothing'));
    await writeFile(join(folder, '02-whole.md'), WHOLE);
    await writeFile(join(folder, '03-broken.md'), WHOLE.replace('after 5 in pick 1', '7'));
    const { read, faults } = await readLessons(folder, known);
    assert.deepEqual(faults.map(({ file }) => file), ['01-broken.md', '03-broken.md']);
    assert.match(said(faults[0]), /^01-broken\.md:\d+: there is no figure/);
    const { pages } = await writeLessons(folder, { read, ...known, embed: join(ROOT, 'public/embed') });
    assert.equal(pages, 1);
    assert.deepEqual((await readdir(join(folder, 'learn'))).filter((it) => /^\d/.test(it)), ['02-whole.html']);
    // A lesson that breaks leaves no page of what it was.
    await writeFile(join(folder, '02-whole.md'), WHOLE.replace('show: memory', 'show: nothing'));
    await writeLessons(folder, { ...(await readLessons(folder, known)), ...known, embed: join(ROOT, 'public/embed') });
    assert.deepEqual((await readdir(join(folder, 'learn'))).filter((it) => /^\d/.test(it)), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const table = {
  columns: ['movie_id', 'title', 'rank_without', 'step 1', 'in the beam'],
  rows: [[1214, 'Alien', 1, 12, 'yes'], [541, 'Blade Runner', 9, 3, 'no'], [6, 'Heat', 9, null, 'no']],
};
const watched = [{ id: 541, title: 'Blade Runner' }, { id: 6, title: 'Heat' }];
const value = (text) => answerOf(readAnswer(text), table, watched);

test('an answer is read by column and row', () => {
  assert.deepEqual(value('rank_without in pick 1'), { value: 9 });
  assert.deepEqual(value('rank_without in last pick'), { value: 9 });
  assert.deepEqual(value('title in film 1214'), { value: 'Alien' });
  assert.deepEqual(value('title in row 2'), { value: 'Blade Runner' });
  assert.deepEqual(value('title in last row'), { value: 'Heat' });
  assert.deepEqual(value('movie_id in largest rank_without'), { value: 541 });
  assert.deepEqual(value('movie_id in smallest step 1'), { value: 541 });
  assert.deepEqual(value('in the beam in row 1'), { value: 'yes' });
  assert.deepEqual(value('step 1 in row 1 less rank_without in row 1'), { value: 11 });
  assert.deepEqual(value('step 1 in film 6'), { value: null });
  assert.deepEqual(value('rows where step 1 is above 3'), { value: 1 });
  assert.deepEqual(value('rows where step 1 is below rank_without'), { value: 1 });
  assert.deepEqual(value('rows where in the beam is "no"'), { value: 2 });
});

test('what the table does not have now is said, and nothing is judged', () => {
  assert.match(value('step 2 in row 1').reason, /no column "step 2"/);
  assert.match(value('title in film 5').reason, /no such row/);
  assert.match(value('title in row 7').reason, /no such row/);
});

test('a column of a reader’s film has that film’s title', () => {
  const sums = { columns: ['movie_id', 'Heat', 'score'], rows: [[32, 0.04, 0.11]] };
  assert.deepEqual(answerOf(readAnswer('part of pick 2 in row 1'), sums, watched), { value: 0.04 });
  assert.deepEqual(answerOf(readAnswer('part of last pick in row 1'), sums, watched), { value: 0.04 });
});

test('a guess is right if the option, the number or the film is', () => {
  const choice = { kind: 'choice', options: ['1', '2 to 5', '6 or more', 'nothing'].map((it) => ({ span: readSpan(it) })) };
  assert.deepEqual([1, 4, 7694, null].map((it) => choice.options.findIndex((_, at) => isRight(choice, at, it))), [0, 1, 2, 3]);
  const exact = { kind: 'choice', options: [{ span: readSpan('more than 0') }, { span: readSpan('-2 to 0') }, { span: readSpan('less than -2') }] };
  assert.deepEqual([0.1, 0, -2, -3].map((it) => exact.options.findIndex((_, at) => isRight(exact, at, it))), [0, 1, 1, 2]);
  assert.ok(isRight({ kind: 'number', within: 2 }, 5, 7));
  assert.ok(!isRight({ kind: 'number', within: 2 }, 5, 8));
  assert.ok(isRight({ kind: 'film' }, 6, 6));
});

test('columns, parts and models that lessons may name are those of the figures', async () => {
  const of = async (paths) => (await Promise.all([paths ?? []].flat().map((it) => readFile(join(ROOT, it), 'utf8')))).join('\n');
  // Films have these wherever they stand; ranked ones have their rank and score as well.
  const common = (await of(['src/ui/table.rs'])) + (await of(['src/features/inspect/tables.rs']));
  for (const [name, { source, drawn, columns = {}, parts = {} }] of Object.entries(figures.figures)) {
    const [code, shapes] = [await of(source), await of(drawn)];
    for (const column of Object.keys(columns)) {
      if (column === '@' || column.startsWith('part of ')) continue;
      // "step #" stands there as "step {}", or is made of what comes before the number.
      const fixed = column.split(/[#@]/).map((it) => it.trim().replace(/^: /, '')).filter(Boolean);
      for (const part of fixed) {
        const [first, ...rest] = /^(rank|share) (from .+)$/.exec(part)?.slice(1) ?? [part];
        for (const it of [first, ...rest]) assert.ok(code.includes(it) || common.includes(`"${it}`), `${name}: ${column}`);
      }
    }
    for (const selector of Object.values(parts)) {
      const [, mark] = /\.picture \.([\w-]+)$/.exec(selector);
      assert.match(shapes, new RegExp(`"(?:[^"]* )?${mark}(?: [^"]*)?"`), `${name}: ${selector}`);
    }
  }
  const families = await readdir(join(ROOT, 'crates/core/src/families'), { withFileTypes: true });
  const code = await of(families.map((it) => `crates/core/src/families/${it.name}${it.isDirectory() ? '/mod.rs' : ''}`).filter((it) => !/inspect\/mod/.test(it)));
  for (const title of Object.values(figures.models)) assert.ok(code.includes(`title: "${title}"`), title);
  assert.deepEqual(Object.keys(figures.figures).sort(), Object.keys(JSON.parse(await readFile(join(ROOT, 'public/figures.json'), 'utf8'))).sort());
});

const ten = await readLessons(join(ROOT, 'lessons'), known);

test('all ten lessons are without a fault, and of the length that was promised', () => {
  assert.deepEqual(ten.faults.map(said), []);
  assert.deepEqual(ten.read.map(({ name }) => Number(name.slice(0, 2))), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const { name, lesson } of ten.read) {
    assert.ok(lesson.minutes >= 10 && lesson.minutes <= 15, `${name}: ${lesson.minutes} minutes`);
    assert.ok(lesson.steps.length >= 6 && lesson.steps.length <= 9, `${name}: ${lesson.steps.length} steps`);
    const live = lesson.steps.filter(({ question }) => question && !question.from.measured);
    assert.ok(live.length >= 2, `${name}: ${live.length} questions are read off a figure`);
  }
});

test('a sentence of a lesson has at most 24 words, as a page has', () => {
  const long = ten.read.flatMap(({ name, lesson }) => {
    const text = [lesson.lead, ...lesson.steps.flatMap((it) => [it.before, it.question?.ask, it.after])].filter(Boolean).join('\n');
    const sentences = text.replace(/<!--.*?-->/g, '').split(/(?<=[.?!:;])\s+|\n/);
    return sentences.filter((it) => it.replace(/\{\{[^}]*\}\}/g, 'number').split(/\s+/).length > 24).map((it) => `${name}: ${it}`);
  });
  assert.deepEqual(long, []);
});

test('pages can be read without a script, and hold no answer in sight', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'glassrec-lessons-'));
  try {
    await writeLessons(folder, { ...ten, ...known, embed: join(ROOT, 'public/embed') });
    const list = await readFile(join(folder, 'learn/index.html'), 'utf8');
    for (const { lesson } of ten.read) {
      const page = await readFile(join(folder, `learn/${lesson.id}.html`), 'utf8');
      assert.ok(list.includes(`href="${lesson.id}.html"`) && list.includes(`About ${lesson.minutes} minutes`));
      assert.equal(page.match(/<section class="step/g).length, lesson.steps.length);
      assert.equal(page.match(/<details class="see">/g)?.length ?? 0, lesson.steps.filter((it) => it.question).length);
      assert.equal(page.match(/<glassrec-figure/g).length, lesson.steps.filter((it) => it.figure).length);
      assert.doesNotMatch(page, /\{\{|<!--|undefined|NaN/);
      assert.doesNotMatch(page, /<script(?! src="\.\.\/glassrec-figure\.js" async><\/script>| type="module" src="\.\.\/lesson\.js\?build=\w+"><\/script>)|style="/);
      // What a question is about stands folded away: no figure of a question is outside its details.
      for (const asked of page.split('<section class="ask"').slice(1)) assert.doesNotMatch(asked.split('<details')[0], /<glassrec-figure|class="where"|data-value/);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('all pictures that lessons ask for are of figures that can be stored', () => {
  const asked = figuresAsked(ten.read.map(({ lesson }) => lesson));
  assert.ok(asked.length > 20);
  assert.ok(asked.every(({ figure }) => Object.hasOwn(figures.figures, figure)));
});
