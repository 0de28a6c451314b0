import { ManualClock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { Spool } from '@haidang/runtime/spool/spool'
import { expect, test } from 'vitest'
import { LineStore } from '../keep/line-store.ts'
import { Arrivals } from './arrivals.ts'
import { Backlog } from './backlog.ts'
import { BatchKeys } from './batch-keys.ts'
import { Intake } from './intake.ts'
import { SourceGate } from './source-gate.ts'

test('drops that could not be counted durably are counted at the next attempt, once', async () => {
  const keys = new BatchKeys({} as Database, new LineStore())
  const clock = new ManualClock('2026-03-01T00:00:00.000Z')
  const backlog = new Backlog()
  const spool = {} as Spool
  const gate = new SourceGate({
    spool,
    backlog,
    clock,
    book: { get: () => undefined, inUse: () => [] },
  })
  const intake = new Intake({ spool, keys, clock, arrivals: new Arrivals(clock), backlog, gate })
  intake.drop('src_1', 3)
  const failing = intake.handOverDrops(() => Promise.reject(new Error('no database')))
  await expect(failing).rejects.toThrow('no database')
  intake.drop('src_1', 2)
  const kept: [string, number][] = []
  const keep = async (drops: ReadonlyMap<string, number>) => void kept.push(...drops)
  await intake.handOverDrops(keep)
  await intake.handOverDrops(keep)
  expect(kept).toEqual([['src_1', 5]])
})
