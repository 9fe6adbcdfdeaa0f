import type { PartyId } from '@tongyu/protocol';
import type { Clock } from '../../kit/ports/clock.ts';
import type { JourneyLink } from '../wallet/journey-link.ts';
import { ClassChoice, type ClassDesk } from './ClassChoice.tsx';
import { SeenList } from './SeenList.tsx';

/** What the code page tells this part. */
export type ToldProps = {
  readonly home: PartyId;
  readonly isElder: boolean;
  readonly link: JourneyLink;
  readonly clock: Clock;
  readonly desk: ClassDesk;
};

/** 我的信息: what the code says of its holder, and who has seen that. */
export function ToldView(props: ToldProps) {
  return (
    <>
      <ClassChoice {...props} />
      <SeenList {...props} />
    </>
  );
}
