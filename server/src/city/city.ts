import type { CatalogueHave, CatalogueOffer, Json } from '@tongyu/protocol';
import { serviceDay } from '@tongyu/protocol';
import type { HeldClasses } from '../classes/held-classes.ts';
import type { PeerHandler, ReceiptHandler } from '../peers/types.ts';
import type {
  CityTables,
  OperatorRow,
  PhoneRow,
  TapFilter,
  TerminalRow,
} from '../store/city-tables.ts';
import type { NodeStore } from '../store/node-store.ts';
import { bindPhone, unbindPhone, type BindRequest, type Bound } from './bind-phone.ts';
import * as views from './console-views.ts';
import { forgetPast } from './forget-past.ts';
import { takeReport, takeReportAnswer } from './home-report.ts';
import { inOrder } from './in-order.ts';
import { issuePasses, type Pool, type PoolRequest } from './issue-passes.ts';
import { recognisePhone, type PhoneRequest } from './phone-request.ts';
import { phoneClasses, phoneStatus, reportLost } from './phone-status.ts';
import type { LostAnswer, LostReport, PhoneStatus } from './phone-status.ts';
import type { CityConfig, CityList, CityPeers, CityPorts, CityTrust } from './ports.ts';
import type { OfferedPersona } from './proofing.ts';
import { done, refuse, type CityResult } from './refusals.ts';
import { keepListYoung } from './revocation-list.ts';
import { openServices, type OpenService } from './open-services.ts';
import { takeTaps } from './take-taps.ts';
import type { UploadAnswer } from './tap-results.ts';
import { recogniseTerminal } from './terminal-request.ts';
import {
  ensureOperators,
  registerTerminal,
  revokeTerminal,
  saveOperator,
  type NewTerminal,
} from './terminals.ts';
import { usedAfter, type UsedFeed } from './used-feed.ts';

/** A city node's own logic, as its routes and the simulation call it. */
export type City<Tx extends CityTables = CityTables> = {
  /** Once the region is founded: operators and the first list. Again is harmless. */
  begin(): Promise<void>;
  /** A job, every minute: drops what is over, from the list too. Begins what has not begun. */
  keep(): Promise<void>;

  personas(): readonly OfferedPersona[] | undefined;
  bind(request: BindRequest): Promise<CityResult<Bound>>;
  recognisePhone(request: PhoneRequest): Promise<CityResult<PhoneRow>>;
  pool(phoneId: string, request: PoolRequest): Promise<CityResult<Pool>>;
  status(phone: PhoneRow): Promise<PhoneStatus>;
  classes(phone: PhoneRow): Promise<CityResult<HeldClasses>>;
  unbind(phoneId: string): Promise<CityResult<{ readonly unboundAt: number }>>;
  reportLost(report: LostReport): Promise<CityResult<LostAnswer>>;

  recogniseTerminal(header: string, pathWithQuery: string): Promise<CityResult<TerminalRow>>;
  used(terminal: TerminalRow, cursor: string): Promise<UsedFeed>;
  takeTaps(batch: readonly Json[], usedCursor?: string): Promise<UploadAnswer>;
  /** Handler of `taps.report`, and of the receipt that answers our own. */
  readonly takeReport: PeerHandler<Tx>;
  readonly takeReportAnswer: ReceiptHandler<Tx>;

  /** Of the edition in force, those that take codes. */
  services(): Promise<readonly OpenService[]>;
  /** What is newer in the service list, for a terminal of this city. */
  listOffer(have: CatalogueHave): Promise<CatalogueOffer>;
  saveOperator(operator: OperatorRow): Promise<CityResult<OperatorRow>>;
  registerTerminal(terminal: NewTerminal): Promise<CityResult<TerminalRow>>;
  revokeTerminal(id: string): Promise<CityResult<{ readonly revokedAt: number }>>;
  taps(filter: TapFilter): Promise<views.TapPage>;
  /** Here and below, an operator: what is its own and nothing else; null: all of the city. */
  exceptions(limit: number, operator?: string | null): Promise<views.Exceptions>;
  gaps(operator?: string | null): Promise<readonly views.GapView[]>;
  terminals(operator?: string | null): Promise<views.TerminalsView>;
  countResidents(): Promise<number>;

  /** Planned: a new issuer key that begins after the lead. Answers its id and first day. */
  rollOverIssuerKey(): Promise<CityResult<{ readonly keyId: number; readonly fromDay: number }>>;
  /** Emergency: the old ones are revoked at once, phones re-issue. */
  replaceIssuerKey(): Promise<{ readonly keyId: number }>;
};

