import { silentLog } from '@haidang/runtime/silent-log'
import type { SpoolPosition, SpoolRange } from '@haidang/runtime/spool/spool'
import { expect, test, vi } from 'vitest'
import type { Examined } from './detect/examine-chunk.ts'
import { Perseverance } from './persevere.ts'
import { runPipeline, type Stages } from './pipeline.ts'

const nothing: Examined = {
  rows: new Uint8Array(0),
  events: 0,
  alerts: [],
  observations: [],
  leases: [],
  fired: [],
  costs: [],
  rejects: [],
  perSource: {},
}
const rangeAt = (offset: number): SpoolRange => ({
  from: { segment: 1, offset },
  to: { segment: 1, offset: offset + 10 },
  token: `t${offset}`,
  records: [],
})

/** A line over ranges 0, 10 … up to `last`; tells what it did. */
async function run(last: number, change: Partial<Stages>, from?: SpoolPosition): Promise<string[]> {
  const stop = new AbortController()
  const done: string[] = []
  const stages: Stages = {
    resume: async () => from,
    cut: async (position) => {
      const offset = position?.offset ?? 0
      if (offset <= last) return rangeAt(offset)
      return undefined
    },
    examine: async () => nothing,
    insert: async (_rows, token) => void done.push(`insert ${token}`),
    keep: async ({ token }) => void done.push(`keep ${token}`),
    release: async ({ offset }) => void done.push(`release ${offset}`),
    persevere: (step, work) => new Perseverance(silentLog, stop.signal).run(step, work),
    ...change,
  }
  await runPipeline(stages, stop.signal)
  return done
}

test('ranges are inserted before they are kept, kept before they are released, in their order', async () => {
  const done = await run(20, {})
  const of = (act: string) => done.filter((each) => each.startsWith(act))
  expect(of('insert')).toEqual(['insert t0', 'insert t10', 'insert t20'])
  expect(done.filter((each) => !each.startsWith('insert'))).toEqual([
    ...['keep t0', 'release 10', 'keep t10', 'release 20', 'keep t20', 'release 30'],
  ])
  for (const token of ['t0', 't10', 't20']) {
    expect(done.indexOf(`insert ${token}`)).toBeLessThan(done.indexOf(`keep ${token}`))
  }
})

test('while a range is kept the next one is inserted, and no further', async () => {
  const kept = Promise.withResolvers<void>()
  const inserted: string[] = []
  const kepts: string[] = []
  const running = run(30, {
    insert: async (_rows, token) => void inserted.push(token),
    keep: async ({ token }) => {
      kepts.push(token)
      await kept.promise
    },
  })
  await vi.waitFor(() => expect(inserted).toEqual(['t0', 't10']))
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
  expect([inserted, kepts]).toEqual([['t0', 't10'], ['t0']])
  kept.resolve()
  await running
  expect([inserted, kepts]).toEqual([kepts, ['t0', 't10', 't20', 't30']])
})

test('it goes on from the checkpoint', async () => {
  expect(await run(10, {}, { segment: 1, offset: 10 })).toEqual([
    'insert t10',
    'keep t10',
    'release 20',
  ])
})

test('a step that fails is done again with the same range, and later ranges wait', async () => {
  let failures = 2
  const kept: string[] = []
  const done = await run(10, {
    keep: async ({ token }) => {
      if (failures-- > 0) throw new Error('the database is away')
      kept.push(token)
    },
  })
  expect(kept).toEqual(['t0', 't10'])
  expect(done.filter((act) => act.startsWith('insert'))).toEqual(['insert t0', 'insert t10'])
})

test('what is kept is kept once, however often its place cannot be given back', async () => {
  let failures = 2
  const done = await run(0, {
    release: async () => {
      if (failures-- > 0) throw new Error('the bus is away')
    },
  })
  expect([done, failures]).toEqual([['insert t0', 'keep t0'], -1])
})
