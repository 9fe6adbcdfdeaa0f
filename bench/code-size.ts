import { encodeQR } from 'qr';
import type { Row } from './report.ts';
import { sampleCodes } from './sample-codes.ts';
import { sdJwtPeer } from './sd-jwt.ts';

const GROUP = 'Size of what is shown (QR level M)';

export async function benchCodeSize(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const suite of [1, 2, 3] as const) {
    const codes = await sampleCodes(suite, 1);
    const text = codes.fresh[0] ?? '';
    const name = `code, suite ${String(suite)}`;
    rows.push({ group: GROUP, name, value: text.length, unit: 'chars', goal: 300 });
    const value = qrVersion(text, 'alphanumeric');
    rows.push({ group: GROUP, name, value, unit: 'QR version', goal: 10 });
  }
  const peer = await sdJwtPeer();
  const name = 'SD-JWT VC + key binding';
  rows.push({ group: GROUP, name, value: peer.presentation.length, unit: 'chars' });
  rows.push({
    group: GROUP,
    name,
    value: qrVersion(peer.presentation, 'byte'),
    unit: 'QR version',
  });
  return rows;
}

/** A QR of version v has 17 + 4v modules a side; the library adds its border of 1 here. */
function qrVersion(text: string, encoding: 'alphanumeric' | 'byte'): number {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', encoding, border: 1 });
  return (modules.length - 2 - 17) / 4;
}
