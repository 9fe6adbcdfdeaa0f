// The rows of one page, best first, without putting all that were found in order.

/**
 * `keys` in ascending order from place `from` up to `to`. Changes `keys`. All keys are different,
 * so the order is the same every time.
 */
export function sortedStretch(keys: Float64Array, from: number, to: number): Float64Array {
  const end = Math.min(to, keys.length);
  if (from >= end) return new Float64Array(0);
  let low = 0;
  let high = keys.length;
  // Halves that hold none of the page stay unsorted. Should the pivots be bad, all is sorted.
  for (let round = 0; round < 40 && high - low > 64; round++) {
    const middle = parted(keys, low, high);
    if (middle <= from && middle > low) low = middle;
    else if (middle >= end && middle < high) high = middle;
    else break;
  }
  keys.subarray(low, high).sort();
  return keys.slice(from, end);
}

/** Puts the lower ones of a stretch before the higher ones; answers where these begin. */
function parted(keys: Float64Array, low: number, high: number): number {
  const pivot = medianOfThree(keys[low] ?? 0, keys[(low + high) >>> 1] ?? 0, keys[high - 1] ?? 0);
  let i = low;
  let j = high - 1;
  for (;;) {
    while ((keys[i] ?? 0) < pivot) i++;
    while ((keys[j] ?? 0) > pivot) j--;
    if (i >= j) return i;
    const swapped = keys[i] ?? 0;
    keys[i++] = keys[j] ?? 0;
    keys[j--] = swapped;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
