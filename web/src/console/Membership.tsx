import { useState } from 'preact/hooks';
import { Button } from '../kit/Controls.tsx';
import { useSay } from '../kit/context.tsx';
import { Section } from '../kit/Page.tsx';
import { Confirm, DeedNotice } from './Confirm.tsx';
import { Only } from './list/WhoAmI.tsx';
import { useDeed } from './session.tsx';
import { decisionWords } from './words.ts';

/** An observer may apply, a member may leave; both only ask, the others sign. */
export function Membership(props: { readonly isMember: boolean; readonly onChange: () => void }) {
  const say = useSay();
  const deed = useDeed();
  const [isOpen, setOpen] = useState(false);
  const { isMember } = props;
  const title = say(isMember ? decisionWords.leave : decisionWords.apply);
  const body = say(isMember ? decisionWords.leaveBody : decisionWords.applyBody);
  const path = isMember ? '/console/api/leave' : '/console/api/accession/apply';
  const send = async () => {
    if (!(await deed.run(path, {}))) return;
    setOpen(false);
    props.onChange();
  };
  const tone = isMember ? ({ tone: 'danger' } as const) : {};
  return (
    <Section title={title}>
      <p>{body}</p>
      {isOpen ? null : <DeedNotice deed={deed} done={say(decisionWords.sent)} />}
      <Only role="keeper">
        <div>
          <Button onPress={() => setOpen(true)} {...tone}>
            {title}
          </Button>
        </div>
      </Only>
      {isOpen ? (
        <Confirm
          title={title}
          action={title}
          deed={deed}
          onConfirm={() => void send()}
          onClose={() => setOpen(false)}
          {...tone}
        >
          <p>{body}</p>
        </Confirm>
      ) : null}
    </Section>
  );
}
