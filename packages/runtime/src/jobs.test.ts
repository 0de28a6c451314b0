import { testDatabase } from '@haidang/testbed/test-database'
import { expect, test, vi } from 'vitest'
import { startJobs } from './jobs.ts'
import { silentLog } from './silent-log.ts'

test('a job sent before a restart is done after it, and one that fails is tried again', async () => {
  await using database = await testDatabase([])
  const before = await startJobs({ url: database.url, log: silentLog })
  await before.send('greet', { name: 'Lan' })
  await before.stop()
  const after = await startJobs({ url: database.url, log: silentLog })
  const seen: string[] = []
  await after.work<{ name: string }>('greet', async ({ name }) => {
    seen.push(name)
    if (seen.length === 1) throw new Error('not yet')
  })
  await vi.waitFor(() => expect(seen).toEqual(['Lan', 'Lan']), { timeout: 20_000 })
  await after.stop()
})

test('a regular job keeps its rhythm through failures and ends with the rest', async () => {
  await using database = await testDatabase([])
  const jobs = await startJobs({ url: database.url, log: silentLog })
  let turns = 0
  let running = 0
  await jobs.every('tick', 0.01, async () => {
    turns++
    if (turns === 1) throw new Error('stumbled')
    running++
    await database.ping()
    running--
  })
  await jobs.every('nightly', '0 2 * * *', async () => undefined)
  await vi.waitFor(() => expect(turns).toBeGreaterThan(2))
  await jobs.stop()
  expect(running).toBe(0)
})
