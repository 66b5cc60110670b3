/** The 32-bit numbers that an engine sent as bytes. */
export const floats = (bytes) => [...new Float32Array(Uint8Array.from(Object.values(bytes)).buffer)];
