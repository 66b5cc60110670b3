// A shared worker in which the figures of a page find each other: the first one has an engine, and those after it get a
// line to that. It hands out lines, hears nothing that is said on them, and asks nobody for anything.

const all = new Set();
let host = null;

/** Ends its engine, or has left the page. */
function leave(port) {
  all.delete(port);
  if (port !== host) return;
  host = null;
  for (const it of all) it.postMessage("gone");
  all.clear();
}

onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.engine !== undefined) {
      all.add(port);
      // A frame that is taken out says no word any more, but lets go of its lock.
      if (data.engine) navigator.locks.request(data.engine, () => leave(port));
      if (host === null) {
        host = port;
        return port.postMessage("have");
      }
      const { port1, port2 } = new MessageChannel();
      host.postMessage("serve", [port1]);
      return port.postMessage("use", [port2]);
    }
    leave(port);
  };
};
