import type { ComponentChildren } from 'preact';

export type NoticeKind = 'plain' | 'good' | 'caution' | 'danger';

/**
 * A ruled message. `live` announces it once when it appears: polite, or at once for danger.
 */
export function Notice(props: {
  readonly kind: NoticeKind;
  readonly title?: string;
  readonly live?: boolean;
  readonly actions?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  const role = props.kind === 'danger' ? 'alert' : 'status';
  return (
    <div class="notice" data-kind={props.kind} {...(props.live === true ? { role } : {})}>
      {props.title === undefined ? null : <p class="notice-title">{props.title}</p>}
      {props.children === undefined ? null : <p>{props.children}</p>}
      {props.actions === undefined ? null : <div class="row">{props.actions}</div>}
    </div>
  );
}

/** A state in one word with a mark, so that colour is never alone. */
export function Mark(props: {
  readonly kind: 'good' | 'caution' | 'danger' | 'none';
  readonly children: ComponentChildren;
}) {
  return (
    <span class="mark" data-kind={props.kind}>
      {props.children}
    </span>
  );
}
