import { readShape, ruleShape, type Json } from '@tongyu/protocol';
import { useContext, useState } from 'preact/hooks';
import { Button, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Section } from '../../kit/Page.tsx';
import { cityText } from '../../kit/service-text.ts';
import { useQuery } from '../../kit/use-query.ts';
import { DeedNotice } from '../Confirm.tsx';
import { useDeed, useMay, useSession } from '../session.tsx';
import { consoleWords } from '../words.ts';
import { draftWords } from './draft-words.ts';
import { usePartyOptions } from './EntryForm.tsx';
import type { FormFault } from './entry-faults.ts';
import { valueAt, withValue } from './entry-tree.ts';
import { TextAt } from './fields.tsx';
import { FlashContext } from './flash.tsx';
import { FaultSummary, FormContext } from './form-state.tsx';
import { formWords } from './form-words.ts';
import { ViewLink } from './links.tsx';
import { requestWords } from './request-words.ts';
import { freshRule, RuleFields } from './RulesFields.tsx';
import { yuan } from './spellings.ts';
import { RoleNote } from './WhoAmI.tsx';
import { useWords, WordsFields } from './Words.tsx';

/** Asks another city to pay for a concession of one of our entries. */
export function FundView() {
  const say = useSay();
  const id = useQuery().get('entry');
  const mayEdit = useMay('editor');
  return (
    <div class="stack wide">
      <div class="back">
        <ViewLink to={{ view: 'entry', entry: id }}>← {say(draftWords.backToEntry)}</ViewLink>
      </div>
      <RoleNote role="editor" />
      {mayEdit ? <FundForm id={id} /> : null}
    </div>
  );
}

/** The rule's own form, looked at as if the city paid itself; who pays is looked at beside it. */
function faultsOfAsk(tree: Json): readonly FormFault[] {
  const rule = valueAt(tree, 'rule') as Readonly<Record<string, Json>>;
  const read = readShape(ruleShape, { ...rule, funder: { kind: 'host' } });
  const ceiling = valueAt(tree, 'ceilingFen');
  return [
    ...(read.ok ? [] : [{ path: `rule${read.path}`, code: 'ENTRY_INVALID' }]),
    ...(typeof ceiling === 'number' && ceiling > 0
      ? []
      : [{ path: 'ceilingFen', code: 'ENTRY_INVALID' }]),
    ...(rule['until'] === null ? [{ path: 'rule.until', code: 'RULE_FUNDER' }] : []),
  ];
}

function FundForm(props: { readonly id: string }) {
  const say = useSay();
  const query = useQuery();
  const language = useLanguage();
  const { node } = useSession();
  const setFlash = useContext(FlashContext);
  const deed = useDeed();
  const others = usePartyOptions().filter(([code]) => code !== node);
  const [party, setParty] = useState<string>(others[0]?.[0] ?? '');
  const [tree, setTree] = useState<Json>({ rule: freshRule, ceilingFen: '' });
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  const [isTried, setTried] = useState(false);
  const { words, setWords, text: reason } = useWords();
  const send = async () => {
    setTried(true);
    const found = faultsOfAsk(tree);
    setFaults(found);
    if (found.length > 0 || reason === undefined) return;
    const ceilingFen = valueAt(tree, 'ceilingFen');
    const rule = valueAt(tree, 'rule') as Readonly<Record<string, Json>>;
    const asked = { ...rule, funder: { kind: 'party', party, ceilingFen } };
    const body = { entry: props.id, rule: asked, reason };
    if (!(await deed.run('/console/api/funding', body))) return;
    setFlash(say(requestWords.sentDone));
    query.set({ view: 'requests', entry: '' });
  };
  const set = (path: string, value: Json | undefined) =>
    setTree((before) => withValue(before, path, value));
  return (
    <FormContext.Provider value={{ tree, set, faults }}>
      <div class="stack wide entry-form">
        <h2 class="code">{props.id}</h2>
        <p>{say(requestWords.fundLead)}</p>
        <FaultSummary title={formWords.wrongTitle} />
        <Section title={say(requestWords.funder)}>
          <Select
            label={say(requestWords.city)}
            value={party}
            options={others.map(([code]) => [code as string, cityText(language, code)] as const)}
            onSelect={setParty}
          />
          <TextAt path="ceilingFen" label={say(requestWords.ceilingYuan)} spelling={yuan} />
        </Section>
        <Section title={say(formWords.rules)}>
          <RuleFields path="rule" />
        </Section>
        <Section title={say(formWords.why)}>
          <WordsFields
            label={say(formWords.reason)}
            hint={say(formWords.reasonHint)}
            words={words}
            onWords={setWords}
            isTried={isTried}
          />
          <DeedNotice deed={deed} />
          <div>
            <Button primary onPress={() => void send()} disabled={deed.state === 'busy'}>
              {say(deed.state === 'busy' ? consoleWords.working : requestWords.send)}
            </Button>
          </div>
        </Section>
      </div>
    </FormContext.Provider>
  );
}
