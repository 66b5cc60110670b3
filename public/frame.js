// A figure by itself in a frame: what it and the page around it say to each other. The page around may be anyone's, so
// nothing but a theme is taken from it, and nothing but a height is told; a lesson of this site may ask for more.

import { answerLesson } from "./frame_lesson.js";

const root = document.documentElement;
const THEMES = ["light", "dark"];
/** A colour as browsers compute it, and nothing else. */
const COLOUR = /^(rgba?|color|oklch|oklab|lab|lch)\([\d\s.,%/a-z-]+\)$/;

const PICTURE = ".framed .glass .picture > * > *, .framed .map-canvas canvas";
const ALERTS = "#cannot-start.is-due, .framed .problem, .framed .is-broken, .full-stop:not(#cannot-start)";

function show({ theme, paper }) {
  if (THEMES.includes(theme)) {
    root.dataset.theme = theme;
  }
  if (typeof paper === "string" && COLOUR.test(paper)) root.style.setProperty("--figure-paper", paper);
}

/** Tells the page around how high the figure is, whenever that changes. */
function tellHeight() {
  let told = 0;
  const tell = () => {
    const figure = document.querySelector("main.framed");
    if (!figure) return;
    const height = Math.ceil(figure.getBoundingClientRect().height);
    if (height === told || height === 0) return;
    told = height;
    parent.postMessage({ glassrec: "height", height }, "*");
  };
  const sizes = new ResizeObserver(tell);
  sizes.observe(document.body);
  new MutationObserver(() => {
    const figure = document.querySelector("main.framed");
    if (figure) sizes.observe(figure);
    tell();
  }).observe(document.body, { childList: true, subtree: true });
}

/** Tells it once that there are live numbers in the picture, or that there will be none. */
function tellState() {
  let told = "";
  const tell = () => {
    const alert = document.querySelector(ALERTS);
    const state = document.querySelector(PICTURE) ? "live" : alert ? "failed" : "";
    if (state === "" || state === told) return;
    told = state;
    parent.postMessage({ glassrec: state, words: state === "failed" ? alert.textContent.trim().slice(0, 400) : "" }, "*");
  };
  new MutationObserver(tell).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
  tell();
}

export function beFramed() {
  const asked = new URLSearchParams(location.search);
  show({ theme: asked.get("theme") });
  root.dataset.hide = asked.get("hide")?.replace(/[^a-z ,]/g, "").replaceAll(",", " ") ?? "";
  if (parent === window) return;
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.glassrec === "theme") show(data);
  });
  tellHeight();
  tellState();
  answerLesson();
  // The page around may have been ready before: it answers with its theme.
  parent.postMessage({ glassrec: "here" }, "*");
}
