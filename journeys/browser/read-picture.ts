// Reads QR codes out of screenshots, as a phone's camera app would.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const wasmFile = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
let prepared = false;

/** @param png the bytes of a PNG file */
export async function readQr(png: Uint8Array): Promise<string | undefined> {
  if (!prepared) {
    const wasm = readFileSync(wasmFile);
    const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
    prepareZXingModule({ overrides: { wasmBinary } });
    prepared = true;
  }
  const [found] = await readBarcodes(png, { formats: ['QRCode'], maxNumberOfSymbols: 1 });
  return found?.text;
}
