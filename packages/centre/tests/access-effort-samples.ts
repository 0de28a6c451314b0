import { effortLines as lines } from './access-effort.ts'
import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'

const version = { version: 1 }
const ofSheet = (of: Holding) => ({ params: { id: of.effort } })
const withReason = { ...version, reason: 'thử' }

/** How the endpoints of effort sheets are called. */
export const effortSamples: Readonly<Record<string, (of: Holding) => Sample>> = {
  'effortApi.rules': () => ({ names: 'nothing' }),
  'effortApi.list': () => ({ names: 'nothing' }),
  'effortApi.get': ofSheet,
  'effortApi.create': (of) => ({
    params: {},
    body: { order_id: of.order, lines },
  }),
  'effortApi.update': (of) => ({ ...ofSheet(of), body: { ...version, lines } }),
  'effortApi.submit': (of) => ({ ...ofSheet(of), body: version }),
  'effortApi.withdraw': (of) => ({ ...ofSheet(of), body: withReason }),
  'effortApi.check': (of) => ({
    ...ofSheet(of),
    body: { ...version, lines: [{ quantity: 1, unit_price: 100_000 }] },
  }),
  'effortApi.return': (of) => ({ ...ofSheet(of), body: withReason }),
  'effortApi.agree': (of) => ({ ...ofSheet(of), body: { ...version, verdict: 'agreed' } }),
  'effortApi.approve': (of) => ({ ...ofSheet(of), body: version }),
  'effortApi.pay': (of) => ({
    ...ofSheet(of),
    body: { ...version, source: 'other', paid_on: '2026-01-01', document: 'UNC-1' },
  }),
}
