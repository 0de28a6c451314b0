import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { databaseHealth } from './database/database-health.ts'
import { clockHealth, diskHealth } from './node-health.ts'

const answering = { ping: async () => undefined } as Parameters<typeof databaseHealth>[0]

test('the database check tells a dead server from one that came back and one that is well', async () => {
  const states = [
    await databaseHealth(answering, { state: 'restarting', restarts: 1 }),
    await databaseHealth(answering, { state: 'running', restarts: 1 }),
    await databaseHealth(answering, { state: 'running', restarts: 0 }),
  ]
  expect(states.map(({ state }) => state)).toEqual(['fail', 'warn', 'ok'])
})

test('clocks that differ by more than five seconds are a warning with a remedy', () => {
  expect(clockHealth(0, 4_000).state).toBe('ok')
  expect(clockHealth(6_000, 0)).toMatchObject({
    state: 'warn',
    remedy: { en: expect.stringContaining('NTP') },
  })
})

test('the disk check tells what is free', async () => {
  expect((await diskHealth(tmpdir())).cause.en).toMatch(/GiB \(\d+ %\)/)
})
