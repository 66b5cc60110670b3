// Where the reader takes a new build on the page "On this device", every tab of the site loads itself anew: an open page
// would go on to ask for parts of the build before. Nothing happens where nothing was kept for use without a network.

export function reloadWithNewBuild() {
  // In a frame that may do nothing, even asking for it throws.
  if (globalThis.origin === "null" || !navigator.serviceWorker?.controller) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
}
