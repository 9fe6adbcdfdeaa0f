import type { ComponentChildren } from 'preact';
import { useSay } from '../../kit/context.tsx';
import type { Role } from '../../kit/api/list-office.ts';
import { useMay, useSession } from '../session.tsx';
import { roleWords } from './draft-words.ts';

/** Whose session this is, and what the account may do. */
export function WhoAmI() {
  const say = useSay();
  const { name, roles, operator } = useSession().me;
  return (
    <span class="small">
      <span class="code">{operator === null ? name : `${name} · ${operator}`}</span>{' '}
      <span class="muted">{roles.map((role) => say(roleWords[role])).join(' · ')}</span>
    </span>
  );
}

/** What takes a role, or who grants it. */
export function Only(props: { readonly role: Role; readonly children: ComponentChildren }) {
  return useMay(props.role) ? <>{props.children}</> : <RoleNote role={props.role} />;
}

/** Stands where buttons would that the account may not use: which role, and who grants it. */
export function RoleNote(props: { readonly role: Role }) {
  const say = useSay();
  if (useMay(props.role)) return null;
  return (
    <p class="small muted" data-needs={props.role}>
      {say(roleWords.needs, { role: say(roleWords[props.role]) })}
    </p>
  );
}
