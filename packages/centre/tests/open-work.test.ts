import { mostItems } from '@haidang/contracts/handover'
import type { PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { openWorkOf } from '../src/open-work/open-work.ts'

const officer = { person_id: 'usr_a', permissions: new Set(['incident.handle']) } as never as Caller

/** Lists so many incidents of the officer and so many of nobody, page by page. */
function listing(own: number, nobodys: number) {
  const list = async (_: Tx, { limit, cursor, filter = '' }: PageQuery) => {
    const [name, count] = filter.includes('usr_a') ? ['own', own] : ['nobody', nobodys]
    const from = Number(cursor ?? 0)
    const to = Math.min(count, from + limit)
    const items = Array.from({ length: to - from }, (__, n) => ({
      id: `${name}-${from + n}`,
      assignee_id: name === 'own' ? 'usr_a' : null,
    }))
    return { items, next: to < count ? String(to) : null }
  }
  return openWorkOf({ incidents: { list } } as never)({} as Tx, officer)
}

test('all of one’s own work is listed, page after page; what a list leaves out it says', async () => {
  const all = await listing(450, 20)
  expect([all.work.length, all.more]).toEqual([470, false])
  const backlog = await listing(1, 1_000)
  expect([backlog.work.length, backlog.more]).toEqual([101, true])
  const much = await listing(5_000, 0)
  expect(much.more).toBe(true)
  expect(much.work.length).toBeGreaterThan(mostItems)
  expect(much.work.length).toBeLessThan(2 * mostItems)
})
