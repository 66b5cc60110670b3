// Steps along the browser's history, as a reader takes them: with a page that has come to rest.

/** The address of the entry that the browser's own process takes to be open: it hears of the page's writes after. */
async function openEntry(cdp) {
  const { currentIndex, entries } = await cdp.send('Page.getNavigationHistory');
  return entries[currentIndex].url;
}

/**
 * Waits until the browser has heard all that the page wrote. A step that starts before counts from the entry before,
 * and leads to another place.
 */
async function isHeard(page) {
  const cdp = await page.context().newCDPSession(page);
  const until = Date.now() + 30_000;
  while ((await openEntry(cdp)) !== (await page.evaluate(() => location.href))) {
    if (Date.now() > until) throw new Error(`the browser is at ${await openEntry(cdp)}, the page at ${page.url()}`);
    await page.waitForTimeout(20);
  }
  await cdp.detach();
}

export async function goBack(page) {
  await isHeard(page);
  await page.goBack();
}

export async function goForward(page) {
  await isHeard(page);
  await page.goForward();
}
