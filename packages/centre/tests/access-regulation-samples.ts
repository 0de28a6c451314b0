import type { Sample } from './access-sample.ts'

const list: Sample = { names: 'nothing' }
const regulation = { profile: 'xx-thu', name: { vi: 'x', en: 'x' }, valid_from: '2030-01-01' }

/** How the endpoints about regulations are called. */
export const regulationSamples: Readonly<Record<string, () => Sample>> = {
  'regulationApi.list': () => list,
  'regulationApi.get': () => ({ ...list, params: { profile: 'vn-2026' } }),
  'regulationApi.versions': () => ({ ...list, params: { profile: 'vn-2026' } }),
  'regulationApi.publish': () => ({
    ...list,
    body: { regulation, effective_from: '2030-01-01', reason: 'thử', based_on: -1 },
  }),
  'regulationApi.preview': () => ({ ...list, body: { regulation, effective_from: '2030-01-01' } }),
  'regulationApi.read': () => ({ ...list, body: { text: 'x' } }),
  'regulationApi.write': () => ({ ...list, body: { regulation } }),
  'regulationApi.due': () => ({
    ...list,
    query: { trigger: 'incident.detected', from: '2026-11-01T00:00:00Z' },
  }),
}
