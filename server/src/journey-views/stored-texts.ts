import {
  journeyLineShape,
  objectionShape,
  parseCanonicalJson,
  readShape,
  repairShape,
  type JourneyLine,
  type Objection,
  type Repair,
  type Shape,
} from '@tongyu/protocol';

const MAX_LENGTH = 20_000;

/** The texts that the tables of journeys keep; each was of good form when it came in. */
export function lineOf(text: string): JourneyLine {
  return read(journeyLineShape, text);
}

export function repairOf(text: string): Repair {
  return read(repairShape, text);
}

export function objectionOf(text: string): Objection {
  return read(objectionShape, text);
}

function read<T>(shape: Shape<T>, text: string): T {
  const value = parseCanonicalJson(text, MAX_LENGTH);
  const result = value === undefined ? undefined : readShape(shape, value);
  if (result?.ok !== true) throw new Error('a stored text of a journey is damaged');
  return result.value;
}
