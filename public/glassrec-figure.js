// <glassrec-figure figure="denoising" history="1214,541,2571"></glassrec-figure>: a figure on anybody's page. What stands
// inside the element (a stored picture, a caption, a link) is all that there is until the reader wants more; then a frame
// from the site of this script takes its place. docs/embed.md tells authors the rest.

// Figure → the letter of its part of Explore, and the model it is of.
import FIGURES from "./figures.json";

const WORDS = {
  run: "Run it live",
  starting: "Starting…",
  stop: "Stop",
  others: "Stop the others",
  slow: "This takes longer than usual; what is stored stays here.",
  failed: "It does not run here; what you see is stored. ",
  again: "Try again",
};
const MOST_LIVE = 6;
const SLOW_MILLIS = 20_000;
const HEIGHTS = [80, 4000];
const HISTORY = "1214,541,2571";

/** Where the site is: beside this script. Nothing where the script was written into the page. No module: those need a word of the site's server. */
const { src } = document.currentScript ?? document.querySelector('script[src*="glassrec-figure.js"]') ?? {};
const here = /^https?:/.test(src) ? new URL(".", src).href : "";
const live = new Set();

// Authors leave room below for the bar, so that nothing moves when it comes.
const SHEET = `:host{display:block;position:relative;min-width:0;margin:1.5em 0;padding-bottom:0!important}:host([hidden]){display:none}
iframe{display:block;width:100%;border:0;background:none}.bar{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;font:13px/1.4 system-ui,sans-serif;min-height:44px}
button{font:inherit;min-height:36px;padding:0 14px;border:1px solid currentColor;border-radius:8px;background:none;color:inherit;cursor:pointer}
button:focus-visible{outline:2px solid Highlight;outline-offset:2px}.is-live slot{display:none}.frame{display:none}.is-live .frame,.is-near .frame{display:block}
.is-near .frame{position:absolute;left:0;right:0;visibility:hidden;pointer-events:none}
@media print{.bar,.frame{display:none!important}.is-live slot{display:block}}`;

/** Whether the page around is dark where the element stands: what it says, else what it is painted with. */
function isDark(element) {
  const root = document.documentElement;
  const said = element.closest("[data-bs-theme],[data-theme]");
  const word = said?.dataset.bsTheme ?? said?.dataset.theme ?? "";
  if (/^(dark|light)$/.test(word)) return word === "dark";
  for (const it of [document.body, root]) {
    if (/(^|\s)(quarto-)?dark(\s|$)/.test(it?.className)) return true;
    if (/(^|\s)(quarto-)?light(\s|$)/.test(it?.className)) return false;
  }
  const [r, g, b] = paperOf(element)?.match(/[\d.]+/g)?.map(Number) ?? [];
  if (r !== undefined) return 0.3 * r + 0.6 * g + 0.1 * b < 128;
  const scheme = getComputedStyle(element).colorScheme;
  const system = matchMedia("(prefers-color-scheme: dark)").matches;
  return /dark/.test(scheme) && (system || !/light/.test(scheme));
}

