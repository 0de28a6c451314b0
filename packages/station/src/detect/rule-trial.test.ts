import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RuleTrial } from './rule-trial.ts'

const rule = [
  'title: Công cụ tự chế',
  'id: 8d1f4c6e-53a5-4a0b-9a39-0c2f6f1f7b21',
  'logsource: { product: zeek, service: http }',
  'detection:',
  '  tool: { user_agent|contains: sqlmap }',
  '  own: { uri|startswith: /suc-khoe }',
  '  condition: tool and not own',
  '',
].join('\n')

const line = (agent: string) =>
  JSON.stringify({ _path: 'http', ts: 1_795_316_400, uid: 'C1', user_agent: agent })
const record = (text: string, change = {}) => ({
  text,
  format: 'auto',
  logsource: {},
  receivedAt: Date.parse('2026-11-22T03:00:00Z'),
  ...change,
})

let trial: RuleTrial
beforeAll(async () => {
  const parts = { clock: systemClock, log: silentLog }
  trial = await RuleTrial.open(parts, {
    documents: [{ path: 'a.yml', text: rule }],
    pipelines: [],
  })
})
afterAll(() => trial.close())

test('says by place which records fired and which cannot be read', async () => {
  const records = [line('Mozilla'), '{"cut":', line('sqlmap/1.9'), line('sqlmap/2')]
  const { hits, unreadable } = await trial.examine(records.map((text) => record(text)))
  expect(hits.map(({ index }) => index)).toEqual([2, 3])
  expect(hits[0]).toMatchObject({
    rule: { title: 'Công cụ tự chế' },
    matches: [{ field: 'user_agent' }],
  })
  expect(unreadable).toMatchObject([{ index: 1, reason: expect.stringMatching(/^json/) }])
})

test('pipelines rewrite the rules that are tried', async () => {
  const step = { type: 'field_name_mapping', mapping: { user_agent: 'agent' } }
  const pipelines = [{ path: 'tên', text: JSON.stringify({ transformations: [step] }) }]
  const parts = { clock: systemClock, log: silentLog }
  const documents = [{ path: 'a.yml', text: rule }]
  const renamed = await RuleTrial.open(parts, { documents, pipelines })
  const own = JSON.stringify({ ...JSON.parse(line('Mozilla')), agent: 'sqlmap' })
  const { hits } = await renamed.examine([record(own)])
  await renamed.close()
  expect(hits).toHaveLength(1)
})

test('a log source that is stated overrides what the record shows itself to be', async () => {
  const elsewhere = record(line('sqlmap'), { logsource: { product: 'other' } })
  expect((await trial.examine([elsewhere])).hits).toEqual([])
  const unknown = record(line('sqlmap'), { format: 'no such format' })
  expect((await trial.examine([unknown])).hits).toHaveLength(1)
})

test('a rule that does not fire says why: the item, what excludes it, or the log source', async () => {
  const agent = { because: 'failed', matches: [{ field: 'user_agent', value: 'Mozilla' }] }
  const own = JSON.stringify({ ...JSON.parse(line('sqlmap')), uri: '/suc-khoe/1' })
  const records = [line('Mozilla'), line('sqlmap/2'), '{"cut":', '{"_path":"dns","ts":1}', own]
  const misses = await trial.explain(records.map((text) => record(text)))
  expect(misses).toMatchObject([
    { index: 0, rule: { title: 'Công cụ tự chế' }, ...agent },
    { index: 3, because: 'logsource', matches: [], logsource: { product: 'zeek', service: 'dns' } },
    { index: 4, because: 'excluded', matches: [{ field: 'uri', selection: 'own' }] },
  ])
})

test('correlations fire at the record that completes them, over batches and in any order', async () => {
  const burst = [
    'title: Dồn dập',
    'id: 11d94e13-58a2-4e0c-9d0b-b3c0f0d6a111',
    'correlation:',
    '  type: event_count',
    '  rules: [8d1f4c6e-53a5-4a0b-9a39-0c2f6f1f7b21]',
    '  group-by: [uid]',
    '  timespan: 5m',
    '  condition: { gte: 3 }',
    '',
  ].join('\n')
  const counted = await RuleTrial.open(
    { clock: systemClock, log: silentLog },
    { documents: [rule, burst].map((text, i) => ({ path: `${i}.yml`, text })), pipelines: [] },
  )
  const at = (seconds: number) =>
    record(JSON.stringify({ ...JSON.parse(line('sqlmap')), ts: 1_795_316_400 + seconds }))
  const first = await counted.examine([at(60), at(0)])
  const second = await counted.examine([at(-86_400), at(30), at(-9_000)])
  await counted.close()
  expect(first.hits).toEqual([])
  expect(second.hits).toMatchObject([
    { index: 1, rule: { title: 'Dồn dập' }, matches: [{ pattern: 'group-by' }, {}] },
  ])
})