/** A section holds 64 keys; the rest is for emergencies. */
const MAX_PLANNED_KEYS = 48;

/** What routes call: all but the peers' handlers. */
export type CityFace = Omit<City, 'takeReport' | 'takeReportAnswer'>;

/** @param store the node's store, whose transactions carry trust and peers too */
export function createCity<Tx extends CityTables>(
  ports: CityPorts,
  store: NodeStore<Tx>,
  trust: CityTrust<Tx>,
  peers: CityPeers<Tx>,
  list: CityList,
  config: CityConfig,
): City<Tx> {
  const room = { ports, store, trust, peers, list, config };
  const tapsInOrder = inOrder();
  const begin = async (): Promise<void> => {
    await ensureOperators(room);
    await keepListYoung(room);
    peers.kick();
  };
  return {
    begin,
    async keep() {
      await begin();
      await forgetPast(room);
      peers.kick();
    },
    personas: () => ports.proofing.personas(),
    bind: (request) => kicked(peers, bindPhone(room, request)),
    recognisePhone: (request) => recognisePhone(room, request),
    pool: (phoneId, request) => issuePasses(room, phoneId, request),
    status: (phone) => phoneStatus(room, phone),
    classes: (phone) => phoneClasses(room, phone),
    unbind: (phoneId) => unbindPhone(room, phoneId),
    reportLost: (report) => kicked(peers, reportLost(room, report)),
    recogniseTerminal: (header, path) => recogniseTerminal(room, header, path),
    used: (terminal, cursor) => usedAfter(room, terminal, cursor),
    takeTaps: (batch, usedCursor) => takeTaps(room, tapsInOrder, batch, usedCursor),
    takeReport: (tx, message) => takeReport(room, tx, message),
    takeReportAnswer,
    services: () => openServices(room),
    listOffer: (have) => list.offer(have),
    saveOperator: (operator) => saveOperator(room, operator),
    registerTerminal: (terminal) => registerTerminal(room, terminal),
    revokeTerminal: (id) => revokeTerminal(room, id),
    taps: (filter) => views.listTaps(room, filter),
    exceptions: (limit, operator = null) => views.listExceptions(room, limit, operator),
    gaps: (operator = null) => views.listGaps(room, operator),
    terminals: (operator = null) => views.listTerminals(room, operator),
    countResidents: () => store.read((tx) => tx.city.countResidents()),
    async rollOverIssuerKey() {
      const fromDay = serviceDay(ports.clock.now()) + config.rolloverLeadDays;
      const keyId = await store.transaction(async (tx) => {
        const today = serviceDay(ports.clock.now());
        const keys = (await trust.ownSection(tx))?.keys ?? [];
        const counting = keys.filter((key) => key.untilDay >= today).length;
        return counting < MAX_PLANNED_KEYS
          ? (await trust.addIssuerKey(tx, fromDay)).keyId
          : undefined;
      });
      if (keyId === undefined) return refuse('KEYS_FULL');
      peers.kick();
      return done({ keyId, fromDay });
    },
    async replaceIssuerKey() {
      const { keyId } = await store.transaction((tx) => trust.replaceIssuerKey(tx));
      peers.kick();
      return { keyId };
    },
  };
}

/** Messages that the transaction wrote leave at once. */
async function kicked<Tx extends CityTables, R>(
  peers: CityPeers<Tx>,
  work: Promise<R>,
): Promise<R> {
  const result = await work;
  peers.kick();
  return result;
}
