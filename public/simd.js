// Whether this browser runs WebAssembly SIMD, without which it cannot even read the program.

// One function that uses v128 instructions; engines without SIMD call it invalid.
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

export const hasSimd = () => WebAssembly.validate(SIMD_PROBE);
