// What a reader drops on the page: files, and all in folders. Fetched at the first drop. `entries` were taken while the
// event lasted: after it the browser gives nothing.

/** More files than any export has; the rest of a folder is left where it is. */
const MOST_FILES = 5_000;

const children = async (folder) => {
  const reader = folder.createReader();
  const all = [];
  // It gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise((give, fail) => reader.readEntries(give, fail));
    if (some.length === 0) return all;
    all.push(...some);
  }
};

/** All files, each with the way into it: `[{ path, file }]`. */
export async function filesOf(entries) {
  const files = [];
  const waiting = [...entries];
  while (waiting.length > 0 && files.length < MOST_FILES) {
    const entry = waiting.shift();
    try {
      if (entry instanceof File) files.push({ path: entry.name, file: entry });
      else if (entry.isDirectory) waiting.push(...(await children(entry)));
      else files.push({ path: entry.fullPath.replace(/^\//, ""), file: await new Promise((give, fail) => entry.file(give, fail)) });
    } catch {
      // It may not be read: the others count.
    }
  }
  return files;
}
