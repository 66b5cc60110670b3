// What has to be closed when a test file is done, whatever hook or test opened it.

import { after } from 'node:test';

const waiting = [];

/** Runs `close` after the last test of the file, the newest first. */
export const atTheEnd = (close) => waiting.push(close);

after(async () => {
  for (const close of waiting.reverse()) await close();
});
