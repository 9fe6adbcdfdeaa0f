import { dateAt, type Entry, type Json } from '@tongyu/protocol';
import { fieldChanges } from '@tongyu/domain';
import { useContext, useMemo, useState } from 'preact/hooks';
import type { DraftedEntry } from '../../kit/api/list-office.ts';
import type { Problem } from '../../kit/api/remote.ts';
import { Button } from '../../kit/Controls.tsx';
import { useSay } from '../../kit/context.tsx';
import { ListText } from '../../kit/PlainText.tsx';
import { Section } from '../../kit/Page.tsx';
import { usePorts } from '../../kit/ports-context.ts';
import { RemoteView } from '../../kit/Remote.tsx';
import { useQuery } from '../../kit/use-query.ts';
import { DeedNotice } from '../Confirm.tsx';
import { stateOf, useAct, useConsole, useMay, useSession, type DeedState } from '../session.tsx';
import { consoleWords } from '../words.ts';
import { draftWords } from './draft-words.ts';
import { EntryFields } from './EntryForm.tsx';
import { emptyEntry, entryOf, faultlessEntry, faultsOf, type FormFault } from './entry-faults.ts';
import { withValue } from './entry-tree.ts';
import { entryPath } from './EntryView.tsx';
import { FlashContext } from './flash.tsx';
import { FaultSummary, FormContext } from './form-state.tsx';
import { formWords } from './form-words.ts';
import { ViewLink } from './links.tsx';
import { OthersChange } from './OthersChange.tsx';
import { RoleNote } from './WhoAmI.tsx';
import { useWords, WordsFields } from './Words.tsx';

/** Writes an entry anew or changes one; it goes into the draft with a reason. */
export function EditView() {
  const say = useSay();
  const id = useQuery().get('entry');
  const mayEdit = useMay('editor');
  const back = id === '' ? { view: 'list' } : { view: 'entry', entry: id };
  return (
    <div class="stack wide">
      <div class="back">
        <ViewLink to={back}>
          ← {say(id === '' ? draftWords.backToList : draftWords.backToEntry)}
        </ViewLink>
      </div>
      {!mayEdit ? <RoleNote role="editor" /> : id === '' ? <NewEntry /> : <OldEntry id={id} />}
    </div>
  );
}

function NewEntry() {
  const { clock } = usePorts();
  const { node } = useSession();
  const fresh = useMemo(
    () => emptyEntry(node, dateAt(Math.floor(clock.now() / 1000))),
    [node, clock],
  );
  return <EntryForm start={fresh} saved={undefined} revision={0} isNew />;
}

function OldEntry(props: { readonly id: string }) {
  const { remote, askAgain } = useConsole<DraftedEntry>(entryPath(props.id));
  return (
    <RemoteView
      remote={remote}
      onRetry={askAgain}
      expected={{ ENTRY_UNKNOWN: draftWords.entryUnknown, INVALID: draftWords.entryUnknown }}
    >
      {({ entry, base, revision }) => {
        const start = entry ?? base;
        if (start === null) return null;
        return (
          <EntryForm key={revision} start={start} saved={entry ?? undefined} revision={revision} />
        );
      }}
    </RemoteView>
  );
}

/** How the node names a member of what was sent. */
function pathOfNode(field: string): string {
  return field.replace(/^(body\/)?(entry|rule)\.?/, '');
}

type Save = {
  readonly state: DeedState | 'same';
  readonly faults: readonly FormFault[];
  readonly isFromNode: boolean;
};

function EntryForm(props: {
  readonly start: Entry;
  /** As the draft has it; undefined for one that it has not. */
  readonly saved: Entry | undefined;
  readonly revision: number;
  readonly isNew?: boolean;
}) {
  const say = useSay();
  const query = useQuery();
  const { node } = useSession();
  const act = useAct();
  const setFlash = useContext(FlashContext);
  const { words, setWords, text } = useWords();
  const [tree, setTree] = useState<Json>(props.start);
  const [isTried, setTried] = useState(false);
  const [save, setSave] = useState<Save>({ state: 'idle', faults: [], isFromNode: false });
  const set = (path: string, value: Json | undefined) =>
    setTree((before) => withValue(before, path, value));

  const send = async (expect: number) => {
    setTried(true);
    const found = faultsOf(node, tree, faultlessEntry(node));
    const missing = text === undefined ? [{ path: 'reason', code: 'REASON_MISSING' }] : [];
    const faults = [...found, ...missing];
    const entry = entryOf(tree);
    if (entry === undefined || faults.length > 0) {
      setSave({ state: 'idle', faults, isFromNode: false });
      return;
    }
    if (props.saved !== undefined && fieldChanges(props.saved, entry).length === 0) {
      setSave({ state: 'same', faults: [], isFromNode: false });
      return;
    }
    setSave({ state: 'busy', faults: [], isFromNode: false });
    const reply = await act(entryPath(entry.id), { entry, reason: text, expect }, 'PUT');
    const state = stateOf(reply);
    if (reply.ok) {
      setFlash(say(formWords.saved));
      query.set({ view: 'entry', entry: entry.id });
      return;
    }
    const field = typeof state === 'object' ? state.facts?.['field'] : undefined;
    const code = typeof state === 'object' ? state.code : '';
    const refused = typeof field === 'string' ? [{ path: pathOfNode(field), code }] : [];
    setSave({ state, faults: refused, isFromNode: true });
  };
  const others = othersChange(save.state);
  return (
    <FormContext.Provider value={{ tree, set, faults: save.faults }}>
      <div class="stack wide entry-form">
        {props.isNew === true ? null : (
          <h2>
            <ListText text={props.start.name} />
          </h2>
        )}
        <FaultSummary title={save.isFromNode ? formWords.wrongTitleNode : formWords.wrongTitle} />
        {others === undefined ? null : (
          <OthersChange
            problem={others}
            mine={entryOf(tree)}
            id={props.start.id}
            onKeepMine={(revision) => void send(revision)}
          />
        )}
        <EntryFields party={node} isNew={props.isNew === true} />
        <Section title={say(formWords.why)}>
          <div id="at-reason" tabIndex={-1}>
            <WordsFields
              label={say(formWords.reason)}
              hint={say(formWords.reasonHint)}
              words={words}
              onWords={setWords}
              isTried={isTried}
            />
          </div>
          <SaveRow save={save} onSave={() => void send(props.revision)} />
        </Section>
      </div>
    </FormContext.Provider>
  );
}

function othersChange(state: Save['state']): Problem | undefined {
  return typeof state === 'object' && state.code === 'DRAFT_CHANGED' ? state : undefined;
}

function SaveRow(props: { readonly save: Save; readonly onSave: () => void }) {
  const say = useSay();
  const { state, faults } = props.save;
  const isShown = state !== 'same' && faults.length === 0 && othersChange(state) === undefined;
  const nothing = () => undefined;
  const deed = { run: () => Promise.resolve(false), reset: nothing };
  return (
    <>
      {isShown ? <DeedNotice deed={{ ...deed, state }} /> : null}
      {state === 'same' ? <p role="status">{say(formWords.same)}</p> : null}
      <div>
        <Button primary onPress={props.onSave} disabled={state === 'busy'}>
          {say(state === 'busy' ? consoleWords.working : formWords.save)}
        </Button>
      </div>
    </>
  );
}
