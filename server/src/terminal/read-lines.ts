/** Longer than any code; what is beyond is dropped, and the rest is refused as no code. */
const MAX_LINE_LENGTH = 8_192;

/** Lines of a text stream, without their ends; memory stays bounded whatever a scanner sends. */
export async function* readLines(input: AsyncIterable<string>): AsyncGenerator<string> {
  let line = '';
  for await (const part of input) {
    const pieces = part.split('\n');
    for (const [i, piece] of pieces.entries()) {
      if (line.length < MAX_LINE_LENGTH) line += piece.slice(0, MAX_LINE_LENGTH - line.length);
      if (i === pieces.length - 1) break; // not ended yet
      yield withoutReturn(line);
      line = '';
    }
  }
  if (line !== '') yield withoutReturn(line);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
