// The few platform names that every runtime of the protocol has: Node, browsers and workers.
// Nothing else of Node or the DOM is visible here, so nothing else can be used.
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
