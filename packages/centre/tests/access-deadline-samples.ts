import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'

const ofDeadline = (of: Holding) => ({ params: { id: of.deadline } })

/** How the endpoints of deadlines are called. */
export const deadlineSamples: Readonly<Record<string, (of: Holding) => Sample>> = {
  'deadlineApi.list': () => ({ names: 'nothing' }),
  'deadlineApi.get': ofDeadline,
  'deadlineApi.history': ofDeadline,
  'deadlineApi.acknowledge': ofDeadline,
  'deadlineApi.meet': (of) => ({ ...ofDeadline(of), body: { note: 'thử' } }),
}
