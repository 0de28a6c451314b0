import { expect, test } from 'vitest'
import { ManualClock } from './clock.ts'
import { createLog } from './pino-log.ts'

function logged(fields: object): Record<string, unknown> {
  const lines: string[] = []
  const clock = new ManualClock('2026-11-22T00:00:00Z')
  const destination = { write: (line: string) => void lines.push(line) }
  createLog({ level: 'info', clock, destination }).child({ part: 'x' }).warn(fields, 'said')
  return JSON.parse(lines[0] ?? '{}')
}

test('a line is one object with level, time, fields and sentence', () => {
  expect(logged({ count: 1 })).toEqual({
    level: 'warn',
    time: '2026-11-22T00:00:00.000Z',
    part: 'x',
    count: 1,
    message: 'said',
  })
})

test('secrets are struck out wherever they hide', () => {
  const error = new Error('Failed query: insert\nparams: hunter2,abc', {
    cause: new Error('connect postgres://haidang:hunter2@127.0.0.1/x'),
  })
  const line = logged({
    headers: { authorization: 'Bearer hunter2', cookie: 'hunter2', host: 'a' },
    list: [{ setup_token: 'hunter2' }],
    password: 'hunter2',
    error,
  })
  expect(JSON.stringify(line)).not.toContain('hunter2')
  expect(line).toMatchObject({ headers: { host: 'a' }, error: { name: 'Error' } })
})

test('fields that go round in circles or on for ever are cut', () => {
  const circle: Record<string, unknown> = { long: 'x'.repeat(100_000) }
  circle['self'] = circle
  expect(JSON.stringify(logged({ circle })).length).toBeLessThan(40_000)
})

test('what a stranger wrote stays within its field, on one line', () => {
  const lines: string[] = []
  const clock = new ManualClock('2026-11-22T00:00:00Z')
  const log = createLog({
    level: 'info',
    clock,
    destination: { write: (line) => void lines.push(line) },
  })
  const detail = 'x"}\r\n{"level":"error","message":"forged"}\u2028\u001b[2J'
  log.info({ detail }, 'said')
  expect(lines).toHaveLength(1)
  expect(lines[0]?.trimEnd()).not.toMatch(/\p{Cc}/u)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', detail, message: 'said' })
})
