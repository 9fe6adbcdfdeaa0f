import assert from 'node:assert/strict';
import test from 'node:test';
import { NOW } from '../../../tools/vectors/region.ts';
import { documentText } from '../trust/signed-document.ts';
import {
  MAX_USED_TAGS,
  parseTrustOffer,
  trustOfferText,
  type TrustOffer,
} from '../trust/trust-offer.ts';
import { parseServiceFile, type ServiceEntry, type SignedServiceFile } from './service-file.ts';

void test('TRUST-1.2: the largest service file fits into an offer with all used tags', () => {
  const prices = Array.from({ length: 16 }, (_, i) => ({
    residence: String(4201 + i),
    priceFen: 10_000_000,
  }));
  const services: ServiceEntry[] = Array.from({ length: 2_500 }, (_, i) => ({
    ...{ id: `4201-service-${String(i)}`, operator: '4201-operator', open: true, prices },
    name: { zhCN: '馆'.repeat(60), zhTW: '館'.repeat(60), en: 'e'.repeat(120) },
    category: 'culture',
  }));
  const file: SignedServiceFile = {
    signed: { type: 'tongyu.services', party: '4201', number: 1, made: NOW, services },
    signatures: [{ by: '4201', keyId: 30, signature: 'A'.repeat(86) }],
  };
  assert.ok(parseServiceFile(documentText(file)).ok);
  const used = Array.from({ length: MAX_USED_TAGS }, (_, i) => ({
    ...{ issuer: '4301', time: NOW },
    tag: i.toString(16).padStart(20, '0'),
  }));
  const offer: TrustOffer = {
    ...{ roots: [], bundle: null, revokingSections: [], times: [], lists: [] },
    ...{ services: file, used, usedCursor: '9' },
  };
  assert.ok(parseTrustOffer(trustOfferText(offer)).ok);
});
