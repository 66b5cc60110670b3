// Starts the engine worker: ONNX Runtime first, then the site's program, which in a worker is the engine.
//
// Every failure is told to the page as a `Refused` message (see src/engine/protocol.rs);
// a worker that falls silent would leave the page waiting. The page fetches and compiles both programs,
// so that an engine that is restarted begins with what is here.

import { tellWhatWasAsked } from "./asked.js";
import { fenceWorkers } from "./fence.js";
import { hasSimd } from "./simd.js";

globalThis.glassrecBegan = true;

/** What src/profile.rs keeps is kept under the folder of the site. */
globalThis.glassrecFolder = new URL(".", import.meta.url).pathname;

/** What the policy refused in this worker, for whoever looks into it. Nothing, if all is well. */
globalThis.glassrecRefused = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  globalThis.glassrecRefused.push(`${violatedDirective} ${blockedURI}`);
});

tellWhatWasAsked(globalThis.glassrecFolder, () => ({ isEngine: true, refused: globalThis.glassrecRefused }));

fenceWorkers(); // the threads of the runtime are workers themselves

const query = new URL(import.meta.url).searchParams;
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
// The runtime changes more seldom than the site: it has a build of its own, which tools/finish_build.mjs names.
const runtimeFile = (name) => new URL(`./ort/${name}?build=${RUNTIME_BUILD}`, import.meta.url).href;
const glueName = binaryName.replace(/wasm$/, "mjs");

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

/** Says whether a file is missing or arrives but cannot be used. */
async function blame(path) {
  const response = await fetch(new URL(path, import.meta.url), { method: "HEAD" }).catch(() => null);
  const isHtml = response?.headers.get("content-type")?.startsWith("text/html") ?? false;
  return response?.ok && !isHtml ? { Damaged: { path } } : { Unreachable: { path } };
}

/** A compiled program, by way of the page: see src/engine/supply.rs. */
function programOfPage(path) {
  return new Promise((resolve, reject) => {
    const hear = ({ data: { File } }) => {
      if (File?.path !== path) return;
      removeEventListener("message", hear);
      if (File.file) resolve(File.file);
      else reject(new Refusal(File.error));
    };
    addEventListener("message", hear);
    postMessage({ Want: { path, n_bytes: 0, is_fresh: false } });
  });
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

async function importRuntime() {
  try {
    return await import(runtimeFile(scriptName));
  } catch {
    throw new Refusal(await blame(`ort/${scriptName}`));
  }
}

async function startRuntime() {
  let module;
  [ort, module] = await Promise.all([importRuntime(), programOfPage(`ort/${binaryName}?build=${RUNTIME_BUILD}`)]);
  // ONNX Runtime takes bytes, not a compiled program: no bytes stand for the one that is here.
  ort.env.wasm.wasmBinary = new ArrayBuffer(0);
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (source, imports) => {
    if (source.byteLength !== 0) return instantiate(source, imports);
    WebAssembly.instantiate = instantiate;
    return { module, instance: await instantiate(module, imports) };
  };
  ort.env.wasm.wasmPaths = { mjs: runtimeFile(glueName), wasm: runtimeFile(binaryName) };
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
    // Its second script is fetched by itself, and that says nothing of why it would not come.
    if (!(await import(runtimeFile(glueName)).catch(() => null))) throw new Refusal(await blame(`ort/${glueName}`));
    // The binary is there and is WebAssembly: on WebGPU it is the graphics device that would not start.
    throw new Refusal(isWebGpu ? "NoWebGpu" : { Damaged: { path: `ort/${binaryName}` } });
  }
  return ort.env.wasm.numThreads;
}

async function importProgram() {
  try {
    return await import(new URL(`glassrec.js?build=${build}`, import.meta.url).href);
  } catch {
    throw new Refusal(await blame("glassrec.js"));
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
  const [nThreads, script, program] = await Promise.all([
    startRuntime(),
    importProgram(),
    programOfPage(`glassrec_bg.wasm?build=${build}`),
  ]);
  globalThis.glassrecBoot = {
    nThreads,
    isWebGpu,
    deviceLost: device.lost,
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
