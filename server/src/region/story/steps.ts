import { museumPass, offlinePass } from './steps/it-works.ts';
import {
  clockFast,
  neighbourUnaffected,
  observerRefused,
  revoked,
  screenshot,
  secondGate,
  stale,
  tampered,
} from './steps/it-refuses.ts';
import { gateKill9, hubDown, keyRollover } from './steps/it-survives.ts';
import { ceilingReached } from './steps/ceiling-reached.ts';
import { exitRepaired } from './steps/exit-repaired.ts';
import { linesAgree } from './steps/lines-agree.ts';
import { memberPrice, ruleSuspended, seniorFare, sightConcession } from './steps/same-city.ts';
import { editionHeldBack, editionPublished } from './steps/list-editions.ts';
import { entryRestored, entrySuspended } from './steps/list-suspensions.ts';
import { accession, withdrawal } from './steps/who-decides.ts';
import { forgedSection } from './steps/forged-section.ts';
import type { Step } from './types.ts';

/** The whole story in its order. */
export const STEPS: readonly Step[] = [
  offlinePass,
  museumPass,
  screenshot,
  secondGate,
  stale,
  clockFast,
  revoked,
  neighbourUnaffected,
  tampered,
  observerRefused,
  accession,
  withdrawal,
  editionHeldBack,
  editionPublished,
  entrySuspended,
  entryRestored,
  seniorFare,
  sightConcession,
  memberPrice,
  ruleSuspended,
  ceilingReached,
  exitRepaired,
  linesAgree,
  hubDown,
  keyRollover,
  forgedSection,
  gateKill9,
];
