// A code to scan, for a room whose students have phones: made on this device, of an address, as a drawing. Fetched at the
// first wish for one.

import qrcode from "qrcode-generator";

const SVG = "http://www.w3.org/2000/svg";
/** Free modules around a code, as its standard asks. */
const QUIET = 4;
/** The most letters that a code of the largest size takes, with room for a smudge. */
const MOST_LETTERS = 2300;

/** The drawing of `text`; nothing where it is too long for a code. */
export function codeOf(text) {
  if (text.length > MOST_LETTERS) return null;
  // As small as the text allows.
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const n = code.getModuleCount();
  const rows = Array.from({ length: n }, (_, y) => Array.from({ length: n }, (_, x) => (code.isDark(y, x) ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")).join(""));
  const svg = document.createElementNS(SVG, "svg");
  const side = n + 2 * QUIET;
  const set = (it, attributes) => Object.entries(attributes).forEach(([name, value]) => it.setAttribute(name, value));
  set(svg, { viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": "A code to scan, of the link above", class: "code", "shape-rendering": "crispEdges" });
  const path = document.createElementNS(SVG, "path");
  set(path, { d: rows.join("") });
  svg.append(path);
  return svg;
}
