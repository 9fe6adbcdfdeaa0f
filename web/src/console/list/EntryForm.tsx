import { ACCESS_WAYS, CATEGORIES, DATA_KINDS, LIFE_EVENTS, type Json } from '@tongyu/protocol';
import type { ComponentChildren } from 'preact';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { wordOfValue } from '../../kit/field-text.ts';
import { listWords } from '../../kit/list-words.ts';
import { memberWords } from '../../kit/member-words.ts';
import { Section } from '../../kit/Page.tsx';
import { isPartyCode, partyNames } from '../../kit/parties.ts';
import { cityText } from '../../kit/service-text.ts';
import { ChoicesAt, ItemsAt, SelectAt, TextAt, WordsAt } from './fields.tsx';
import { useAt } from './form-state.tsx';
import { formWords } from './form-words.ts';
import { PlacesFields } from './PlacesFields.tsx';
import { ReductionsFields } from './ReductionsFields.tsx';
import { RulesFields } from './RulesFields.tsx';
import { TariffFields } from './TariffFields.tsx';

/** Options of a closed list, in the reader's words. */
export function useOptions() {
  const language = useLanguage();
  return (values: readonly string[]) =>
    values.map((value) => [value, wordOfValue(language, value)] as const);
}

/** Every party that may be named, in the order of their numbers. */
export function usePartyOptions() {
  const language = useLanguage();
  return Object.keys(partyNames)
    .filter(isPartyCode)
    .sort()
    .map((code) => [code, cityText(language, code)] as const);
}

/** The whole entry in sections; the form around it holds the values. */
export function EntryFields(props: { readonly party: string; readonly isNew: boolean }) {
  const say = useSay();
  return (
    <>
      <Section title={say(formWords.basics)}>
        <p class="small muted">{say(formWords.languagesHint)}</p>
        {props.isNew ? (
          <TextAt
            path="id"
            label={say(formWords.entryId)}
            hint={say(formWords.entryIdHint, { prefix: `${props.party}-` })}
          />
        ) : null}
        <WordsAt path="name" label={say(memberWords.name)} />
        <WordsAt path="summary" label={say(memberWords.summary)} long />
      </Section>
      <Placement />
      <Ways />
      <Section title={say(formWords.places)}>
        <PlacesFields />
      </Section>
      <Section title={say(formWords.tariff)}>
        <TariffFields />
        <TextAt
          path="fareGroup"
          label={say(memberWords.fareGroup)}
          hint={say(formWords.fareGroupHint)}
        />
        <ReductionsFields />
      </Section>
      <Section title={say(formWords.rules)}>
        <RulesFields />
      </Section>
      <Asks />
      <Origin />
    </>
  );
}

function Placement() {
  const say = useSay();
  const options = useOptions();
  return (
    <Section title={say(formWords.placement)}>
      <Pair>
        <SelectAt path="category" label={say(memberWords.category)} options={options(CATEGORIES)} />
        <SelectAt
          path="lifeEvent"
          label={say(memberWords.lifeEvent)}
          options={options(LIFE_EVENTS)}
        />
        <SelectAt
          path="stage"
          label={say(memberWords.stage)}
          options={options(['pilot', 'live'])}
        />
        <TextAt path="operator.id" label={say(formWords.operatorId)} />
      </Pair>
      <WordsAt path="operator.name" label={say(formWords.operatorName)} />
    </Section>
  );
}

function Ways() {
  const say = useSay();
  const options = useOptions();
  return (
    <Section title={say(formWords.ways)}>
      <Audience />
      <ChoicesAt path="access" label={say(memberWords.access)} options={options(ACCESS_WAYS)} />
      <ChoicesAt
        path="admits"
        label={say(memberWords.admits)}
        hint={say(formWords.admitsHint)}
        options={usePartyOptions()}
      />
      <WordsAt
        path="staffed"
        label={say(memberWords.staffed)}
        hint={say(formWords.staffedHint)}
        long
      />
      <Pair>
        <TextAt path="contact.phone" label={say(memberWords.phone)} mark={<Optional />} nullable />
        <TextAt path="contact.url" label={say(memberWords.url)} mark={<Optional />} nullable />
        <SelectAt
          path="assurance"
          label={say(memberWords.assurance)}
          options={options(['none', 'low', 'substantial', 'high'])}
        />
      </Pair>
    </Section>
  );
}

function Audience() {
  const say = useSay();
  const { value, set, wrong } = useAt('audience');
  const audience = (value ?? {}) as Readonly<Record<string, Json>>;
  return (
    <fieldset id="at-audience" tabIndex={-1}>
      <legend>{say(memberWords.audience)}</legend>
      {wrong === undefined ? null : <p class="small wrong">{wrong}</p>}
      <div class="choices">
        {(['residents', 'organisations'] as const).map((name) => (
          <label class="choice" key={name}>
            <input
              type="checkbox"
              checked={audience[name] === true}
              onChange={() => set({ ...audience, [name]: audience[name] !== true })}
            />
            {say(listWords[name])}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Asks() {
  const say = useSay();
  const options = useOptions();
  return (
    <Section title={say(formWords.asks)}>
      <p class="small muted">{say(formWords.asksHint)}</p>
      <ItemsAt
        path="asks"
        nameOf={(number) => say(formWords.ask, { number })}
        add={say(formWords.addAsk)}
        fresh={() => ({ data: 'name', why: { zhCN: '', zhTW: null, en: null } })}
        draw={(path) => (
          <>
            <SelectAt
              path={`${path}.data`}
              label={say(memberWords.kind)}
              options={options(DATA_KINDS)}
            />
            <WordsAt path={`${path}.why`} label={say(memberWords.why)} />
          </>
        )}
      />
    </Section>
  );
}

function Origin() {
  const say = useSay();
  const options = useOptions();
  return (
    <Section title={say(formWords.source)}>
      <Pair>
        <SelectAt
          path="source.facts"
          label={say(memberWords.facts)}
          options={options(['document', 'public', 'invented'])}
        />
        <SelectAt
          path="source.terms"
          label={say(memberWords.terms)}
          options={options(['official', 'demo'])}
        />
        <TextAt path="source.url" label={say(memberWords.url)} mark={<Optional />} nullable />
      </Pair>
      <WordsAt path="source.text" label={say(memberWords.source)} />
      <WordsAt path="checked.by" label={say(memberWords.by)} />
      <TextAt path="checked.on" label={say(memberWords.on)} hint={say(formWords.dateHint)} />
    </Section>
  );
}

/** Short fields beside each other where there is room. */
export function Pair(props: { readonly children: ComponentChildren }) {
  return <div class="pair">{props.children}</div>;
}

export function Optional() {
  const say = useSay();
  return <span class="optional"> ({say(formWords.mayStayEmpty)})</span>;
}
