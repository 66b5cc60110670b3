// Ways to check that nothing is sent: requests counted, a cut of the network, and the policy in plain words.

import { askAll, askedHere, policyHere } from "./asked.js";
import { act, make, part } from "./device_parts.js";
import { PROOF_WORDS as W, askerWords, policyInWords } from "./device_words.js";
import { OWN, SCOPE } from "./kept_files.js";

const { pathname: FOLDER } = new URL(SCOPE);
/** Whoever answers does so at once. */
const PATIENCE_MILLIS = 400;
const QUIET_MILLIS = 1_000;
/** More often than the offline worker forgets that the network is cut. */
const CUT_AGAIN_MILLIS = 4_000;
/** What the frame is put under: all but what it has already. */
const NOTHING = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";
/** Alien, Blade Runner, The Matrix: for readers who have kept no films. */
const EXAMPLE = [1214, 541, 2571];
const MOST_FILMS = 8;

/** The films that this device keeps, the newest of them. */
function ownFilms() {
  try {
    const [, ids] = /^#v1&h=([\d.]+)$/.exec(localStorage.getItem(`${OWN}history`) ?? "") ?? [];
    return ids ? ids.split(".").slice(-MOST_FILMS) : null;
  } catch {
    return null;
  }
}

export function showProof() {
  let answers = [];
  /** The frame with a list, what it tried while cut, and how many requests there were before. */
  let drill = null;

  const ask = askAll(FOLDER, (answer) => answers.push(answer));

  function draw(all) {
    const { origin } = location;
    const isForeign = ({ url }) => new URL(url).origin !== origin;
    const count = (of) => of.reduce((sum, { asked }) => sum + asked.length, 0);
    const nForeign = all.reduce((sum, { asked }) => sum + asked.filter(isForeign).length, 0);
    part("requests").textContent = count(all) === 0 ? W.none : W.total(count(all), nForeign, all.length);
    const open = new Set([...part("askers").querySelectorAll("details[open]")].map((it) => it.dataset.of));
    const detailsOf = (it) => {
      const name = askerWords(it);
      const lines = it.asked.map((request) => make("li", { class: isForeign(request) ? "is-foreign" : undefined, translate: "no" }, request.url.startsWith(SCOPE) ? request.url.slice(SCOPE.length) || "./" : request.url));
      const foreign = it.asked.filter(isForeign).length;
      const more = it.isFull ? [make("p", { class: "quiet" }, W.full)] : [];
      return make("details", { "data-of": name, open: open.has(name) }, make("summary", {}, `${name}: ${it.asked.length}, to other sites ${foreign}`), make("ol", { class: "addresses" }, ...lines), ...more);
    };
    part("askers").replaceChildren(...all.map(detailsOf));
    const framed = all.filter(({ isFrame, isEngine }) => isFrame || isEngine);
    if (drill?.isCut) part("drill-state").textContent = `${W.cut(Boolean(navigator.serviceWorker?.controller))} ${W.since(count(framed), drill.nBefore)} ${W.refused(drill.nRefused)}`;
    const engines = all.filter(({ isEngine }) => isEngine);
    part("refused").textContent = engines.length ? `Engines that answer now: ${engines.length}. Requests that the policy had to refuse in them: ${engines.reduce((sum, { refused }) => sum + refused.length, 0)}.` : "";
    const explore = all.find(({ policy, isSelf }) => policy && !isSelf);
    const policy = explore?.policy ?? policyHere();
    part("policy-of").textContent = explore ? (explore.isFrame ? "the frame above, which is that of Explore" : askerWords(explore)) : "this page";
    part("policy").replaceChildren(...policyInWords(policy).map(({ about, allowed, rule }) => make("tr", {}, make("th", { scope: "row" }, about), make("td", {}, allowed, make("code", { translate: "no" }, rule)))));
    return count(framed);
  }

  /** Asks everyone and counts anew; gives how many requests frames and engines have made. */
  async function count() {
    answers = [];
    ask();
    await new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLIS));
    return draw([{ isSelf: true, policy: policyHere(), ...askedHere() }, ...answers]);
  }

  function start() {
    const films = ownFilms() ?? EXAMPLE;
    const frame = make("iframe", { title: "A list and its reasons, made on this device", src: `figure.html#v2&h=${films.join(".")}&f=sasrec_ease` });
    drill = { frame, isCut: false, nRefused: 0, nBefore: 0 };
    part("frame").replaceChildren(frame);
    part("drill-state").textContent = W.starting;
    act("start").hidden = true;
    act("uncut").hidden = act("cut").hidden = false;
    act("cut").disabled = true;
    act("uncut").focus();
  }

  addEventListener("message", ({ source, origin, data }) => {
    if (!drill || source !== drill.frame.contentWindow || origin !== location.origin) return;
    if (data?.glassrec === "height") drill.frame.style.height = `${data.height}px`;
    if (data?.glassrec === "live") offerCut(drill);
    if (data?.glassrec === "failed") part("drill-state").textContent = data.words;
  });

  /** Once the frame has nothing more on its way: what comes after the first list would be cut off, and look like a wish. */
  async function offerCut(of) {
    let before;
    do {
      before = await count();
      await new Promise((resolve) => setTimeout(resolve, QUIET_MILLIS));
    } while (of === drill && (await count()) !== before);
    if (of !== drill) return;
    act("cut").disabled = false;
    part("drill-state").textContent = W.started;
  }

  async function cut() {
    act("cut").disabled = true;
    drill.nBefore = await count();
    const inside = drill.frame.contentDocument;
    inside.addEventListener("securitypolicyviolation", () => (drill.nRefused += 1));
    // A policy may be added to a page at any time, and none is ever taken away: the browser itself refuses from here on.
    const meta = inside.createElement("meta");
    meta.httpEquiv = "Content-Security-Policy";
    meta.content = NOTHING;
    inside.head.append(meta);
    drill.isCut = true;
    const again = () => {
      navigator.serviceWorker?.controller?.postMessage("cut");
      count();
    };
    drill.timer = setInterval(again, CUT_AGAIN_MILLIS);
    again();
  }

  function uncut() {
    clearInterval(drill.timer);
    navigator.serviceWorker?.controller?.postMessage("uncut");
    part("frame").replaceChildren();
    part("drill-state").textContent = drill.isCut ? W.uncut : "";
    drill = null;
    act("start").hidden = false;
    act("cut").hidden = act("uncut").hidden = true;
    act("start").focus();
    count();
  }

  act("count").addEventListener("click", count);
  act("start").addEventListener("click", start);
  act("cut").addEventListener("click", cut);
  act("uncut").addEventListener("click", uncut);
  part("own").textContent = OWN;
  count();
}
