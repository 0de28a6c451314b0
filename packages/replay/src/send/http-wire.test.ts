import { expect, test } from 'vitest'
import { wordings } from './http-wire.ts'

const records = ['{"n":1}', '{"n":2}']

test('a batch is worded as each way in over HTTP reads it', () => {
  expect(wordings['json-lines'].body(records, 'k')).toBe('{"n":1}\n{"n":2}\n')
  expect(wordings['splunk-hec'].body(records, 'k')).toBe('{"event":{"n":1}}{"event":{"n":2}}')
  expect(wordings['elastic-bulk'].body(records, 'k').split('\n')).toEqual([
    '{"create":{"_index":"load","_id":"k-0"}}',
    '{"n":1}',
    '{"create":{"_index":"load","_id":"k-1"}}',
    '{"n":2}',
    '',
  ])
  const { resourceLogs } = JSON.parse(wordings.otlp.body(records, 'k'))
  expect(resourceLogs[0].scopeLogs[0].logRecords[1]).toEqual({
    body: { stringValue: '{"n":2}' },
    attributes: [{ key: 'log.record.uid', value: { stringValue: 'k-1' } }],
  })
})

test('a refusal inside an answer that says success is seen, a record known already is none', () => {
  const bulk = (...statuses: number[]) =>
    JSON.stringify({ items: statuses.map((status) => ({ create: { status } })) })
  const { refused } = wordings['elastic-bulk']
  expect(refused(bulk(201, 409))).toBeUndefined()
  expect(refused(bulk(201, 400))).toContain('400')
  expect(wordings.otlp.refused('{}')).toBeUndefined()
  expect(wordings.otlp.refused('{"partialSuccess":{"rejectedLogRecords":"2"}}')).toContain('2')
})
