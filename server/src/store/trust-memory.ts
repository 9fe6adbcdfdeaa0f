import type { SignedBundle, SignedRoot, SignedSection, TrustState } from '@tongyu/protocol';
import { createMemoryCell, createMemoryRows, type UndoLog } from './memory-rows.ts';
import type {
  BundleProposal,
  RootProposal,
  SignedRecord,
  TrustNote,
  TrustTables,
} from './trust-tables.ts';

export function memoryTrust(undo: UndoLog): TrustTables {
  const revision = createMemoryCell<string | undefined>(undo, undefined);
  const state = createMemoryCell<TrustState | undefined>(undo, undefined);
  const roots = createMemoryRows<SignedRoot>(undo);
  const bundles = createMemoryRows<SignedBundle>(undo);
  const bundledKeys = createMemoryRows<number>(undo);
  const sections = createMemoryRows<SignedSection>(undo);
  const signed = createMemoryRows<SignedRecord>(undo);
  const proposals = createMemoryRows<RootProposal>(undo);
  const bundle = createMemoryCell<BundleProposal | undefined>(undo, undefined);
  const notes = createMemoryRows<string>(undo);
  const ofKind = (kind: string): SignedRecord[] =>
    signed.values().filter((record) => record.kind === kind);

  return {
    trust: {
      revision: () => Promise.resolve(revision.get()),
      loadState: () => Promise.resolve(state.get()),
      saveState(after, _before, next) {
        state.set(after);
        revision.set(next);
        const { bundle: held } = after;
        if (held !== undefined) bundles.set(String(held.signed.version), held);
        if (after.root !== undefined) roots.set(String(after.root.signed.number), after.root);
        return Promise.resolve();
      },
      newestSections: () => Promise.resolve(sections.values().sort(byParty)),
      saveNewestSection(section, next) {
        sections.set(section.signed.party, section);
        revision.set(next);
        return Promise.resolve();
      },
      rootsAfter(number, limit) {
        const after = roots.values().filter((root) => root.signed.number > number);
        after.sort((a, b) => a.signed.number - b.signed.number);
        return Promise.resolve(after.slice(0, limit));
      },
      bundleOf: (version) => Promise.resolve(bundles.get(String(version))),
      bundledKeys: () =>
        Promise.resolve(new Map(bundledKeys.entries().map(([key, since]) => [Number(key), since]))),
      saveBundledKey(keyId, since) {
        if (bundledKeys.get(String(keyId)) === undefined) bundledKeys.set(String(keyId), since);
        return Promise.resolve();
      },
      signedRecords: (kind, atLeast) =>
        Promise.resolve(ofKind(kind).filter((record) => record.number >= atLeast)),
      highestSigned: (kind) =>
        Promise.resolve(Math.max(0, ...ofKind(kind).map((record) => record.number))),
      recordSigned(record) {
        const key = `${record.kind} ${String(record.number)} ${record.hash}`;
        if (signed.get(key) === undefined) signed.set(key, record);
        return Promise.resolve();
      },
      rootProposals: () => Promise.resolve(proposals.values()),
      saveRootProposal(proposal) {
        proposals.set(proposal.hash, proposal);
        return Promise.resolve();
      },
      bundleProposal: () => Promise.resolve(bundle.get()),
      saveBundleProposal(proposal) {
        bundle.set(proposal);
        return Promise.resolve();
      },
      note: (name: TrustNote) => Promise.resolve(notes.get(name)),
      setNote(name: TrustNote, value) {
        notes.set(name, value);
        return Promise.resolve();
      },
    },
  };
}

function byParty(a: SignedSection, b: SignedSection): number {
  return a.signed.party < b.signed.party ? -1 : 1;
}
