import { useEffect, useState } from 'preact/hooks';
import { lineText, toHex, utf8, type JourneyLine } from '@tongyu/protocol';
import { useLanguage, useSay } from '../kit/context.tsx';
import { Mark } from '../kit/Notice.tsx';
import { sha256 } from '../kit/ports/crypto.ts';
import { fenText } from '../kit/service-text.ts';
import { Table } from '../kit/Table.tsx';
import type { BothSides as Sides, Cities } from './stage.ts';
import { tryWords } from './words.ts';

/** The host's line and the home city's own, side by side: the same bytes or not. */
export function BothSides(props: { readonly sides: Sides; readonly cities: Cities }) {
  const say = useSay();
  const { sides, cities } = props;
  const hostText = sides.host?.text;
  const homeText =
    sides.home === undefined || sides.home.line === null ? undefined : lineText(sides.home.line);
  const rows: readonly Row[] = [
    { name: 'line', host: useHash(hostText), home: useHash(homeText) },
    {
      name: 'fullFare',
      host: useFen(hostText, 'fullFen'),
      home: useFen(homeText, 'fullFen'),
    },
    { name: 'riderPays', host: useFen(hostText, 'riderFen'), home: useFen(homeText, 'riderFen') },
  ];
  const standing = standingOf(sides, hostText, homeText);
  return (
    <section class="try-sides stack" data-sides={standing}>
      <h2>{say(tryWords.sides)}</h2>
      <p role="status">
        <Mark kind={markKinds[standing]}>{say(tryWords[standing], cities)}</Mark>
      </p>
      <Table
        caption={say(tryWords.sidesCaption)}
        rows={rows}
        keyOf={(row) => row.name}
        columns={[
          { label: say(tryWords.what), show: (row) => say(tryWords[row.name]) },
          { label: say(tryWords.hostSide, cities), show: (row) => row.host },
          { label: say(tryWords.homeSide, cities), show: (row) => row.home },
        ]}
      />
      <p class="small muted">{say(tryWords.sidesHow)}</p>
    </section>
  );
}

type Row = {
  readonly name: 'line' | 'fullFare' | 'riderPays';
  readonly host: string;
  readonly home: string;
};

const markKinds = { waiting: 'none', same: 'good', differs: 'danger', late: 'caution' } as const;

function standingOf(
  { host, isOver }: Sides,
  hostText: string | undefined,
  homeText: string | undefined,
): keyof typeof markKinds {
  const isAnswered = host !== undefined && host.state !== 'claimed';
  if (!isAnswered || homeText === undefined) return isOver ? 'late' : 'waiting';
  return host.state === 'accepted' && hostText === homeText ? 'same' : 'differs';
}

function useFen(text: string | undefined, member: 'fullFen' | 'riderFen'): string {
  const language = useLanguage();
  if (text === undefined) return '…';
  return fenText(language, (JSON.parse(text) as JourneyLine)[member]);
}

/** The first digits of the hash over the bytes that the cities compare. */
function useHash(text: string | undefined): string {
  const [hash, setHash] = useState({ text: '', digits: '…' });
  useEffect(() => {
    if (text === undefined) return;
    void sha256(utf8(text)).then((found) => {
      setHash({ text, digits: toHex(found).slice(0, 16) });
    });
  }, [text]);
  return hash.text === text ? hash.digits : '…';
}
