// A film for Chromium's fake camera: one QR code held still, in the raw YUV4MPEG2 format.
import { writeFileSync } from 'node:fs';
import encodeQR from 'qr';

const width = 640;
const height = 480;
const frames = 10;

/**
 * Writes a film of the code, slightly off the middle and grey on grey, as cameras see it.
 *
 * @param emptyFrames before the code is held in, at ten a second
 */
export function writeCameraFile(file: string, text: string, emptyFrames = 0): void {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', encoding: 'alphanumeric', border: 4 });
  const scale = Math.floor((height - 40) / rows.length);
  const luma = Buffer.alloc(width * height, 90);
  const [left, top] = [150, 25];
  rows.forEach((row, y) => {
    row.forEach((isDark, x) => {
      for (let line = 0; line < scale; line++) {
        const at = (top + y * scale + line) * width + left + x * scale;
        luma.fill(isDark ? 40 : 210, at, at + scale);
      }
    });
  });
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const head = Buffer.from(
    `YUV4MPEG2 W${String(width)} H${String(height)} F10:1 Ip A1:1 C420jpeg\n`,
  );
  const frameOf = (picture: Buffer) => Buffer.concat([Buffer.from('FRAME\n'), picture, chroma]);
  const empty = Array.from({ length: emptyFrames }, () => frameOf(Buffer.alloc(luma.length, 90)));
  const held = Array.from({ length: frames + emptyFrames }, () => frameOf(luma));
  writeFileSync(file, Buffer.concat([head, ...empty, ...held]));
}
