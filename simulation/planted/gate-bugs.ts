import { canonicalJson, documentText, tagKey, type TrustOffer } from '@tongyu/protocol';
import { CityAway } from '../../server/src/terminal/ports.ts';
import type { TerminalStore } from '../../server/src/terminal/terminal-store.ts';
import type { Plant, PlantedTerminalStore } from './plant.ts';

/** Bugs of gates. */
export const GATE_BUGS: readonly Plant[] = [
  {
    name: 'a gate keeps its used marks in memory only',
    terminalStore: (inner) => {
      const used = new Map<string, number>();
      return changed(inner, () => used.clear(), {
        commitTap: (commit) => {
          const { mark } = commit;
          if (mark !== undefined) used.set(tagKey(mark.issuer, mark.tag), mark.time);
          inner.commitTap({ ...commit, mark: undefined });
        },
        lastUsedTime: (issuer, tag) => used.get(tagKey(issuer, tag)),
      });
    },
  },
  {
    name: 'a gate saves what it is offered before it checks it',
    cityLink: (link, store) => ({
      ...link,
      sync: async (have, cursor) => {
        const offer = await link.sync(have, cursor);
        store.saveKept(unchecked(offer));
        return offer;
      },
    }),
  },
  {
    name: 'a gate does not save the highest time that was signed',
    terminalStore: (inner) =>
      changed(inner, nothing, {
        saveKept: (changes) => {
          const rest = new Map(changes);
          rest.delete('highestSignedTime');
          inner.saveKept(rest);
        },
      }),
  },
  {
    name: 'a gate does not count its accepts on aged trust',
    terminalStore: (inner) => changed(inner, nothing, { warnedAccepts: () => 0 }),
  },
  {
    name: 'a gate drops its taps when the city does not answer',
    cityLink: (link) => ({
      ...link,
      uploadTaps: async (batch, cursor) => {
        try {
          return await link.uploadTaps(batch, cursor);
        } catch (error) {
          if (!(error instanceof CityAway)) throw error;
          const results = batch.map((text) => ({
            number: numberOf(text),
            outcome: 'accepted' as const,
            refusal: null,
          }));
          return { results, used: [], usedCursor: '', serverTime: 0 };
        }
      },
    }),
  },
  {
    name: 'a gate shows its verdict before the tap is on the disk',
    terminalStore: (inner) => {
      let late: (() => void) | undefined;
      const write = (): void => {
        late?.();
        late = undefined;
      };
      let number = inner.lastNumber();
      return changed(inner, () => (late = undefined), {
        lastNumber: () => number,
        commitTap: (commit) => {
          write();
          number = commit.number;
          late = () => {
            inner.commitTap(commit);
          };
        },
        pending: (limit) => {
          write();
          return inner.pending(limit);
        },
      });
    },
  },
  { name: 'every signature is good', verify: () => true },
];

function changed(
  inner: TerminalStore,
  onCrash: () => void,
  change: Partial<TerminalStore>,
): PlantedTerminalStore {
  return { store: { ...inner, ...change }, onCrash };
}

function unchecked({ bundle, lists, times }: TrustOffer): Map<string, string> {
  const kept = new Map(lists.map(({ party, bytes }) => [`list.${party}`, bytes]));
  if (bundle !== null) kept.set('bundle', documentText(bundle));
  if (times.length > 0) kept.set('times', canonicalJson(times));
  return kept;
}

function numberOf(text: string): number {
  return (JSON.parse(text) as { readonly signed: { readonly number: number } }).signed.number;
}

function nothing(): void {
  // everything is on the disk
}
