import encodeQR from 'qr';
import { useMemo } from 'preact/hooks';

/** White modules around the code: ISO/IEC 18004 asks for 4, and cheap scanners need them. */
const marginModules = 4;

/**
 * The code as a QR picture: always black on white, whatever the page's colours, with whole modules
 * (level M, alphanumeric; a code of version 1 makes QR version 10).
 */
export function QrImage(props: { readonly text: string; readonly label: string }) {
  const { path, size } = useMemo(() => drawing(props.text), [props.text]);
  return (
    <svg
      class="qr"
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${String(size)}v${String(size)}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}

function drawing(text: string): { readonly path: string; readonly size: number } {
  const rows = encodeQR(text, 'raw', {
    ecc: 'medium',
    encoding: 'alphanumeric',
    border: marginModules,
  });
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const from = x;
      while (row[x + 1] === true) x++;
      path += `M${String(from)} ${String(y)}h${String(x - from + 1)}v1H${String(from)}z`;
    }
  });
  return { path, size: rows.length };
}
