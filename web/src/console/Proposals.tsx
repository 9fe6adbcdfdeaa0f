import { useState } from 'preact/hooks';
import type { RootProposal } from '../kit/api/trust.ts';
import { Button } from '../kit/Controls.tsx';
import { useSay } from '../kit/context.tsx';
import { Mark } from '../kit/Notice.tsx';
import { Table, type Column } from '../kit/Table.tsx';
import { ChangeName, PartyNames } from '../kit/TrustParts.tsx';
import { trustWords } from '../kit/trust-words.ts';
import { Confirm } from './Confirm.tsx';
import { Only } from './list/WhoAmI.tsx';
import { useDeed, useSession } from './session.tsx';
import { decisionWords } from './words.ts';

/** Root changes waiting for signatures; a city approves here, the hub only looks. */
export function Proposals(props: {
  readonly proposals: readonly RootProposal[];
  readonly onChange: () => void;
}) {
  const say = useSay();
  const { node } = useSession();
  const [approving, setApproving] = useState<RootProposal>();
  if (props.proposals.length === 0) return <p>{say(trustWords.proposalsNone)}</p>;
  const action: Column<RootProposal> = {
    label: say(decisionWords.action),
    show: (row) =>
      row.signedBy.includes(node) ? (
        <Mark kind="good">{say(decisionWords.signedHere)}</Mark>
      ) : (
        <Only role="keeper">
          <Button onPress={() => setApproving(row)}>{say(decisionWords.approve)}</Button>
        </Only>
      ),
  };
  return (
    <>
      <Table
        caption={say(trustWords.proposals)}
        rows={props.proposals}
        keyOf={(row) => row.hash}
        columns={[
          { label: say(trustWords.change), show: (row) => <ChangeName change={row.change} /> },
          { label: say(trustWords.rootNumber), show: (row) => row.number },
          { label: say(trustWords.signedBy), show: (row) => <PartyNames codes={row.signedBy} /> },
          { label: say(trustWords.hash), show: (row) => <span class="code">{row.hash}</span> },
          ...(node === 'hub' ? [] : [action]),
        ]}
      />
      {approving === undefined ? null : (
        <ApproveDialog
          proposal={approving}
          onClose={() => setApproving(undefined)}
          onDone={props.onChange}
        />
      )}
    </>
  );
}

function ApproveDialog(props: {
  readonly proposal: RootProposal;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const say = useSay();
  const deed = useDeed();
  const { hash, number, change } = props.proposal;
  const approve = async () => {
    if (!(await deed.run('/console/api/root/approve', { hash }))) return;
    props.onClose();
    props.onDone();
  };
  return (
    <Confirm
      title={say(decisionWords.approveTitle)}
      action={say(decisionWords.approve)}
      deed={deed}
      onConfirm={() => void approve()}
      onClose={props.onClose}
    >
      <h3>
        <ChangeName change={change} />
      </h3>
      <p>{say(decisionWords.approveBody, { number })}</p>
      <p class="code">{hash}</p>
    </Confirm>
  );
}
