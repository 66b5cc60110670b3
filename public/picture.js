// A part of the page as a picture: a copy of it in which every element carries the style it has on the screen, in an SVG,
// over a caption that says what it shows. Styles are all written out, since a picture reads no stylesheet. html-to-image
// does that too, but fetches fonts and pictures again; here nothing is asked for.

const HTML = "http://www.w3.org/1999/xhtml";
/** Room around the view, in pixels. */
const MARGIN = 16;
/** No browser draws more points than this in a row. */
const MOST_POINTS = 16_000;
/** Says nothing in a picture, or says in other words what is written out already. */
const IDLE = /^(-webkit-(locale|tap|user)|transition|animation|will-change|cursor|user-select|pointer-events|touch-action|scroll|overscroll|inline-size|block-size|(min|max)-(inline|block)|(inset|margin|padding)-(inline|block)|border-(inline|block|start|end)|perspective|container|view-transition|content-visibility|contain)/;
/** What an element takes from the one around it. */
const INHERITED = /^(-webkit-font|-webkit-text|accent|border-(collapse|spacing)|caption|clip-rule|color|direction|dominant|empty|fill|font|hyphens|letter|line|list|orphans|overflow-wrap|paint|quotes|shape|stroke|tab|text-(align|anchor|indent|rendering|shadow|transform|wrap)|visibility|white|widows|word|writing)/;

/** An element of each kind as it looks without a style of ours, for comparison. */
function makeBare() {
  const host = document.createElement("div");
  host.style.cssText = "all:initial;position:fixed;width:0;height:0;overflow:hidden";
  document.body.append(host);
  const styles = new Map();
  const styleOf = ({ namespaceURI, localName }) => {
    const key = `${namespaceURI} ${localName}`;
    if (!styles.has(key)) {
      const element = document.createElementNS(namespaceURI, localName);
      element.style.all = "revert";
      host.append(element);
      const style = getComputedStyle(element);
      styles.set(key, Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)])));
    }
    return styles.get(key);
  };
  return { styleOf, end: () => host.remove() };
}

/** Layout counts in 64ths of a pixel and rounds down: a width that is written out is rounded up, or its last word would wrap. */
const roundedUp = (value) => value.replace(/^[\d.]+(?=px$)/, (it) => String(Math.ceil(Number(it) * 64) / 64));

function dress(copy, style, bare, around) {
  const still = style.transform === "none";
  // The height that is said of a table counts its caption, the one that is set does not.
  const isTable = style.display === "table";
  let css = "";
  for (const name of style) {
    if (IDLE.test(name) || (still && name === "transform-origin") || (isTable && name === "height")) continue;
    const value = style.getPropertyValue(name);
    if (value === bare[name] && !(around && INHERITED.test(name) && value !== around.getPropertyValue(name))) continue;
    css += `${name}:${name === "width" || name === "height" ? roundedUp(value) : value};`;
  }
  // Nothing in a picture sticks or floats over it.
  if (style.position === "sticky" || style.position === "fixed") css += "position:relative;inset:auto;";
  copy.style.cssText = css;
}

/** What a style sheet writes before or after an element, as an element. */
function written(element, which, style, bare) {
  const pseudo = getComputedStyle(element, which);
  if (pseudo.content === "none" || pseudo.content === "normal" || pseudo.display === "none") return [];
  const span = document.createElementNS(HTML, "span");
  span.textContent = pseudo.content.replace(/^"(.*)"$/s, "$1").replaceAll("\\\"", '"');
  dress(span, pseudo, bare.styleOf(span), style);
  return [span];
}

/** A copy without what is not seen; `around` is the style of the element it stands in. */
function copyOf(element, bare, around) {
  const style = getComputedStyle(element);
  if (style.display === "none") return null;
  const isVeil = style.position === "fixed" && element.textContent === "";
  if (isVeil) return null;
  const isCanvas = element instanceof HTMLCanvasElement;
  const copy = isCanvas ? new Image() : element.cloneNode(false);
  if (isCanvas) copy.src = element.toDataURL();
  if (element instanceof HTMLInputElement) {
    copy.setAttribute("value", element.value);
    copy.toggleAttribute("checked", element.checked);
  }
  dress(copy, style, bare.styleOf(element), around);
  if (isCanvas) return copy;
  if (element.namespaceURI === HTML) copy.append(...written(element, "::before", style, bare));
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.cloneNode());
    const inner = child.nodeType === Node.ELEMENT_NODE && copyOf(child, bare, style);
    if (!inner) continue;
    // What is scrolled away stays so.
    if (element.scrollLeft || element.scrollTop) inner.style.translate = `${-element.scrollLeft}px ${-element.scrollTop}px`;
    copy.append(inner);
  }
  if (element.namespaceURI === HTML) copy.append(...written(element, "::after", style, bare));
  return copy;
}

/** The words under a picture, and how high they stand at `width`. */
function captionOf(lines, width) {
  const root = getComputedStyle(document.documentElement);
  const caption = document.createElementNS(HTML, "div");
  caption.style.cssText = `box-sizing:border-box;width:${width}px;padding-top:${MARGIN}px;font:13px/1.5 sans-serif;color:${root.getPropertyValue("--ink-2")};overflow-wrap:anywhere`;
  for (const line of lines) {
    const p = document.createElementNS(HTML, "p");
    p.style.margin = "0";
    p.textContent = line;
    caption.append(p);
  }
  document.body.append(caption);
  const { height } = caption.getBoundingClientRect();
  caption.remove();
  return { caption, height };
}

/** `view` and its caption as an SVG of so many pixels. */
export function pictureOf(view, { title, address, caption: lines }) {
  // What only serves to use a figure is no part of its picture.
  view.classList.add("is-saved");
  const { width, height } = view.getBoundingClientRect();
  const bare = makeBare();
  const copy = copyOf(view, bare, null);
  bare.end();
  view.classList.remove("is-saved");
  copy.style.margin = "0";
  // The picture has no scheme of its own; controls are to be as dark as on the screen.
  copy.style.colorScheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const { caption, height: below } = captionOf(lines, width);
  const [wide, high] = [width + 2 * MARGIN, height + below + 2 * MARGIN].map(Math.ceil);
  const svg = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  const root = svg(
    "svg",
    { width: wide, height: high, viewBox: `0 0 ${wide} ${high}` },
    svg("title", {}, title),
    svg("desc", {}, address),
    svg("rect", { width: "100%", height: "100%", fill: paper }),
    svg("foreignObject", { x: MARGIN, y: MARGIN, width, height: height + below }, copy, caption),
  );
  // XML knows no control characters, which a title may hold.
  const text = new XMLSerializer().serializeToString(root).replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, "");
  return { svg: text, width: wide, height: high };
}

/** Whether what is drawn is what is read back: some browsers alter it, so that pages cannot tell readers apart. */
function isReadBack() {
  const context = Object.assign(document.createElement("canvas"), { width: 16, height: 16 }).getContext("2d");
  const known = [18, 120, 210, 255];
  context.fillStyle = `rgb(${known.slice(0, 3)})`;
  context.fillRect(0, 0, 16, 16);
  try {
    return context.getImageData(0, 0, 16, 16).data.every((it, at) => Math.abs(it - known[at % 4]) <= 8);
  } catch {
    return false;
  }
}

/** The picture as PNG, two points a pixel. Ends with "altered" where the browser gives other points than were drawn. */
export async function pointsOf({ svg, width, height }) {
  if (!isReadBack()) throw new Error("altered");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, MOST_POINTS / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * scale), height: Math.round(height * scale) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new Error("nothing was drawn");
  return blob;
}
