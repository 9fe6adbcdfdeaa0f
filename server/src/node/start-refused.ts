/** A node cannot start, and a person has to do something: the message is the one sentence. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