/** The colour behind the element; nothing where nobody painted. */
function paperOf(element) {
  for (let it = element; it; it = it.parentElement ?? it.getRootNode().host) {
    const { backgroundColor } = getComputedStyle(it);
    if (/^rgb\(/.test(backgroundColor)) return backgroundColor;
  }
}

class GlassrecFigure extends HTMLElement {
  static observedAttributes = ["figure", "family", "history", "step", "film", "theme", "controls", "height", "seed", "state"];
  #parts = null;
  #frame = null;
  #height = 0;
  #isWanted = false;
  #ends = [];
  #timer = 0;
  #leaving = 0;

  connectedCallback() {
    clearTimeout(this.#leaving);
    if (this.#ends.length > 0) {
      // A frame that is moved begins anew.
      if (this.#frame) this.#parts.all.className = "is-near";
      return;
    }
    this.#parts ??= this.#build();
    // What the author put inside may still be on its way.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.#fill(), { once: true });
    else this.#fill();
    const listen = (to, name, heard) => {
      to.addEventListener(name, heard);
      this.#ends.push(() => to.removeEventListener(name, heard));
    };
    listen(window, "message", (event) => this.#hear(event));
    listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.#dress());
    const themes = new MutationObserver(() => this.#dress());
    for (const it of [document.documentElement, document.body]) themes.observe(it, { attributes: true, attributeFilter: ["class", "style", "data-theme", "data-bs-theme"] });
    const seen = new IntersectionObserver((all) => all.some((it) => it.isIntersecting) && this.#see(), { rootMargin: "100px" });
    seen.observe(this);
    this.#ends.push(() => themes.disconnect(), () => seen.disconnect());
    this.#dress();
  }

  disconnectedCallback() {
    // A page that moves its parts takes them out and puts them back at once.
    this.#leaving = setTimeout(() => {
      this.#ends.splice(0).forEach((end) => end());
      this.stop();
    });
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#parts || before === now) return;
    if (name === "theme") return this.#dress();
    if (name === "height") return this.#fit();
    const wasLive = this.#frame !== null;
    this.stop();
    this.#fill();
    if (wasLive) this.run();
  }

  /** The address of what the figure shows, on the page of the site that has it. */
  get link() {
    const state = this.getAttribute("state");
    if (state) return state.replace(/^#?/, "#");
    const { letter, family, probe } = this.#figure ?? {};
    const [step, seed] = ["step", "seed"].map((it) => this.getAttribute(it));
    // Authors count from 1.
    const at = step > 0 ? String(step - 1) : "";
    const pieces = [
      ["h", this.#history.join(".")],
      ["f", this.getAttribute("family") ?? family],
      ["x", this.getAttribute("film")],
      ["t", letter],
      ["s", probe ? "" : at],
      ["p", (seed && `n${seed}`) || (probe && at && `${probe}${at}`)],
    ];
    return `#v2${pieces.filter(([, it]) => it).map(([key, it]) => `&${key}=${it}`).join("")}`;
  }

  get #figure() {
    const name = this.getAttribute("figure");
    return Object.hasOwn(FIGURES, name) ? FIGURES[name] : undefined;
  }

  /** Where on the site it is. */
  get #address() {
    const { page, live } = this.#figure;
    return `${this.#site}${page}${live ? this.link : ""}`;
  }

  get #history() {
    return (this.getAttribute("history") ?? HISTORY).split(/[^\d]+/).filter(Boolean);
  }

  get #site() {
    const site = this.getAttribute("site");
    return site ? new URL(`${site.replace(/\/?$/, "/")}`, document.baseURI).href : here;
  }

  /** What is wrong with what the author wrote; empty for nothing. */
  get #fault() {
    const name = this.getAttribute("figure");
    if (!this.#figure) return `There is no figure called “${name ?? ""}”; there are ${Object.keys(FIGURES).join(", ")}. `;
    if (!this.#site) return "The script was written into this page, so it cannot tell where the site is: name it with site=\"…\". ";
    return "";
  }

  #build() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.innerHTML = `<div part="figure"><slot></slot><div class="frame"></div><div class="bar"><button part="run"></button><button hidden part="others"></button><span role="status"></span></div></div>`;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];
    const [all, frame, run, others, status] = ["div", ".frame", "button", "button + button", "span"].map((it) => root.querySelector(it));
    others.textContent = WORDS.others;
    run.onclick = () => (this.#frame ? this.stop() : this.run());
    others.onclick = () => {
      [...live].filter((it) => it !== this).forEach((it) => it.stop());
      this.run();
    };
    // A page with keys of its own, as slides have, does not hear what was meant for a button.
    root.addEventListener("keydown", (event) => /^(Enter| )$/.test(event.key) && event.stopPropagation());
    return { all, frame, run, others, status };
  }

  /** Shows what is stored, where the author put nothing inside. */
  #fill() {
    const { run, status } = this.#parts;
    const fault = this.#fault;
    status.textContent = fault;
    run.hidden = fault !== "" || !this.#figure.live;
    this.#say(WORDS.run);
    if (fault || this.querySelector(":scope > :not([data-stored])")) return;
    const { family, live } = this.#figure;
    const step = this.getAttribute("step");
    const stem = [this.getAttribute("figure"), this.getAttribute("family") ?? family, ...(live ? this.#history : []), step && `step${step}`].filter(Boolean).join("-");
    const a = Object.assign(document.createElement("a"), { href: this.#address });
    const picture = document.createElement("picture");
    const source = Object.assign(document.createElement("source"), { media: "(max-width: 560px)", srcset: `${this.#site}embed/${stem}-narrow.svg` });
    const image = Object.assign(new Image(), { loading: "lazy", alt: `${this.getAttribute("figure")}: a stored picture`, src: `${this.#site}embed/${stem}.svg` });
    image.style.cssText = "display:block;width:100%;height:auto";
    picture.append(source, image);
    a.dataset.stored = "";
    image.onerror = () => (a.textContent = `Glassrec: ${this.getAttribute("figure")}`);
    a.append(picture);
    this.replaceChildren(a);
  }

  #say(words) {
    const bytes = this.getAttribute("bytes");
    this.#parts.run.textContent = words === WORDS.run && bytes ? `${words} (${bytes})` : words;
  }

  #see() {
    const when = this.getAttribute("start");
    if (this.#isWanted || this.#fault || (when !== "visible" && when !== "idle")) return;
    this.#isWanted = true;
    const run = () => this.isConnected && this.run();
    if (when === "visible" || !self.requestIdleCallback) run();
    else requestIdleCallback(run);
  }

  /** Starts the engine in a frame; what is stored stays until there is something to show. */
  run() {
    if (this.#frame || this.#fault || !this.#figure.live) return;
    if (live.size >= MOST_LIVE) {
      this.#parts.others.hidden = false;
      this.#parts.status.textContent = `${live.size} figures run on this page. `;
      return;
    }
    const frame = document.createElement("iframe");
    frame.title = `Glassrec: ${this.getAttribute("figure")}`;
    frame.allow = "clipboard-write";
    const hidden = this.getAttribute("controls")?.split(/[\s,]+/).filter((it) => it.startsWith("-")).map((it) => it.slice(1)).join(",");
    const asked = new URLSearchParams({ figure: this.getAttribute("figure"), theme: this.#theme, ...(hidden && { hide: hidden }) });
    frame.src = `${this.#site}figure.html?${asked}${this.link}`;
    this.#frame = frame;
    live.add(this);
    this.#parts.others.hidden = true;
    this.#parts.status.textContent = "";
    this.#say(WORDS.starting);
    this.#parts.all.className = "is-near";
    // In a task of its own: a browser that begins a frame keeps the page around waiting.
    setTimeout(() => {
      if (this.#frame !== frame) return;
      this.#parts.frame.replaceChildren(frame);
      this.#dress();
    });
    this.#timer = setTimeout(() => this.#frame === frame && !this.#isLive && (this.#parts.status.textContent = WORDS.slow), SLOW_MILLIS);
  }

  get #isLive() {
    return this.#parts.all.className === "is-live";
  }

  /** Ends the engine; what is stored is shown again. */
  stop() {
    if (!this.#frame) return;
    clearTimeout(this.#timer);
    live.delete(this);
    this.#frame = null;
    this.#height = 0;
    this.#parts.frame.replaceChildren();
    this.#parts.all.className = "";
    this.#parts.status.textContent = "";
    this.#say(WORDS.run);
  }

  #hear({ source, data }) {
    if (!source || source !== this.#frame?.contentWindow || typeof data !== "object") return;
    if (data?.glassrec === "here") this.#dress();
    if (data?.glassrec === "height" && Number.isFinite(data.height)) {
      this.#height = Math.min(Math.max(Math.ceil(data.height), HEIGHTS[0]), HEIGHTS[1]);
      this.#fit();
    }
    if (data?.glassrec === "live") {
      clearTimeout(this.#timer);
      this.#parts.all.className = "is-live";
      this.#parts.status.textContent = "";
      this.#say(WORDS.stop);
      this.dispatchEvent(new Event("live"));
    }
    if (data?.glassrec === "failed" && !this.#isLive) {
      this.stop();
      this.#parts.status.textContent = `${WORDS.failed}${String(data.words ?? "").slice(0, 200)}`;
      this.#say(WORDS.again);
      this.dispatchEvent(new Event("failed"));
    }
  }

  #fit() {
    if (!this.#frame) return;
    const fixed = Number.parseInt(this.getAttribute("height"), 10);
    const height = fixed > 0 ? fixed : this.#height;
    if (height > 0) this.#frame.style.height = `${height}px`;
  }

  get #theme() {
    const theme = this.getAttribute("theme");
    return /^(light|dark)$/.test(theme) ? theme : isDark(this) ? "dark" : "light";
  }

  /** As light or dark as the page around. A frame of another scheme would be painted on a box of its own. */
  #dress() {
    if (!this.isConnected) return;
    const theme = this.#theme;
    this.style.colorScheme = theme;
    for (const it of [...this.querySelectorAll("img"), this.#frame]) it && (it.style.colorScheme = theme);
    this.#frame?.contentWindow?.postMessage({ glassrec: "theme", theme, paper: paperOf(this) }, "*");
  }
}

// A page may load the script twice, or in two versions: the first one stays.
if (!customElements.get("glassrec-figure")) customElements.define("glassrec-figure", GlassrecFigure);
