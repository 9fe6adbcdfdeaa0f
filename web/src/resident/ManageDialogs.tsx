import { useEffect, useState } from 'preact/hooks';
import type { Remote } from '../kit/api/remote.ts';
import { Button, Dialog } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatMoment } from '../kit/dates.ts';
import { Notice } from '../kit/Notice.tsx';
import type { Clock } from '../kit/ports/clock.ts';
import { RemoteView } from '../kit/Remote.tsx';
import { kitWords } from '../kit/words.ts';
import { remoteOf } from './remote-of.ts';
import type { HomeLink, KnownPhone } from './wallet/home-link.ts';
import type { Phone } from './wallet/wallet.ts';
import { residentWords } from './words.ts';

/** Stops this phone: says what it means first, then erases. */
export function StopDialog(props: {
  readonly onErase: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const say = useSay();
  const erase = async () => {
    await props.onErase();
    props.onClose();
  };
  return (
    <Dialog title={say(residentWords.stopThis)} onClose={props.onClose}>
      <p>{say(residentWords.stopBody)}</p>
      <div class="row even">
        <Button onPress={props.onClose}>{say(kitWords.cancel)}</Button>
        <Button tone="danger" onPress={() => void erase()}>
          {say(residentWords.stopNow)}
        </Button>
      </div>
    </Dialog>
  );
}

/** Lists the resident's other phones and reports one of them lost. */
export function ReportDialog(props: {
  readonly phone: Phone;
  readonly home: HomeLink;
  readonly clock: Clock;
  readonly onClose: () => void;
}) {
  const say = useSay();
  const { phone, home, clock } = props;
  const [phones, setPhones] = useState<Remote<readonly KnownPhone[]>>({ kind: 'loading' });
  const load = async () => setPhones(remoteOf(await home.phonesOf(phone.persona), clock));
  useEffect(() => void load(), []);
  const report = async (phoneId: string) => {
    const reply = await home.reportLost(phone.persona, phoneId);
    if (reply.ok) await load();
    else setPhones(remoteOf<never>(reply, clock));
  };
  /** What can still be reported comes first. */
  const others = (list: readonly KnownPhone[]) =>
    list
      .filter((each) => each.phoneId !== phone.phoneId)
      .sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null));
  return (
    <Dialog title={say(residentWords.reportOther)} onClose={props.onClose}>
      <p>{say(residentWords.reportBody)}</p>
      <RemoteView
        remote={phones}
        onRetry={() => void load()}
        isEmpty={(list) => others(list).length === 0}
        empty={<Notice kind="plain">{say(residentWords.reportNone)}</Notice>}
      >
        {(list) => <PhoneList phones={others(list)} onReport={(id) => void report(id)} />}
      </RemoteView>
      <Button onPress={props.onClose}>{say(kitWords.close)}</Button>
    </Dialog>
  );
}

function PhoneList(props: {
  readonly phones: readonly KnownPhone[];
  readonly onReport: (phoneId: string) => void;
}) {
  const say = useSay();
  const language = useLanguage();
  return (
    <ul class="phones">
      {props.phones.map((each) => (
        <li key={each.phoneId} class="row">
          <span>
            {say(residentWords.boundOn, { when: formatMoment(language, each.boundAt) })}{' '}
            <span class="code small">{each.phoneId.slice(0, 6)}</span>
          </span>
          {each.revokedAt === null ? (
            <Button tone="danger" onPress={() => props.onReport(each.phoneId)}>
              {say(residentWords.reportThis)}
            </Button>
          ) : (
            <strong>{say(residentWords.reported)}</strong>
          )}
        </li>
      ))}
    </ul>
  );
}
