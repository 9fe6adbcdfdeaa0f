import { FRESH_SECONDS } from '@tongyu/domain';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { formatMoment } from '../../kit/dates.ts';
import { Mark } from '../../kit/Notice.tsx';
import type { ReadyView } from '../controller.ts';
import { gateWords } from '../words.ts';

/** A clock further off than this makes good codes look stale or early. */
const tolerableSeconds = 20;

/** One line on the link, then one for each thing that an attendant must know. */
export function LinkBanner(props: { readonly view: ReadyView; readonly now: number }) {
  const say = useSay();
  const { view, now } = props;
  const { trust, facts } = view.gate.state;
  const off = Math.abs(facts.clockOffsetSeconds);
  const isAged = trust.trustTime !== undefined && now - trust.trustTime > FRESH_SECONDS;
  return (
    <div class="link-banner" role="status" data-link={view.link ?? 'unknown'}>
      <LinkLine view={view} now={now} />
      {view.pending === 0 ? null : (
        <span class="figures" data-pending={view.pending}>
          {say(gateWords.waiting, { count: view.pending })}
        </span>
      )}
      {trust.trustTime === undefined ? <Mark kind="caution">{say(gateWords.noTrust)}</Mark> : null}
      {isAged ? <Mark kind="caution">{say(gateWords.aged)}</Mark> : null}
      {off > tolerableSeconds ? (
        <Mark kind="caution">{say(gateWords.clockOff, { seconds: off })}</Mark>
      ) : null}
      {view.objection === undefined ? null : (
        <Mark kind="danger">{say(gateWords.objection, { code: view.objection })}</Mark>
      )}
    </div>
  );
}

function LinkLine(props: { readonly view: ReadyView; readonly now: number }) {
  const say = useSay();
  const language = useLanguage();
  const { link, usableUntil } = props.view;
  if (link === undefined) return <Mark kind="none">{say(gateWords.connecting)}</Mark>;
  if (link === 'online') return <Mark kind="good">{say(gateWords.online)}</Mark>;
  if (usableUntil === undefined || usableUntil < props.now) {
    return <Mark kind="danger">{say(gateWords.offlineNever)}</Mark>;
  }
  const when = formatMoment(language, usableUntil);
  return <Mark kind="caution">{say(gateWords.offlineUntil, { when })}</Mark>;
}
