import type { Step } from '../types.ts';
import { tellVerdict } from '../tell.ts';
import { member } from '../read-json.ts';

export const offlinePass: Step = {
  id: 'offline-pass',
  chapter: 'works',
  title: "A Changsha resident's code opens a Wuhan metro gate that is unplugged",
  expect: { verdict: 'pass', refusal: null, bytesOut: 0 },
  async run({ gates, phones }) {
    gates.metroOne.unplug();
    const answer = await gates.metroOne.scan(await phones.changsha.freshCode());
    const bytesOut = gates.metroOne.bytesOut();
    return {
      got: { verdict: member(answer, 'verdict'), refusal: member(answer, 'refusal'), bytesOut },
      told: [
        `Wuhan metro, unplugged: ${tellVerdict(answer)}`,
        `${String(bytesOut)} bytes passed the gate's only way out.`,
      ],
    };
  },
};

export const museumPass: Step = {
  id: 'museum-pass',
  chapter: 'works',
  title: 'The same phone is let into a Hefei museum',
  expect: { verdict: 'pass', refusal: null },
  async run({ gates, phones }) {
    const answer = await gates.museum.scan(await phones.changsha.freshCode());
    return {
      got: { verdict: member(answer, 'verdict'), refusal: member(answer, 'refusal') },
      told: [`Hefei museum: ${tellVerdict(answer)}`],
    };
  },
};
