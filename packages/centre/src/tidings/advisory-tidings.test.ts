import type { JournalEntry } from '@haidang/contracts/journal'
import { expect, test } from 'vitest'
import { AdvisoryTidings } from './advisory-tidings.ts'

const content = { kind: 'warning', severity: 'high', title: { vi: 'Lỗ hổng', en: '' } }
const row = { id: 'adv_1', number: 'CBR-1', content, tlp_rank: 1, state: 'published', remote: true }
const ladder = { organisation_id: 'org_1', version: 1, due_at: null, over_link: true }

/** What is told of a step on the ladder of a node's own organisation. */
async function toldOf(after: object): Promise<string[]> {
  const kinds: string[] = []
  const tidings = new AdvisoryTidings({
    notifications: { tell: async (_: unknown, { kind }: { kind: string }) => kinds.push(kind) },
    recipients: { onDuty: async () => [], able: async () => [] },
    advisories: { get: async () => row, ladder: async () => ladder },
  } as never)
  const entry = { id: 'jrn_1', type: 'advisory.stepped', subject: 'adv_1', after }
  await tidings.tell({} as never, { ...entry, organisation_id: 'org_1' } as JournalEntry)
  return kinds
}

test('a step that moved nothing is told to nobody', async () => {
  expect(await toldOf({ step: 'returned', moved: true })).toEqual(['advisory-returned'])
  expect(await toldOf({ step: 'returned' })).toEqual(['advisory-returned'])
  expect(await toldOf({ step: 'returned', moved: false })).toEqual([])
})
