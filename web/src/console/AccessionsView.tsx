import { useState } from 'preact/hooks';
import type { AccessionPage } from '../kit/api/console.ts';
import { Button } from '../kit/Controls.tsx';
import { useLanguage, useSay } from '../kit/context.tsx';
import { formatMoment, isoMoment } from '../kit/dates.ts';
import { Mark } from '../kit/Notice.tsx';
import { PartyName } from '../kit/Page.tsx';
import { RemoteView } from '../kit/Remote.tsx';
import { Table } from '../kit/Table.tsx';
import { changeWords, trustWords } from '../kit/trust-words.ts';
import { Confirm } from './Confirm.tsx';
import { Only } from './list/WhoAmI.tsx';
import { useConsole, useDeed } from './session.tsx';
import { decisionWords } from './words.ts';

/** The hub's desk: who asked to accede, and putting it to the members. */
export function AccessionsView() {
  const say = useSay();
  const language = useLanguage();
  const { remote, askAgain } = useConsole<AccessionPage>('/console/api/accessions', 15);
  const [proposing, setProposing] = useState<string>();
  return (
    <>
      <RemoteView
        remote={remote}
        onRetry={askAgain}
        isEmpty={({ accessions }) => accessions.length === 0}
        empty={<p>{say(decisionWords.accessionsNone)}</p>}
      >
        {({ accessions }) => (
          <Table
            caption={say(decisionWords.accessionsCaption)}
            rows={accessions}
            keyOf={({ party }) => party}
            columns={[
              { label: say(trustWords.party), show: ({ party }) => <PartyName code={party} /> },
              { label: say(trustWords.change), show: ({ kind }) => say(changeWords[kind]) },
              {
                label: say(decisionWords.appliedAt),
                show: ({ appliedAt }) => (
                  <time dateTime={isoMoment(appliedAt)}>{formatMoment(language, appliedAt)}</time>
                ),
              },
              {
                label: say(decisionWords.action),
                show: ({ party, proposed }) =>
                  proposed ? (
                    <Mark kind="good">{say(decisionWords.proposed)}</Mark>
                  ) : (
                    <Only role="keeper">
                      <Button onPress={() => setProposing(party)}>
                        {say(decisionWords.propose)}
                      </Button>
                    </Only>
                  ),
              },
            ]}
          />
        )}
      </RemoteView>
      {proposing === undefined ? null : (
        <ProposeDialog
          party={proposing}
          onClose={() => setProposing(undefined)}
          onDone={askAgain}
        />
      )}
    </>
  );
}

function ProposeDialog(props: {
  readonly party: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const deed = useDeed();
  const propose = async () => {
    const path = `/console/api/accessions/${encodeURIComponent(props.party)}/propose`;
    if (!(await deed.run(path, {}))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Confirm
      title={say(decisionWords.propose)}
      action={say(decisionWords.propose)}
      deed={deed}
      onConfirm={() => void propose()}
      onClose={props.onClose}
    >
      <h3>
        <PartyName code={props.party} />
      </h3>
      <p>{say(decisionWords.proposeBody)}</p>
    </Confirm>
  );
}
