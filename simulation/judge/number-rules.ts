import {
  documentHash,
  parseRevocationList,
  SIGNATURE_BYTES,
  type Bundle,
  type NodeId,
  type Root,
  type SignedSection,
  type TrustState,
} from '@tongyu/protocol';
import type { SignedRecord } from '../../server/src/store/trust-tables.ts';
import type { TerminalStatus } from '../../server/src/terminal/terminal-status.ts';
import { hash } from 'node:crypto';

/**
 * Numbers never fall at any consumer; under one number there is one content in the whole region;
 * and what the consumers hold was signed by those who had to.
 */
export type NumberRules = {
  nodeHolds(node: NodeId, state: TrustState): void;
  gateHolds(gate: string, status: TerminalStatus): void;
  signed(node: NodeId, record: SignedRecord): void;
  sectionKept(node: NodeId, section: SignedSection): void;
  bundleOf(version: number): Bundle | undefined;
  rootOf(number: number): Root | undefined;
  newestRoot(): Root | undefined;
};

export function numberRules(fail: (what: string) => void): NumberRules {
  const highest = new Map<string, number>();
  const contents = new Map<string, string>();
  const bundles = new Map<number, Bundle>();
  const roots = new Map<number, Root>();
  const listHashes = new WeakMap<Uint8Array, string>();
  /** `<party> <kind> <hash>` of everything that a party has put its root key under. */
  const signatures = new Set<string>();

  const rises = (consumer: string, what: string, number: number): void => {
    const key = `${consumer} ${what}`;
    const before = highest.get(key) ?? 0;
    if (number < before) fail(`${what} fell at ${consumer}: ${before} to ${number}`);
    highest.set(key, Math.max(before, number));
  };
  const isTheOne = (consumer: string, what: string, content: string): void => {
    const known = contents.get(what);
    if (known === undefined) contents.set(what, content);
    else if (known !== content) fail(`two contents of ${what}; ${consumer} holds the second`);
  };
  const wasSigned = (party: NodeId, kind: string, content: string): boolean =>
    signatures.has(`${party} ${kind} ${content}`);

  const checkBundle = (consumer: string, bundle: Bundle): void => {
    bundles.set(bundle.version, bundle);
    const content = documentHash(bundle);
    for (const { signed } of bundle.sections) {
      if (wasSigned(signed.party, 'section', documentHash(signed))) continue;
      fail(`${consumer} holds keys under ${signed.party} that it did not sign`);
    }
    const root = roots.get(bundle.root.number);
    if (root === undefined) return;
    const signers = root.parties.filter(({ party }) => wasSigned(party, 'bundle', content));
    if (signers.length < root.threshold) fail(`${consumer} holds a bundle that too few signed`);
  };
  const checkRoot = (consumer: string, root: Root): void => {
    roots.set(root.number, root);
    const content = documentHash(root);
    const signers = root.parties.filter(({ party }) => wasSigned(party, 'root', content));
    const needed = roots.get(root.number - 1)?.threshold ?? root.threshold;
    if (signers.length < needed) fail(`${consumer} holds a root that too few signed`);
  };
  const listHash = (bytes: Uint8Array, number: number): string => {
    const known = listHashes.get(bytes);
    if (known !== undefined) return known;
    if (parseRevocationList(bytes)?.number !== number) fail('a list is held under a wrong number');
    const content = hash('sha256', bytes.subarray(0, bytes.length - SIGNATURE_BYTES), 'hex');
    listHashes.set(bytes, content);
    return content;
  };

  return {
    bundleOf: (version) => bundles.get(version),
    rootOf: (number) => roots.get(number),
    newestRoot: () => roots.get(Math.max(0, ...roots.keys())),
    signed(node, { kind, number, hash: content }) {
      signatures.add(`${node} ${kind} ${content}`);
      isTheOne(node, `what ${node} signed as ${kind} ${number}`, content);
    },
    sectionKept(node, { signed }) {
      const content = documentHash(signed);
      if (!wasSigned(signed.party, 'section', content)) {
        fail(`${node} keeps a section of ${signed.party} that it did not sign`);
      }
      rises(node, `section of ${signed.party}`, signed.number);
    },
    nodeHolds(node, { root, bundle, lists, highestSignedTime }) {
      if (root !== undefined) {
        rises(node, 'root', root.signed.number);
        isTheOne(node, `root ${root.signed.number}`, documentHash(root.signed));
        if (!roots.has(root.signed.number)) checkRoot(node, root.signed);
      }
      if (bundle !== undefined) {
        rises(node, 'bundle', bundle.signed.version);
        isTheOne(node, `bundle ${bundle.signed.version}`, documentHash(bundle.signed));
        if (!bundles.has(bundle.signed.version)) checkBundle(node, bundle.signed);
      }
      for (const { party, number, bytes } of lists) {
        rises(node, `list of ${party}`, number);
        isTheOne(node, `list ${number} of ${party}`, listHash(bytes, number));
      }
      rises(node, 'signed time', highestSignedTime);
    },
    gateHolds(gate, status) {
      rises(gate, 'root', status.rootNumber);
      rises(gate, 'bundle', status.bundleVersion);
      rises(gate, 'edition', status.editionNumber);
      rises(gate, 'head', status.headNumber);
      for (const { party, number } of status.lists) rises(gate, `list of ${party}`, number);
      if (status.bundleVersion > 0) {
        isTheOne(gate, `bundle ${status.bundleVersion}`, status.bundleHash);
      }
    },
  };
}
