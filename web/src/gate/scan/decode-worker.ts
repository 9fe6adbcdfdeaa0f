/// <reference lib="webworker" />
import decodeQR from 'qr/decode.js';

/** The decoder for browsers that allow no WebAssembly; in a worker, as it may take long. */
declare const self: DedicatedWorkerGlobalScope;

self.onmessage = (event: MessageEvent<ImageData>) => {
  self.postMessage(read(event.data));
};

function read(image: ImageData): string | undefined {
  try {
    return decodeQR(image);
  } catch {
    return undefined; // no code in this frame
  }
}
