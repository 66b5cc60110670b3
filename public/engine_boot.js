// Starts the engine worker: ONNX Runtime first, then the site's program, which in a worker is the engine.
//
// Every failure is told to the page as a `Refused` message (see src/engine/protocol.rs);
// a worker that falls silent would leave the page waiting.

import { hasSimd } from "./simd.js";

const query = new URL(location.href).searchParams;
const build = query.get("build") ?? "";
const isWebGpu = query.get("backend") === "webgpu";
const hasStackSwitching = "Suspending" in WebAssembly;

// The binary ONNX Runtime asks for, by script. JSPI is half the size of asyncify.
const [scriptName, binaryName] = !isWebGpu
  ? ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.wasm"]
  : hasStackSwitching
    ? ["ort.jspi.min.mjs", "ort-wasm-simd-threaded.jspi.wasm"]
    : ["ort.webgpu.min.mjs", "ort-wasm-simd-threaded.asyncify.wasm"];

const executionProviders = [isWebGpu ? "webgpu" : "wasm"];
const runtimeFolder = new URL("./ort/", import.meta.url).href;

class Refusal extends Error {
  constructor(reason) {
    super(typeof reason === "string" ? reason : JSON.stringify(reason));
    this.reason = reason;
  }
}

// The smallest ONNX model, y = x: making a session of it starts the runtime while the real models are still on their way.
const IDENTITY_MODEL = Uint8Array.from(
  atob("CAk6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEBI="),
  (char) => char.charCodeAt(0),
);

/** Says whether `url` is missing or arrives but cannot be used. */
async function blame(path) {
  const response = await fetch(new URL(path, import.meta.url), { method: "HEAD" }).catch(() => null);
  const isHtml = response?.headers.get("content-type")?.startsWith("text/html") ?? false;
  return response?.ok && !isHtml ? { Damaged: { path } } : { Unreachable: { path } };
}

/** Asks whether there is a graphics device, and tells when the one that the runtime takes is lost. */
async function watchGraphicsDevice() {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) throw new Refusal("NoWebGpu");
  let tellLost;
  const lost = new Promise((resolve) => (tellLost = resolve));
  const requestDevice = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    const device = await requestDevice.call(this, descriptor);
    device.lost.then(() => tellLost());
    globalThis.glassrecDevice = device;
    return device;
  };
  // In an object: an async function would wait for a bare promise.
  return { lost };
}

let ort;
let newestSession;

/**
 * One run of a session, past ort-web: it crosses between Rust and JavaScript some sixty times for a run of one
 * input and one output, which costs a small model a fifth of its time. This takes ten. See src/engine/runtime.rs.
 */
class Run {
  feeds = {};

  /** `numbers` look into Rust's memory, which may move before the runtime has read them. */
  feed(name, numbers, shape) {
    this.feeds[name] = new ort.Tensor(numbers.slice(), [...shape]);
  }

  /** A promise of the outputs named in `wanted`, with commas between. */
  start(session, wanted) {
    return session.run(this.feeds, wanted.split(","));
  }
}

async function startRuntime() {
  try {
    ort = await import(runtimeFolder + scriptName);
  } catch {
    throw new Refusal(await blame(`ort/${scriptName}`));
  }
  ort.env.wasm.wasmPaths = runtimeFolder;
  ort.env.wasm.numThreads = globalThis.crossOriginIsolated
    ? Math.max(1, Math.min(4, navigator.hardwareConcurrency ?? 1))
    : 1;
  ort.env.logLevel = "error";

  // ort-web 0.5 looks for execution providers under names that ort rc.15 no longer sends, so they are named
  // here. The model is copied because `bytes` looks into Rust's memory, which may move while a session is made.
  const InferenceSession = {
    create: async (bytes, options) => {
      const copy = typeof bytes === "string" ? bytes : bytes.slice();
      newestSession = await ort.InferenceSession.create(copy, { ...options, executionProviders });
      return newestSession;
    },
  };
  // A copy, because a module's namespace is frozen and ort-web's loader marks the object.
  globalThis.ort = { ...ort, InferenceSession };
  try {
    await InferenceSession.create(IDENTITY_MODEL, {});
  } catch (error) {
    console.error(error);
    const reason = await blame(`ort/${binaryName}`);
    // The binary is there and is WebAssembly: then it is the graphics device that would not start.
    const isDevice = isWebGpu && reason.Damaged && !/CompileError|LinkError|WebAssembly/.test(String(error));
    throw new Refusal(isDevice ? "NoWebGpu" : reason);
  }
  return ort.env.wasm.numThreads;
}

/** ort-web's loader adds a script to a page. The script is already here, so only its `load` event is due. */
function lendPageToLoader() {
  globalThis.window = globalThis;
  globalThis.document = {
    createElement: () => {
      const element = new EventTarget();
      element.setAttribute = () => {};
      return element;
    },
    head: { appendChild: (element) => queueMicrotask(() => element.dispatchEvent(new Event("load"))) },
  };
}

async function importProgram() {
  try {
    return await import(`./glassrec.js?build=${build}`);
  } catch {
    throw new Refusal(await blame("glassrec.js"));
  }
}

async function compileProgram() {
  const path = "glassrec_bg.wasm";
  const response = await fetch(new URL(`${path}?build=${build}`, import.meta.url)).catch(() => null);
  if (!response?.ok) throw new Refusal({ Unreachable: { path } });
  try {
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch {
    throw new Refusal({ Damaged: { path } });
  }
}

// A rejected promise does not reach `worker.onerror`; an uncaught exception does.
addEventListener("unhandledrejection", (event) => {
  setTimeout(() => {
    throw event.reason;
  });
});

try {
  if (!hasSimd()) throw new Refusal("NoSimd");
  const device = isWebGpu ? await watchGraphicsDevice() : { lost: new Promise(() => {}) };
  lendPageToLoader();
  const [nThreads, script, program] = await Promise.all([startRuntime(), importProgram(), compileProgram()]);
  globalThis.glassrecBoot = {
    nThreads,
    isWebGpu,
    deviceLost: device.lost,
    runtimeFolder,
    scriptName,
    newestSession: () => newestSession,
    // A model of a hundred megabytes stays out of the program's memory; as in src/engine/runtime.rs, int8 weights become floats once.
    roomFor: (nBytes) => new Uint8Array(nBytes),
    createSession: (onnx) => ort.InferenceSession.create(onnx, { executionProviders, extra: { session: { disable_quant_qdq: "1" } } }),
  };
  globalThis.GlassrecRun = Run;
  await script.default({ module_or_path: program });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  postMessage({ Refused: error.reason });
  close();
}
