// Reads canonical JSON byte by byte (TRUST-1.2), and knows where it stands when a byte is wrong.
import { demand } from './signed-documents.mjs';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const deepest = 16; // documents have 12 at most, and a download puts two around them

/**
 * The value of the bytes. A failure carries `path`, the names and positions of what was being read,
 * and `at`, the byte where it could not go on.
 */
export function readCanonical(data) {
  const path = [];
  let at = 0;
  const must = (holds) => {
    if (!holds) throw Object.assign(new Error('MALFORMED'), { refusal: 'MALFORMED', path, at });
  };
  const take = (text) => {
    must(data.toString('latin1', at, at + text.length) === text);
    at += text.length;
  };
  const isNext = (mark) => data[at] === mark.charCodeAt(0);

  function readText() {
    let end = at + 1;
    while (end < data.length && data[end] !== 0x22) end += data[end] === 0x5c ? 2 : 1;
    must(isNext('"') && end < data.length);
    let value;
    try {
      const spelled = strict.decode(data.subarray(at, end + 1));
      value = JSON.parse(spelled);
      must(value.isWellFormed() && JSON.stringify(value) === spelled);
    } catch {
      must(false);
    }
    at = end + 1;
    return value;
  }

  function readNumber() {
    const [digits = ''] = /^-?\d{0,17}/.exec(data.toString('latin1', at, at + 18));
    must(Number.isSafeInteger(Number(digits)) && String(Number(digits)) === digits);
    at += digits.length;
    return Number(digits);
  }

  function readList() {
    const values = [];
    take('[');
    while (!isNext(']')) {
      if (values.length > 0) take(',');
      must(!isNext(']') && !isNext('}')); // a comma after the last one
      path.push(values.length);
      values.push(readValue());
      path.pop();
    }
    take(']');
    return values;
  }

  function readObject() {
    const value = Object.create(null);
    let before;
    take('{');
    while (!isNext('}')) {
      if (before !== undefined) take(',');
      const name = readText();
      must(before === undefined || before < name);
      before = name;
      take(':');
      path.push(name);
      value[name] = readValue();
      path.pop();
    }
    take('}');
    return value;
  }

  function readWord() {
    const words = { t: ['true', true], f: ['false', false], n: ['null', null] };
    const [word, value] = words[String.fromCharCode(data[at] ?? 0)] ?? [];
    must(word);
    take(word);
    return value;
  }

  function readValue() {
    must(path.length <= deepest);
    if (isNext('{')) return readObject();
    if (isNext('[')) return readList();
    if (isNext('"')) return readText();
    return isNext('-') || (data[at] >= 0x30 && data[at] <= 0x39) ? readNumber() : readWord();
  }

  const value = readValue();
  must(at === data.length);
  demand(value !== null && typeof value === 'object', 'MALFORMED', 'no document');
  return value;
}
