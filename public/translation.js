// What a browser's translator does to a living page, made good.
//
// It takes a text node away and puts a <font> element with the translation in its place. The program goes on writing into
// the node it holds, which nobody sees: a list would keep the last one's films under the next one's name. So a node that is
// written to comes back (and is translated again), and where it is moved or removed its stand-in goes with it.

/** The program's text nodes → what stands in their place. */
const standIns = new WeakMap();
const taken = new WeakSet();

const isStandIn = (node) => node?.nodeName === "FONT" && !taken.has(node);

function bringBack(text) {
  const standIn = standIns.get(text);
  standIns.delete(text);
  standIn?.replaceWith(text);
}

/** Whatever is a child of `parent` and shows `node`. */
function shownIn(parent, node) {
  let shown = standIns.get(node) ?? node;
  while (shown && shown.parentNode !== parent && shown.parentNode?.nodeName === "FONT") shown = shown.parentNode;
  return shown;
}

export function keepTranslationsTrue() {
  const written = new MutationObserver((records) => records.forEach(({ target }) => bringBack(target)));
  const replaced = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      for (const text of removedNodes) {
        if (text.nodeType !== Node.TEXT_NODE || text.isConnected) continue;
        const standIn = [...addedNodes, previousSibling, nextSibling].find(isStandIn);
        if (!standIn) continue;
        taken.add(standIn);
        standIns.set(text, standIn);
        written.observe(text, { characterData: true });
      }
    }
  });
  replaced.observe(document.documentElement, { childList: true, subtree: true });

  const { insertBefore } = Node.prototype;
  Node.prototype.insertBefore = function (node, before) {
    return insertBefore.call(this, node, before && shownIn(this, before));
  };
  const { remove } = CharacterData.prototype;
  CharacterData.prototype.remove = function () {
    standIns.get(this)?.remove();
    remove.call(this);
  };
}
