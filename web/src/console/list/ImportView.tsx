import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ImportReport, ImportRow } from '../../kit/api/list-office.ts';
import { Button, Field, Select } from '../../kit/Controls.tsx';
import { useLanguage, useSay } from '../../kit/context.tsx';
import { fieldName } from '../../kit/field-text.ts';
import type { Message } from '../../kit/messages.ts';
import { Mark, Notice } from '../../kit/Notice.tsx';
import { Section } from '../../kit/Page.tsx';
import { PlainText } from '../../kit/PlainText.tsx';
import { Table } from '../../kit/Table.tsx';
import { DeedNotice } from '../Confirm.tsx';
import { stateOf, useMay, useSend, type DeedState } from '../session.tsx';
import { consoleWords } from '../words.ts';
import { KindMark } from './Changes.tsx';
import { draftWords } from './draft-words.ts';
import { importFaultWords, importWords } from './import-words.ts';
import { ViewLink } from './links.tsx';
import { officeRefusalWords } from './office-refusal-words.ts';
import { RoleNote } from './WhoAmI.tsx';

const MAX_BYTES = 8_000_000;
const SHOWN_ROWS = 300;

type Asked = {
  readonly file: File;
  readonly missing: 'keep' | 'remove';
  readonly reason: string;
};

/** A file is looked at first; it goes in as a whole or not at all. */
export function ImportView() {
  const say = useSay();
  const mayEdit = useMay('editor');
  return (
    <div class="stack wide">
      <div class="back">
        <ViewLink to={{ view: 'list' }}>← {say(draftWords.backToList)}</ViewLink>
      </div>
      {mayEdit ? <ImportForm /> : <RoleNote role="editor" />}
    </div>
  );
}

function useImport() {
  const send = useSend();
  const [state, setState] = useState<DeedState>('idle');
  const [report, setReport] = useState<ImportReport>();
  return {
    state,
    report,
    forget: () => {
      setState('idle');
      setReport(undefined);
    },
    run: async ({ file, missing, reason }: Asked, expect: number | undefined) => {
      setState('busy');
      const query = new URLSearchParams({
        mode: expect === undefined ? 'check' : 'apply',
        missing,
      });
      if (reason.trim() !== '') query.set('reason', reason.trim());
      if (expect !== undefined) query.set('expect', String(expect));
      const isCsv = !file.name.toLowerCase().endsWith('.json');
      const reply = await send<ImportReport>(`/console/api/draft/import?${query.toString()}`, {
        method: 'POST',
        headers: { 'content-type': isCsv ? 'text/csv' : 'application/json' },
        body: new Uint8Array(await file.arrayBuffer()),
        timeoutMilliseconds: 60_000,
      });
      const next = stateOf(reply);
      const told = typeof next === 'object' ? next.facts?.['report'] : undefined;
      if (reply.ok) setReport(reply.value);
      else if (told !== undefined) setReport(told as ImportReport);
      setState(next);
    },
  };
}

function ImportForm() {
  const say = useSay();
  const { state, report, run, forget } = useImport();
  const [file, setFile] = useState<File>();
  const [missing, setMissing] = useState<Asked['missing']>('keep');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const wrong =
    file === undefined
      ? say(importWords.fileMissing)
      : file.size > MAX_BYTES
        ? say(importWords.fileTooLarge)
        : undefined;
  const check = () => {
    setTried(true);
    if (file !== undefined && wrong === undefined) void run({ file, missing, reason }, undefined);
  };
  const apply = () => {
    if (file !== undefined) void run({ file, missing, reason }, report?.revision ?? 0);
  };
  const change = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      forget();
    };
  };
  const deed = { state, run: () => Promise.resolve(false), reset: forget };
  return (
    <>
      <div class="stack">
        <p>{say(importWords.lead)}</p>
        <div class="small">
          <a class="link-target" href="/console/api/draft/export.csv" download="tongyu-draft.csv">
            {say(importWords.sample)}
          </a>
        </div>
        <div class="form">
          <FileField onFile={change(setFile)} wrong={isTried ? wrong : undefined} />
          <Select
            label={say(importWords.missing)}
            value={missing}
            options={[
              ['keep', say(importWords.keep)],
              ['remove', say(importWords.remove)],
            ]}
            onSelect={change(setMissing)}
          />
          <Field
            label={say(importWords.reason)}
            hint={say(importWords.reasonHint)}
            value={reason}
            onInput={change(setReason)}
          />
          {typeof state === 'object' || state === 'unreachable' ? <DeedNotice deed={deed} /> : null}
          <div>
            <Button primary={report === undefined} onPress={check} disabled={state === 'busy'}>
              {say(state === 'busy' ? consoleWords.working : importWords.check)}
            </Button>
          </div>
        </div>
      </div>
      {report === undefined ? null : (
        <Report report={report} isBusy={state === 'busy'} onApply={apply} />
      )}
    </>
  );
}

