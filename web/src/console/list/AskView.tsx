import { fieldChanges } from '@tongyu/domain';
import type { Entry, Json, Part } from '@tongyu/protocol';
import { useContext, useState } from 'preact/hooks';
import type { EditionsPage, ListedEdition } from '../../kit/api/list-office.ts';
import { Button, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { Section } from '../../kit/Page.tsx';
import { readText } from '../../kit/plain-text.ts';
import { RemoteView } from '../../kit/Remote.tsx';
import { cityText } from '../../kit/service-text.ts';
import { useQuery } from '../../kit/use-query.ts';
import { DeedNotice } from '../Confirm.tsx';
import { useConsole, useDeed, useMay, useSession } from '../session.tsx';
import { consoleWords } from '../words.ts';
import { ChangesTable } from './Changes.tsx';
import { EntryFields } from './EntryForm.tsx';
import { entryOf, faultlessEntry, faultsOf, type FormFault } from './entry-faults.ts';
import { withValue } from './entry-tree.ts';
import { FlashContext } from './flash.tsx';
import { FaultSummary, FormContext } from './form-state.tsx';
import { formWords } from './form-words.ts';
import { ViewLink } from './links.tsx';
import { requestWords } from './request-words.ts';
import { TextArea } from './TextArea.tsx';
import { RoleNote } from './WhoAmI.tsx';

/** Asks another city to change one of its published entries. */
export function AskView() {
  const say = useSay();
  const mayEdit = useMay('editor');
  const { remote, askAgain } = useConsole<EditionsPage>('/console/api/editions');
  return (
    <div class="stack wide">
      <div class="back">
        <ViewLink to={{ view: 'requests' }}>← {say(requestWords.sent)}</ViewLink>
      </div>
      <RoleNote role="editor" />
      {mayEdit ? (
        <RemoteView
          remote={remote}
          onRetry={askAgain}
          isEmpty={({ editions }) => editions.length === 0}
          empty={<p>{say(requestWords.noEdition)}</p>}
        >
          {({ editions: [newest] }) => (newest === undefined ? null : <Ask edition={newest} />)}
        </RemoteView>
      ) : null}
    </div>
  );
}

function Ask(props: { readonly edition: ListedEdition }) {
  const say = useSay();
  const language = useLanguage();
  const query = useQuery();
  const { node } = useSession();
  const others = props.edition.parts.filter(({ party }) => party !== node);
  const party = query.get('party');
  const part = others.find((each) => each.party === party);
  return (
    <div class="stack">
      <p>{say(requestWords.askLead)}</p>
      <div class="filters">
        <Select
          label={say(requestWords.city)}
          value={party}
          options={[
            ['', say(requestWords.choose)],
            ...others.map((each) => [each.party, cityText(language, each.party)] as const),
          ]}
          onSelect={(chosen) => query.set({ party: chosen, entry: '' })}
        />
      </div>
      {part === undefined ? null : <AskCity key={part.hash} hash={part.hash} party={party} />}
    </div>
  );
}

function AskCity(props: { readonly hash: string; readonly party: string }) {
  const say = useSay();
  const language = useLanguage();
  const query = useQuery();
  const { remote, askAgain } = useConsole<Part>(`/catalogue/parts/${props.hash}`);
  return (
    <RemoteView remote={remote} onRetry={askAgain}>
      {({ entries }) => {
        const entry = entries.find(({ id }) => id === query.get('entry'));
        return (
          <>
            <div class="filters">
              <Select
                label={say(requestWords.entry)}
                value={query.get('entry')}
                options={[
                  ['', say(requestWords.choose)],
                  ...entries.map(({ id, name }) => {
                    const { text, lang } = readText(language, name);
                    const label = `${text} (${id})`;
                    return lang === undefined
                      ? ([id, label] as const)
                      : ([id, label, lang] as const);
                  }),
                ]}
                onSelect={(chosen) => query.set({ entry: chosen })}
              />
            </div>
            {entry === undefined ? null : (
              <AskForm key={entry.id} party={props.party} entry={entry} />
            )}
          </>
        );
      }}
    </RemoteView>
  );
}

function AskForm(props: { readonly party: string; readonly entry: Entry }) {
  const say = useSay();
  const query = useQuery();
  const setFlash = useContext(FlashContext);
  const deed = useDeed();
  const { entry, party } = props;
  const [kind, setKind] = useState<'comment' | 'proposal'>('comment');
  const [said, setSaid] = useState('');
  const [tree, setTree] = useState<Json>(entry);
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  const [isTried, setTried] = useState(false);
  const proposed = entryOf(tree);
  const changes = proposed === undefined ? [] : fieldChanges(entry, proposed);
  const isProposal = kind === 'proposal';
  const send = async () => {
    setTried(true);
    const found = isProposal ? faultsOf(party, tree, faultlessEntry(party)) : [];
    setFaults(found);
    if (found.length > 0 || said.trim() === '' || (isProposal && changes.length === 0)) return;
    const content = { kind, text: said.trim(), proposed: isProposal ? (proposed ?? null) : null };
    if (!(await deed.run('/console/api/comments', { party, entry: entry.id, ...content }))) return;
    setFlash(say(requestWords.sentDone));
    query.set({ view: 'requests', party: '', entry: '' });
  };
  const set = (path: string, value: Json | undefined) =>
    setTree((before) => withValue(before, path, value));
  return (
    <FormContext.Provider value={{ tree, set, faults }}>
      <div class="stack wide entry-form">
        <FaultSummary title={formWords.wrongTitle} />
        <Select
          label={say(requestWords.kind)}
          value={kind}
          options={[
            ['comment', say(requestWords.comment)],
            ['proposal', say(requestWords.proposal)],
          ]}
          onSelect={setKind}
        />
        {isProposal ? <EntryFields party={party} isNew={false} /> : null}
        {isProposal ? (
          <Section title={say(requestWords.proposed)}>
            {changes.length === 0 ? (
              <p {...(isTried ? { role: 'alert', class: 'wrong' } : {})}>
                {say(requestWords.nothingChanged)}
              </p>
            ) : (
              <ChangesTable changes={changes} />
            )}
          </Section>
        ) : null}
        <TextArea
          label={say(requestWords.text)}
          hint={say(requestWords.textHint)}
          value={said}
          onInput={setSaid}
          wrong={isTried && said.trim() === '' ? say(requestWords.textMissing) : undefined}
        />
        <DeedNotice deed={deed} />
        <div>
          <Button primary onPress={() => void send()} disabled={deed.state === 'busy'}>
            {say(deed.state === 'busy' ? consoleWords.working : requestWords.send)}
          </Button>
        </div>
      </div>
    </FormContext.Provider>
  );
}
