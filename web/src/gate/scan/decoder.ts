/** Reads QR codes from pictures, by the best means that this browser has. */
export type Decoder = {
  readonly name: 'detector' | 'zxing' | 'qr';
  readonly decode: (video: HTMLVideoElement) => Promise<string | undefined>;
  readonly close: () => void;
};

type Detector = {
  readonly detect: (source: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]>;
};
type DetectorClass = {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
};

/** A code fills much of the picture: more than this adds work and no certainty. */
const longestSide = 800;

/** `BarcodeDetector`, else zxing in WebAssembly, else `qr` in a worker. */
export async function openDecoder(): Promise<Decoder> {
  return (await nativeDecoder()) ?? (await zxingDecoder()) ?? workerDecoder();
}

async function nativeDecoder(): Promise<Decoder | undefined> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  if (BarcodeDetector === undefined) return undefined;
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    if (!formats.includes('qr_code')) return undefined;
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    const decode = async (video: HTMLVideoElement) => (await detector.detect(video))[0]?.rawValue;
    return { name: 'detector', decode, close: () => undefined };
  } catch {
    return undefined;
  }
}

async function zxingDecoder(): Promise<Decoder | undefined> {
  try {
    const zxing = await import('./decode-zxing.ts');
    await zxing.prepare();
    const picture = frameTaker();
    const decode = (video: HTMLVideoElement) => zxing.decodeFrame(picture(video));
    return { name: 'zxing', decode, close: () => undefined };
  } catch {
    return undefined; // no WebAssembly here, or the part did not load
  }
}

function workerDecoder(): Decoder {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  const picture = frameTaker();
  const decode = (video: HTMLVideoElement) =>
    new Promise<string | undefined>((resolve) => {
      worker.onmessage = (event: MessageEvent<string | undefined>) => resolve(event.data);
      worker.onerror = () => resolve(undefined);
      worker.postMessage(picture(video));
    });
  return { name: 'qr', decode, close: () => worker.terminate() };
}

function frameTaker(): (video: HTMLVideoElement) => ImageData {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no canvas to read frames with');
  return (video) => {
    const { videoWidth, videoHeight } = video;
    const scale = Math.min(1, longestSide / Math.max(videoWidth, videoHeight));
    canvas.width = Math.max(1, Math.round(videoWidth * scale));
    canvas.height = Math.max(1, Math.round(videoHeight * scale));
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  };
}
