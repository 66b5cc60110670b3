// Copies ONNX Runtime's browser files from node_modules to public/ort/, from where the site serves them itself.
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";

const FILES = [
  "ort.wasm.min.mjs", // WebAssembly
  "ort-wasm-simd-threaded.mjs",
  "ort-wasm-simd-threaded.wasm",
  "ort.jspi.min.mjs", // WebGPU where the browser switches stacks (JSPI)
  "ort-wasm-simd-threaded.jspi.mjs",
  "ort-wasm-simd-threaded.jspi.wasm",
  "ort.webgpu.min.mjs", // WebGPU elsewhere
  "ort-wasm-simd-threaded.asyncify.mjs",
  "ort-wasm-simd-threaded.asyncify.wasm",
];

const from = new URL("../node_modules/onnxruntime-web/dist/", import.meta.url);
const to = new URL("../public/ort/", import.meta.url);

await mkdir(to, { recursive: true });
for (const name of await readdir(to)) {
  if (!FILES.includes(name)) await rm(new URL(name, to));
}
await Promise.all(FILES.map((name) => copyFile(new URL(name, from), new URL(name, to))));
