import type { Sample } from './access-sample.ts'

const list: Sample = { names: 'nothing' }

/** How the endpoints of a node's own keys are called. */
export const linkSamples: Readonly<Record<string, () => Sample>> = {
  'authorityApi.get': () => list,
  'authorityApi.rotate': () => ({ ...list, body: { reason: 'thử' } }),
  'authorityApi.retire': () => ({ ...list, body: { reason: 'thử' } }),
  'authorityApi.replace': () => ({ ...list, body: { reason: 'thử' } }),
  'authorityApi.signingKeys': () => list,
  'authorityApi.rotateSigningKey': () => ({ ...list, body: { reason: 'thử' } }),
  'authorityApi.replaceSigningKey': () => ({ ...list, body: { reason: 'thử' } }),
}
