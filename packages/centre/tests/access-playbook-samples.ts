import type { Holding } from './access-holding.ts'
import type { Sample } from './access-sample.ts'
import { contentOf } from './playbooks-for.ts'

const content = contentOf('Mã độc', ['a'])
const text = 'profile: x'
const ofPlaybook = (of: Holding) => ({ params: { id: of.playbook } })
const first = { revision: 2 }

/** How the endpoints of playbooks are called. */
export const playbookSamples: Readonly<Record<string, (of: Holding) => Sample>> = {
  'playbookApi.rules': () => ({ names: 'nothing' }),
  'playbookApi.list': () => ({ names: 'nothing' }),
  'playbookApi.get': ofPlaybook,
  'playbookApi.version': (of) => ({ params: { id: of.playbook, version: '1' } }),
  'playbookApi.write': () => ({ names: 'nothing', body: { content } }),
  'playbookApi.copy': (of) => ({ body: { from: { playbook: of.playbook } } }),
  'playbookApi.import': () => ({ names: 'nothing', body: { text } }),
  'playbookApi.save': (of) => ({ ...ofPlaybook(of), body: { ...first, content } }),
  'playbookApi.discard': (of) => ({ ...ofPlaybook(of), body: first }),
  'playbookApi.publish': (of) => ({
    ...ofPlaybook(of),
    body: { ...first, valid_from: '2030-01-01', reason: 'thử' },
  }),
  'playbookApi.share': (of) => ({
    ...ofPlaybook(of),
    body: { ...first, tlp: 'amber', for_subordinates: false },
  }),
  'playbookApi.review': (of) => ({ ...ofPlaybook(of), body: { ...first, note: 'thử' } }),
  'playbookApi.retire': (of) => ({
    ...ofPlaybook(of),
    body: { ...first, from: '2030-01-01', reason: 'thử' },
  }),
  'playbookApi.file': (of) => ({ ...ofPlaybook(of), query: { version: '1' } }),
  'playbookApi.forIncident': (of) => ({ params: { id: of.incident } }),
}
