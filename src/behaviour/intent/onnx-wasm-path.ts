import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

/** The WebAssembly of onnxruntime as a file of our own origin. Only Vite understands this import. */
export const onnxWasmPath: string = wasmUrl;
