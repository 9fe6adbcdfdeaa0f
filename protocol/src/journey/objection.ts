import { object, oneOf, text, type Shape } from '../encoding/shape.ts';
import { tapIdShape, type TapId } from '../tap/tap.ts';
import { timeShape } from '../trust/signed-document.ts';
import { journeyKeyShape, type JourneyKey } from './line.ts';

/** A rider says that a line is wrong (JRN-6): one of a few reasons, no text and no name. */
export type Objection = {
  /** Made by the home city: `4301-o-…`. */
  readonly id: string;
  readonly journey: TapId;
  readonly key: JourneyKey;
  readonly reason: ObjectionReason;
  readonly at: number;
};

export const OBJECTION_REASONS = [
  'not-my-journey',
  'wrong-price',
  'wrong-concession',
  'wrong-stop',
  'charged-twice',
  'other',
] as const;
export type ObjectionReason = (typeof OBJECTION_REASONS)[number];

/** The host's office decides; `upheld` waives the fare, and the operator bears it. */
export type ObjectionAnswer = {
  readonly id: string;
  readonly decision: 'upheld' | 'rejected';
  readonly at: number;
};

export const objectionIdShape = text(60, /^[1-9][0-9]{3}-o-[A-Za-z0-9_-]{1,50}$/);

export const objectionShape: Shape<Objection> = object({
  id: objectionIdShape,
  journey: tapIdShape,
  key: journeyKeyShape,
  reason: oneOf(...OBJECTION_REASONS),
  at: timeShape,
});

export const objectionAnswerShape: Shape<ObjectionAnswer> = object({
  id: objectionIdShape,
  decision: oneOf('upheld', 'rejected'),
  at: timeShape,
});
