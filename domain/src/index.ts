export * from './admission/admit.ts';
export * from './admission/refusals.ts';
export * from './admission/tap-of.ts';
export * from './admission/types.ts';
export * from './admission/words.ts';
export * from './catalogue/service.ts';
export * from './pool/pool.ts';
