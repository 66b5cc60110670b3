// One engine for all figures of a page. Frames of one site on one page find each other in a shared worker (figure_hub.js):
// the first starts the engine, as if it were alone, and answers for the others on lines of their own. Where a browser has no
// shared workers, or keeps frames from them, each figure has an engine of its own.

/** Numbers of requests that came from other figures; the page's own count up from 1. */
const FIRST_OF_OTHERS = 0x80000000;
/** A hub answers at once, or not at all. */
const PATIENCE_MILLIS = 1500;

/** The engine's worker of the figure that came first: its own page uses it as ever, others by lines. */
class Served extends EventTarget {
  #worker;
  #ready = null;
  #lines = new Set();
  /** Number here → line and number there. */
  #asked = new Map();
  #last = FIRST_OF_OTHERS;

  constructor(worker) {
    super();
    this.#worker = worker;
    worker.addEventListener("message", (event) => this.#hear(event));
    for (const name of ["error", "messageerror"]) {
      worker.addEventListener(name, (event) => {
        event.preventDefault();
        this.dispatchEvent(name === "error" ? new ErrorEvent(name, { message: event.message, cancelable: true }) : new Event(name));
      });
    }
  }

  postMessage(message, ...others) {
    this.#worker.postMessage(message, ...others);
  }

  terminate() {
    this.#worker.terminate();
    this.onended?.();
  }

  /** Answers what comes on `line`. */
  serve(line) {
    this.#lines.add(line);
    line.onmessage = ({ data }) => {
      if (data === "Ping") return this.#worker.postMessage(data);
      if (data.Ask) {
        const id = (this.#last += 1);
        this.#asked.set(id, { line, id: data.Ask.id });
        return this.#worker.postMessage({ Ask: { ...data.Ask, id } });
      }
      const found = data.Forget && [...this.#asked].find(([, it]) => it.line === line && it.id === data.Forget.id);
      if (!found) return;
      this.#asked.delete(found[0]);
      this.#worker.postMessage({ Forget: { id: found[0] } });
    };
    if (this.#ready) line.postMessage(this.#ready);
  }

  #hear({ data }) {
    const asked = data.Reply && this.#asked.get(data.Reply.id);
    if (asked) {
      this.#asked.delete(data.Reply.id);
      return asked.line.postMessage({ Reply: { ...data.Reply, id: asked.id } });
    }
    if (data.Ready) this.#ready = data;
    // Files are this page's to fetch; the rest concerns all.
    if (!data.Reply && !data.Want) for (const line of this.#lines) line.postMessage(data);
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

/** A worker as the page knows it, wherever the engine is. */
class Shared extends EventTarget {
  #hub;
  #own = null;
  #line = null;
  /** Asked and not answered: told again where the figure that had the engine has gone. */
  #waiting = new Map();
  #unsent = [];
  #isReady = false;
  /** The page hears that once; that an engine was replaced is no news to it. */
  #wasReady = false;
  #start;
  #letGo = () => {};

  constructor(hub, start) {
    super();
    this.#hub = hub;
    this.#start = start;
    hub.port.onmessage = ({ data, ports }) => this.#find(data, ports[0]);
    this.#ask();
    // A browser that keeps the hub from this frame says so late, or not at all.
    const alone = () => !this.#own && !this.#line && this.#find("have");
    hub.onerror = alone;
    setTimeout(alone, PATIENCE_MILLIS);
  }

  /** Asks the hub for an engine, under a lock that goes with this page, whatever becomes of it. */
  #ask() {
    const name = navigator.locks ? `glassrec-figure-${crypto.randomUUID()}` : "";
    const tell = () => this.#hub.port.postMessage({ engine: name });
    if (!name) return tell();
    const held = () => {
      tell();
      return new Promise((resolve) => (this.#letGo = resolve));
    };
    this.#letGo();
    navigator.locks.request(name, held).catch(tell);
  }

  #find(word, port) {
    if (word === "serve") return this.#own?.serve(port);
    if (word === "gone") {
      this.#line = null;
      this.#isReady = false;
      this.#unsent = [...this.#waiting.values()];
      return this.#ask();
    }
    if (word === "use") {
      this.#line = port;
      port.onmessage = ({ data }) => this.#hear(data);
    } else {
      this.#own = new Served(this.#start());
      this.#own.onended = () => this.#hub.port.postMessage("bye");
      this.#own.addEventListener("message", ({ data }) => this.#hear(data));
      for (const name of ["error", "messageerror"]) this.#own.addEventListener(name, (event) => this.dispatchEvent(new event.constructor(name, event)));
    }
  }

  #hear(data) {
    if (data.Ready) {
      this.#isReady = true;
      for (const message of this.#unsent.splice(0)) this.#send(message);
      if (this.#wasReady) return;
      this.#wasReady = true;
    }
    if (data.Reply) this.#waiting.delete(data.Reply.id);
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  #send(message, ...others) {
    // An engine that starts wants its files, and would miss all else.
    if (!this.#isReady && !message.File) {
      if (message.Ask) this.#unsent.push(message);
    } else if (this.#own) this.#own.postMessage(message, ...others);
    else if (this.#line) this.#line.postMessage(message, ...others);
  }

  postMessage(message, ...others) {
    if (message.Ask) this.#waiting.set(message.Ask.id, message);
    if (message.Forget) {
      this.#waiting.delete(message.Forget.id);
      this.#unsent = this.#unsent.filter((it) => it.Ask.id !== message.Forget.id);
    }
    this.#send(message, ...others);
  }

  terminate() {
    this.#letGo();
    this.#own?.terminate();
    this.#line?.close();
    this.#hub.port.postMessage("bye");
  }
}

/** From here on the engine of this page is that of all figures around, where there are others. */
export function shareEngine(addressOf) {
  const Own = globalThis.Worker;
  if (!globalThis.SharedWorker) return;
  globalThis.Worker = function (address, options) {
    const start = () => new Own(address, options);
    if (!String(address).includes("engine_boot.js")) return start();
    try {
      const hub = new SharedWorker(addressOf("figure_hub.js"), { name: String(address) });
      const shared = new Shared(hub, start);
      addEventListener("pagehide", () => hub.port.postMessage("bye"));
      return shared;
    } catch {
      return start(); // the frame may have none
    }
  };
}
