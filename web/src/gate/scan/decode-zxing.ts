import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Compiles the decoder; self-hosted, so that it works offline and asks no third party. */
export async function prepare(): Promise<void> {
  await prepareZXingModule({
    overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? wasmUrl : path) },
    fireImmediately: true,
  });
}

/** The text of the first QR code in the picture. */
export async function decodeFrame(image: ImageData): Promise<string | undefined> {
  const [found] = await readBarcodes(image, {
    formats: ['QRCode'],
    maxNumberOfSymbols: 1,
    tryInvert: false,
  });
  return found?.isValid === true ? found.text : undefined;
}