function FileField(props: {
  readonly onFile: (file: File | undefined) => void;
  readonly wrong: string | undefined;
}) {
  const say = useSay();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { wrong } = props;
  useEffect(() => {
    if (wrong !== undefined) input.current?.focus();
  }, [wrong]);
  return (
    <div class="field">
      <label for={id}>{say(importWords.file)}</label>
      {wrong === undefined ? null : (
        <span class="wrong" id={`${id}-wrong`}>
          {wrong}
        </span>
      )}
      <input
        id={id}
        ref={input}
        type="file"
        accept=".csv,.json,text/csv,application/json"
        onChange={(event) => props.onFile(event.currentTarget.files?.[0])}
        {...(wrong === undefined
          ? {}
          : { 'aria-invalid': true, 'aria-describedby': `${id}-wrong` })}
      />
    </div>
  );
}

function Report(props: {
  readonly report: ImportReport;
  readonly isBusy: boolean;
  readonly onApply: () => void;
}) {
  const say = useSay();
  const { report } = props;
  const { counts, encoding, rows } = report;
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), [report]);
  const telling = rows.filter(({ outcome }) => outcome !== 'unchanged');
  const willChange = counts.added + counts.changed + counts.removed > 0;
  return (
    <div tabIndex={-1} ref={heading}>
      <Section title={say(importWords.report)}>
        {report.applied ? (
          <Notice kind="good" title={say(importWords.applied)} live>
            {say(importWords.counts, counts)}
          </Notice>
        ) : report.file === null ? (
          <p class="figures">
            {say(importWords.counts, counts)}
            {encoding === null ? '' : ` · ${say(importWords.encoding, { encoding })}`}
          </p>
        ) : (
          <Notice kind="danger" title={say(importWords.fileFault)} live>
            <Fault {...report.file} />
          </Notice>
        )}
        {telling.length === 0 ? null : <Rows rows={telling.slice(0, SHOWN_ROWS)} />}
        {telling.length > SHOWN_ROWS ? (
          <p>{say(importWords.rowsShown, { count: SHOWN_ROWS })}</p>
        ) : null}
        {report.applied ? (
          <div>
            <ViewLink to={{ view: 'list', kind: 'drafted' }} button="plain">
              {say(draftWords.backToList)}
            </ViewLink>
          </div>
        ) : counts.refused > 0 ? (
          <Notice kind="caution">{say(importWords.faulty)}</Notice>
        ) : report.file !== null ? null : willChange ? (
          <div>
            <Button primary onPress={props.onApply} disabled={props.isBusy}>
              {say(importWords.apply)}
            </Button>
          </div>
        ) : (
          <p>{say(importWords.nothing)}</p>
        )}
      </Section>
    </div>
  );
}

function Rows(props: { readonly rows: readonly ImportRow[] }) {
  const say = useSay();
  return (
    <Table
      caption={say(importWords.rowsCaption)}
      rows={props.rows}
      keyOf={({ row, id }) => `${String(row)} ${id ?? ''}`}
      columns={[
        { label: say(importWords.row), show: ({ row }) => (row === 0 ? '–' : String(row)) },
        {
          label: say(draftWords.entry),
          show: ({ id }) => <span class="code">{id === null ? '–' : <PlainText text={id} />}</span>,
        },
        {
          label: say(importWords.outcome),
          show: ({ outcome }) =>
            outcome === 'refused' ? (
              <Mark kind="danger">{say(importWords.refused)}</Mark>
            ) : (
              <KindMark kind={outcome === 'unchanged' ? null : outcome} />
            ),
        },
        {
          label: say(importWords.fault),
          show: ({ faults }) =>
            faults.length === 0
              ? '–'
              : faults.map((fault) => (
                  <span class="line" key={`${fault.code} ${fault.field ?? ''}`}>
                    <Fault {...fault} />
                  </span>
                )),
        },
      ]}
    />
  );
}

function Fault(props: { readonly code: string; readonly field: string | null }) {
  const say = useSay();
  const language = useLanguage();
  const known: Readonly<Record<string, Message>> = { ...officeRefusalWords, ...importFaultWords };
  const message = Object.hasOwn(known, props.code) ? known[props.code] : undefined;
  return (
    <>
      {props.field === null ? null : (
        <>
          <PlainText text={fieldName(language, props.field)} />:{' '}
        </>
      )}
      {message === undefined ? <span class="code">{props.code}</span> : say(message)}
    </>
  );
}
