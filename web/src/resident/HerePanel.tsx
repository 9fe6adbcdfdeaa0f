import { useEffect, useState } from 'preact/hooks';
import type { PartyId, ServiceEntry, ServiceFile, SignedDocument } from '@tongyu/protocol';
import { readReply, type Remote } from '../kit/api/remote.ts';
import { Select } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatFen } from '../kit/dates.ts';
import type { Language } from '../kit/language.ts';
import type { Say } from '../kit/messages.ts';
import { Notice } from '../kit/Notice.tsx';
import { memberCodes, partyNames } from '../kit/parties.ts';
import type { Clock } from '../kit/ports/clock.ts';
import type { Net } from '../kit/ports/fetch.ts';
import { RemoteView } from '../kit/Remote.tsx';
import { ServiceName, serviceNameIn } from '../kit/ServiceName.tsx';
import type { Wallet } from './wallet/wallet.ts';
import { residentWords } from './words.ts';

type City = (typeof memberCodes)[number];

type HereProps = {
  readonly home: PartyId;
  readonly here: PartyId;
  readonly onHere: (city: City) => void;
  readonly net: Net;
  readonly clock: Clock;
  readonly wallet: Wallet;
};

/**
 * Where the code works and at what price. The city is chosen here and changes this list alone; the
 * home city passes the other cities' signed files on, so no other city learns who is asking.
 */
export function HerePanel(props: HereProps) {
  const say = useSay();
  const { home, clock } = props;
  const here = memberCodes.find((code) => code === props.here) ?? '4201';
  const [remote, setRemote] = useState<Remote<ServiceFile>>({ kind: 'loading' });
  const load = async () => {
    setRemote({ kind: 'loading' });
    setRemote(await loadServices(props, here));
  };
  useEffect(() => {
    // After the code has been drawn: the list must not delay it.
    const cancel = clock.after(300, () => void load());
    return cancel;
  }, [here]);
  return (
    <section class="section stack">
      <h2>{say(residentWords.hereTitle)}</h2>
      <Select
        label={say(residentWords.hereCity)}
        value={here}
        options={memberCodes.map((code) => [code, say(partyNames[code])] as const)}
        onSelect={props.onHere}
      />
      <p class="small muted">{say(residentWords.hereSame)}</p>
      <RemoteView
        remote={remote}
        onRetry={() => void load()}
        isEmpty={(file) => file.services.length === 0}
        empty={<Notice kind="plain">{say(residentWords.hereEmpty)}</Notice>}
      >
        {(file) => <ServiceList services={file.services} residence={home} />}
      </RemoteView>
    </section>
  );
}

/** From the network, else the copy that this phone kept. */
async function loadServices(
  { net, clock, wallet, home }: Pick<HereProps, 'net' | 'clock' | 'wallet' | 'home'>,
  here: City,
): Promise<Remote<ServiceFile>> {
  const path = here === home ? '/trust/services' : `/resident/services/${here}`;
  const reply = readReply<SignedDocument<ServiceFile>>(await net(path));
  if (reply.ok) {
    const seconds = Math.floor(clock.now() / 1000);
    const kept = { value: reply.value.signed, seconds };
    await wallet.keepServices(here, kept).catch(() => undefined); // shown all the same
    return { kind: 'ready', ...kept };
  }
  const { refusal } = reply;
  const isAway = refusal.kind === 'unreachable' || refusal.problem.code === 'CITY_AWAY';
  if (!isAway) return { kind: 'failed', reference: refusal.problem.code };
  const last = await wallet.keptServices(here).catch(() => undefined);
  return { kind: 'unreachable', ...(last === undefined ? {} : { last }) };
}

function ServiceList(props: {
  readonly services: readonly ServiceEntry[];
  readonly residence: PartyId;
}) {
  const say = useSay();
  const language = useLanguage();
  const labels = props.services.map(({ name }) => serviceNameIn(name, language).label);
  const isAllDemo = labels.every((label) => label !== undefined);
  return (
    <>
      {isAllDemo ? <p class="small">{say(residentWords.demoPrices)}</p> : null}
      <dl class="facts" data-services>
        {props.services.map((service) => (
          <div key={service.id}>
            <dt>
              <ServiceName name={service.name} withoutLabel={isAllDemo} />
            </dt>
            <dd class="figures">{priceLine(say, language, service, props.residence)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function priceLine(say: Say, language: Language, service: ServiceEntry, residence: PartyId) {
  if (!service.open) return say(residentWords.closed);
  const price = service.prices.find((each) => each.residence === residence);
  if (price === undefined) return say(residentWords.noPrice);
  return price.priceFen === 0 ? say(residentWords.free) : formatFen(language, price.priceFen);
}
