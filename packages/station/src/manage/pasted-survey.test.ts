import { PastedRecords, PastedSurvey } from '@haidang/contracts/source-samples'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { surveyPasted } from './pasted-survey.ts'

const receivedAt = Date.parse('2026-11-22T03:00:00Z')
const survey = (records: object) =>
  PastedSurvey.parse(surveyPasted(PastedRecords.parse(records), receivedAt))

const table = 'Thời gian;Địa chỉ nguồn;Ghi chú\n2026-11-22 09:59:00;192.0.2.7;"a;b"\n'

test('columns are named by the first line, and said where each goes with its first value', () => {
  const found = survey({ format: 'csv', text: table })
  expect(found.columns).toEqual([
    { column: 'Thời gian', to: 'time', example: '2026-11-22 09:59:00' },
    { column: 'Địa chỉ nguồn', to: 'src_endpoint.ip', example: '192.0.2.7' },
    { column: 'Ghi chú', to: null, example: 'a;b' },
  ])
  expect(found.survey.fields).toContainEqual({
    field: 'src_endpoint.ip',
    records: 1,
    example: '192.0.2.7',
  })
})

test('a mapping is tried before it is set', () => {
  const csv = { mapping: [{ column: 'Địa chỉ nguồn', to: 'dst_endpoint.ip' }] }
  const found = survey({ format: 'csv', text: table, reading: { csv } })
  expect(found.columns.map(({ to }) => to)).toEqual([null, 'dst_endpoint.ip', null])
  expect(found.survey.fields).toContainEqual({
    field: 'dst_endpoint.ip',
    records: 1,
    example: '192.0.2.7',
  })
})

test('a line that cannot be read is told by its place, the line of names counted', () => {
  const found = survey({ format: 'csv', text: `${table}alone\n` })
  expect(found.survey.reasons).toMatchObject([{ reason: 'csv.one-value', line: 3 }])
})

test('columns that the reading names need no first line', () => {
  const csv = { columns: ['when', 'src_ip'], separator: '|' }
  const found = survey({ format: 'csv', text: 'x|192.0.2.8', reading: { csv } })
  expect(found.columns[1]).toEqual({
    column: 'src_ip',
    to: 'src_endpoint.ip',
    example: '192.0.2.8',
  })
})

test('of another format there are no columns, and what cannot be read says why', () => {
  const found = survey({ format: 'json', text: '{"a":1}\n{"a":' })
  expect(found.columns).toEqual([])
  expect(found.survey).toMatchObject({
    events: 1,
    reasons: [{ reason: 'json.truncated', line: 2 }],
  })
})

test.each([
  [{ zone: 'Asia/Nowhere' }, 'zone'],
  [{ format: 'csv', reading: { csv: { time_format: 'dd/dd' } } }, 'reading.csv.time_format'],
])('%j is refused by its field', (part, field) => {
  expect(() => survey({ text: 'x', ...part })).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
  )
})

test('whatever is pasted, at most 100 records are read and counts add up', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 2000, unit: 'binary' }), (text) => {
      const { records, events, rejects } = survey({ format: 'csv', text }).survey
      expect(events + rejects).toBe(records)
    }),
  )
  expect(survey({ text: 'x\n'.repeat(30_000) }).survey.records).toBe(100)
})
