import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { writeLocalAccess } from '../local-access.ts'
import { addRuleTuningCommands } from './rule-tunings.ts'

const rule = 'rul_0192f0c1-0000-7000-8000-000000000001'
const tuning = (n: number, ended_at: string | null) => ({
  id: `tun_0192f0c1-0000-7000-8000-00000000000${n}`,
  rule_id: rule,
  sigma_id: 's',
  rule_title: 'Luật',
  text: '',
  selection: 'User: backup',
  reason: 'sao lưu',
  expires_at: '2999-01-01T00:00:00.000Z',
  ended_at,
  author_id: 'a',
  author_name: 'A',
  created_at: '2026-01-01T00:00:00.000Z',
})
const measured = { clusters: 0, closed_false: 0, last_fired_at: null, sigma_id: 's' }
const answers: Record<string, unknown> = {
  'GET /api/v1/rule-tunings': {
    items: [tuning(1, null), tuning(2, '2026-01-02T00:00:00.000Z')],
    next: null,
  },
  [`POST /api/v1/rule-library/${rule}/tunings`]: tuning(3, null),
  [`POST /api/v1/rule-tunings/${tuning(1, null).id}/end`]: tuning(1, '2026-01-02T00:00:00.000Z'),
  'GET /api/v1/rule-statistics': {
    items: [
      { ...measured, rule_id: rule, title: 'rẻ', fired: 9, cost_us: null, cost_share: null },
      { ...measured, rule_id: rule, title: 'đắt', fired: 1, cost_us: 7, cost_share: 0.5 },
    ],
  },
}
const asked: { call: string; body: unknown }[] = []
let directory: string
let server: Server
let out: string[]

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tunings-'))
  server = createServer(async (request, response) => {
    const body = await text(request)
    const call = `${request.method} ${request.url?.split('?')[0]}`
    asked.push({ call, body: body === '' ? undefined : JSON.parse(body) })
    response.end(JSON.stringify(answers[call]))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const access = { url, token: 't', pid: process.pid, setup_token: null, listeners: {} }
  await writeLocalAccess(directory, access)
})
afterAll(async () => {
  server.close()
  await rm(directory, { recursive: true })
})
beforeEach(() => {
  asked.length = 0
  out = []
})

async function run(...words: string[]): Promise<void> {
  const io = { dataDirectory: directory, environment: {}, err: () => undefined }
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  addRuleTuningCommands(program, { ...io, out: (line) => out.push(line) })
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program)
  await program.parseAsync(words, { from: 'user' })
}

test('tunings in force are listed, with --all those that have ended too', async () => {
  await run('tunings', '--json')
  expect(out).toHaveLength(1)
  await run('tunings', '--json', '--all')
  expect(out).toHaveLength(3)
})

test('a tuning is added with its reason and an end, and ended with a reason', async () => {
  await run('tune', rule, 'User: backup', '--reason', 'sao lưu', '--days', '30')
  const [{ body } = { body: undefined }] = asked
  expect(body).toMatchObject({ selection: 'User: backup', reason: 'sao lưu' })
  const { expires_at } = body as { expires_at: string }
  const days = (Date.parse(expires_at) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(29.9)
  expect(days).toBeLessThan(30.1)
  await run('tune', rule, 'User: x', '--reason', 'sao lưu', '--until', '2027-01-31T17:00:00Z')
  expect(asked[1]?.body).toMatchObject({ expires_at: '2027-01-31T17:00:00Z' })
  await run('end-tuning', tuning(1, null).id, '--reason', 'hết cần')
  expect(asked[2]?.body).toEqual({ reason: 'hết cần' })
})

test('a tuning without an end, with two, or without a reason is a wrong call', async () => {
  const call = ['tune', rule, 'User: x', '--reason', 'vì']
  await expect(run(...call)).rejects.toThrow('give --days or --until')
  await expect(run(...call, '--days', '1', '--until', '2027-01-01T00:00:00Z')).rejects.toThrow(
    'give --days or --until',
  )
  await expect(run(...call, '--days', '1.5')).rejects.toThrow('a whole number from 1')
  await expect(run('tune', rule, 'User: x', '--days', '1')).rejects.toThrow('--reason')
  expect(asked).toEqual([])
})

test('statistics are sorted by what is asked for, what was not measured last', async () => {
  const titles = () => out.map((line) => (JSON.parse(line) as { title: string }).title)
  await run('statistics', '--json')
  expect(titles()).toEqual(['rẻ', 'đắt'])
  out = []
  await run('statistics', '--json', '--sort', 'cost_share')
  expect(titles()).toEqual(['đắt', 'rẻ'])
})
