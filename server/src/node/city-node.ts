import type { City } from '../city/city.ts';
import { createCity } from '../city/city.ts';
import { verifyInTurns } from '../city/check-many.ts';
import { closedProofing, syntheticProofing, type Proofing } from '../city/proofing.ts';
import type { NodeConfig } from '../config.ts';
import { notHere } from '../peers/types.ts';
import { cityList } from '../catalogue/city-list.ts';
import { createCityCatalogue, type CatalogueKeeper } from '../catalogue/catalogue.ts';
import { createPartShelf } from '../catalogue/part-shelf.ts';
import type { CataloguePorts, ListTables } from '../catalogue/room.ts';
import type { CityCatalogue } from '../catalogue/types.ts';
import { catalogueMigrations } from '../store/catalogue-migrations.ts';
import type { Draft } from '../draft/draft.ts';
import type { OfficeTables } from '../draft/ports.ts';
import { openJourneys } from '../journeys/open-journeys.ts';
import type { JourneyViews } from '../journey-views/journey-views.ts';
import type { Journeys } from '../journeys/types.ts';
import { pgCatalogue } from '../store/catalogue-pg.ts';
import { draftMigrations } from '../store/draft-migrations.ts';
import { pgDraft } from '../store/draft-pg.ts';
import { feedbackMigrations, pgFeedback } from '../store/feedback-pg.ts';
import { breathe } from '../ports/breathe.ts';
import { createStaff, type Staff } from '../staff/staff.ts';
import { cityMigrations } from '../store/city-migrations.ts';
import { pgCityTables } from '../store/city-pg.ts';
import type { CityTables } from '../store/city-tables.ts';
import type { Database } from '../store/database.ts';
import { pgJourneyViews } from '../store/journey-view-pg.ts';
import type { JourneyViewTables } from '../store/journey-view-tables.ts';
import { createPgStore } from '../store/node-store.ts';
import { peerMigrations } from '../store/peer-migrations.ts';
import { pgPeers } from '../store/peer-pg.ts';
import { pgStaff, staffMigrations } from '../store/staff-pg.ts';
import type { StaffTables } from '../store/staff-tables.ts';
import { trustMigrations } from '../store/trust-migrations.ts';
import { pgTrust } from '../store/trust-pg.ts';
import { createCityTrust } from '../trust/city-trust.ts';
import { createTrustKeeper, type TrustKeeper } from '../trust/trust-keeper.ts';
import type { TrustPorts } from '../trust/types.ts';
import { openOffice } from './city-office.ts';
import { openViews } from './city-views.ts';
import { catalogueConfig, trustConfig } from './node-ports.ts';

export type CityNodeTables = ListTables &
  CityTables &
  JourneyViewTables &
  StaffTables &
  OfficeTables;

export const CITY_MIGRATIONS = [
  ...trustMigrations,
  ...peerMigrations,
  ...cityMigrations,
  ...staffMigrations,
  ...catalogueMigrations,
  ...draftMigrations,
  ...feedbackMigrations,
];

export type CityNode = {
  readonly city: City<CityNodeTables>;
  readonly keeper: TrustKeeper<CityNodeTables>;
  readonly staff: Staff;
  readonly catalogue: CatalogueKeeper<CityNodeTables, CityCatalogue<CityNodeTables>>;
  readonly draft: Draft<CityNodeTables>;
  readonly journeys: Journeys<CityNodeTables>;
  readonly views: JourneyViews;
  /** Starts the jobs. */
  open(): Promise<void>;
};

const SECONDS_PER_DAY = 86_400;
/** A planned key begins after the longest pool (7 days) has been fetched with the old one. */
const PRODUCTION_ROLLOVER_DAYS = 8;
/** It also begins the city's services and lists, as soon as the region is founded. */
const KEEP_CITY_SECONDS = 2;

/** A city over its database. */
export function openCity(config: NodeConfig, ports: CataloguePorts, database: Database): CityNode {
  const store = createPgStore<CityNodeTables>(database, (tx) => ({
    ...pgTrust(tx),
    ...pgPeers(tx),
    ...pgCityTables(tx),
    ...pgJourneyViews(tx),
    ...pgStaff(tx),
    ...pgCatalogue(tx),
    ...pgDraft(tx),
    ...pgFeedback(tx),
  }));
  const keeper = createTrustKeeper<CityNodeTables>(ports, store, trustConfig(config));
  const { clock, rng, faults, verify, timers } = ports;
  const proofing = proofingOf(config, ports);
  const cityPorts = {
    ...{ clock, rng, faults, proofing, breathe },
    verifyMany: verifyInTurns(verify, breathe),
  };
  const listConfig = catalogueConfig(config, clock);
  const shelf = createPartShelf();
  const catalogue = createCityCatalogue(ports, store, keeper, listConfig, { shelf });
  const journeys = openJourneys(ports, store, keeper, catalogue.face, shelf);
  const city = createCity<CityNodeTables>(
    cityPorts,
    store,
    createCityTrust(keeper),
    { send: keeper.send, kick: journeys.kick },
    cityList(config.nodeId, catalogue.face, store),
    {
      party: config.nodeId,
      issuerKeyLeadSeconds: config.issuerKeyLeadDays * SECONDS_PER_DAY,
      classMinHolders: config.classMinHolders,
      rolloverLeadDays: config.mode === 'demo' ? 0 : PRODUCTION_ROLLOVER_DAYS,
      journeySecret: journeySecretOf(ports),
    },
  );
  const draft = openOffice(ports, store, keeper, catalogue.face);
  const classes = { ports: cityPorts, store, config };
  return {
    city,
    keeper,
    catalogue,
    draft,
    journeys,
    views: openViews(config.nodeId, classes, journeys, catalogue.face, shelf),
    staff: createStaff(ports, store, async ({ city: tables }, id) =>
      (await tables.operators()).some((operator) => operator.id === id),
    ),
    async open() {
      await keeper.open({
        'party.apply': notHere(),
        'party.leave': notHere(),
        ...journeys.handlers,
        ...draft.handlers,
        ...catalogue.handlers,
        'taps.report': (tx, message) => city.takeReport(tx, message),
        received(type) {
          catalogue.received(type);
          journeys.received(type);
        },
        answered: journeys.kick,
        receipts: {
          ...journeys.receipts,
          ...catalogue.receipts,
          ...draft.receipts,
          'taps.report': (tx, sent, receipt) => city.takeReportAnswer(tx, sent, receipt),
        },
      });
      catalogue.open();
      journeys.open();
      timers.every(KEEP_CITY_SECONDS, 'keep city', () => city.keep());
      timers.every(KEEP_CITY_SECONDS, 'keep draft', () => draft.keep());
    },
  };
}

/** As the salt of residents' references: a secret of the node, kept like its keys. */
function journeySecretOf({ keys }: TrustPorts): Uint8Array {
  return keys.signer('journey-keys', 'ES256').publicKey;
}

/** The salt of residents' references is a secret of the node, kept like its keys. */
function proofingOf(config: NodeConfig, { keys }: TrustPorts): Proofing {
  if (config.proofing === 'none') return closedProofing;
  // The public half of a key that signs nothing: stable, of this node alone, and nowhere published.
  return syntheticProofing(config.nodeId, keys.signer('resident-salt', 'ES256').publicKey);
}
