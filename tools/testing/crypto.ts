// Signatures for the tests of the pure workspaces, which have none of their own: OpenSSL's checks,
// as a node makes them, and keys made from labels.
export { verifySync } from '../../server/src/crypto/verify.ts';
export { testKey, type TestKey } from '../vectors/test-keys.ts';
