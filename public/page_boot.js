// Starts the page program. A file of its own, because the site's policy allows no inline script.
const { js, wasm } = document.querySelector("script[data-js]").dataset;
try {
  const page = await import(new URL(js, document.baseURI));
  await page.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  // Without the program there is nothing to say it in: index.html holds the notice.
  document.getElementById("cannot-start")?.removeAttribute("hidden");
  throw error;
}
