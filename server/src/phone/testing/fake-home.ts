import { classOnSlot } from '@tongyu/domain';
import { buildPass, bytesOf, slotIndex, toBase64Url, type Json, type Slot } from '@tongyu/protocol';
import { generateSigner } from '../../crypto/sign.ts';
import {
  HomeAway,
  type BindRequest,
  type HeldClass,
  type HomeAnswer,
  type HomeLink,
  type ListedPhone,
  type PhoneIdentity,
  type PhoneStatus,
  type Pool,
  type Proof,
  type WantedSlot,
} from '../ports.ts';

const CLOCK_LIMIT_SECONDS = 120;
const TAGS_PER_SLOT = 16;
const PASSES_PER_SLOT = 8;

/** A home city in memory: one resident, one issuer key, the rules that a phone meets. */
export class FakeHome implements HomeLink {
  now: number;
  keyId = 3;
  voidKeyIds: number[] = [];
  readonly issuer = generateSigner('ES256');
  readonly phones = new Map<string, { key: string; revokedAt: number | null }>();
  readonly issued = new Map<string, string>();
  readonly requests: string[] = [];
  away = false;
  /** What it proves of its resident. */
  held: HeldClass[] = [];
  /** The city does its part, but so many of the next pool answers do not arrive. */
  loseNextPools = 0;

  constructor(now: number) {
    this.now = now;
  }

  async personas() {
    return { ok: true, value: [] } as const;
  }

  async bind({ phoneKey, time }: BindRequest) {
    this.reach('bind');
    if (this.isClockWrong(time)) return this.clockRefusal();
    const phoneId = phoneKey.slice(0, 22);
    const known = this.phones.get(phoneId);
    if (known !== undefined && known.revokedAt !== null) return refusal('PHONE_REVOKED');
    this.phones.set(phoneId, { key: phoneKey, revokedAt: null });
    return { ok: true, value: { phoneId, party: '4301', serverTime: this.now } } as const;
  }

  async status(as: PhoneIdentity): Promise<HomeAnswer<PhoneStatus>> {
    this.reach('status');
    if (this.isClockWrong(as.time)) return this.clockRefusal();
    const revoked = this.phones.get(as.phoneId)?.revokedAt !== null;
    const { voidKeyIds, now: serverTime } = this;
    return {
      ok: true,
      value: { phoneId: as.phoneId, revoked, voidKeyIds, serverTime, phones: [] },
    };
  }

  async classes(as: PhoneIdentity): Promise<HomeAnswer<readonly HeldClass[]>> {
    this.reach('classes');
    if (this.isClockWrong(as.time)) return this.clockRefusal();
    return { ok: true, value: this.held };
  }

  async pool(
    as: PhoneIdentity,
    wanted: readonly WantedSlot[],
    classNumber: number,
  ): Promise<HomeAnswer<Pool>> {
    this.reach('pool');
    if (this.isClockWrong(as.time)) return this.clockRefusal();
    if (this.phones.get(as.phoneId)?.revokedAt !== null) return refusal('PHONE_REVOKED');
    const held = this.held.find((one) => one.class === classNumber);
    if (classNumber !== 0 && held === undefined) return refusal('CLASS_NOT_PROVED');
    const passes: { pass: string }[] = [];
    for (const { deviceKeys, day, slot } of wanted) {
      const carried = classOnSlot(classNumber, held?.expires ?? null, { day, slot });
      for (const key of deviceKeys) {
        const pass =
          this.issued.get(key) ?? (await this.issue(as.phoneId, { day, slot }, key, carried));
        if (pass === undefined) {
          return { ok: false, refusal: { code: 'POOL_EXHAUSTED', slot: { day, slot } } };
        }
        passes.push({ pass });
      }
    }
    if (this.loseNextPools > 0) {
      this.loseNextPools -= 1;
      throw new HomeAway('the answer was lost');
    }
    return { ok: true, value: { passes, voidKeyIds: this.voidKeyIds, serverTime: this.now } };
  }

  ask(): Promise<HomeAnswer<Json>> {
    this.reach('ask');
    return Promise.resolve({ ok: true, value: null });
  }

  async unbind(as: PhoneIdentity) {
    this.reach('unbind');
    this.phones.delete(as.phoneId);
    return { ok: true, value: { unboundAt: this.now } } as const;
  }

  async phonesOf(_proof: Proof) {
    this.reach('phones');
    const phones: ListedPhone[] = [...this.phones].map(([phoneId, { revokedAt }]) => {
      return { phoneId, boundAt: 1, revokedAt };
    });
    return { ok: true, value: phones } as const;
  }

  async reportLost(_proof: Proof, phoneId: string) {
    this.reach('report');
    const phone = this.phones.get(phoneId);
    if (phone === undefined) return refusal('PHONE_UNKNOWN');
    phone.revokedAt ??= this.now;
    return { ok: true, value: { revokedAt: phone.revokedAt, listNumber: 2 } } as const;
  }

  issuedIn(slot: Slot): number {
    return [...this.issued.keys()].filter((key) => this.slotOfKey.get(key) === slotIndex(slot))
      .length;
  }

  private readonly slotOfKey = new Map<string, number>();
  /** Of each key, which passes its own is one of. */
  private readonly kindOfKey = new Map<string, string>();

  private async issue(
    phoneId: string,
    slot: Slot,
    key: string,
    carried: number,
  ): Promise<string | undefined> {
    const index = this.issuedIn(slot);
    const kind = [phoneId, slotIndex(slot), carried, this.keyId].join();
    const alike = [...this.kindOfKey.values()].filter((one) => one === kind).length;
    if (index >= TAGS_PER_SLOT || alike >= PASSES_PER_SLOT) return undefined;
    this.slotOfKey.set(key, slotIndex(slot));
    this.kindOfKey.set(key, kind);
    const bytes = await buildPass(
      {
        suite: 1,
        issuer: '4301',
        keyId: this.keyId,
        tag: new Uint8Array(10).fill(index),
        slot,
        reserve: alike === PASSES_PER_SLOT - 1,
        class: carried,
        deviceKey: bytesOf(key),
      },
      this.issuer,
    );
    const pass = toBase64Url(bytes);
    this.issued.set(key, pass);
    return pass;
  }

  private reach(what: string): void {
    this.requests.push(what);
    if (this.away) throw new HomeAway('unplugged');
  }

  private isClockWrong(time: number): boolean {
    return Math.abs(time - this.now) > CLOCK_LIMIT_SECONDS;
  }

  private clockRefusal() {
    const serverTime = this.now;
    return { ok: false, refusal: { code: 'PHONE_CLOCK', serverTime } } as const;
  }
}

function refusal(code: string) {
  return { ok: false, refusal: { code } } as const;
}
