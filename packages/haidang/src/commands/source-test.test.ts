import { Readable } from 'node:stream'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type { Source } from '@haidang/contracts/source'
import { systemClock } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { sampleLines, surveyFile, surveyLines } from './source-test.ts'

const fortigate =
  'date=2026-11-22 time=09:58:12 devname="FGT" logid="0001000014" type="traffic" subtype="local" srcip=203.0.113.7'

async function told(text: string, format: RecordFormat): Promise<string> {
  const survey = await surveyFile(
    { format, file: '-', zone: 'Asia/Ho_Chi_Minh' },
    { input: Readable.from([Buffer.from(text)]), clock: systemClock },
  )
  return surveyLines(survey, format).join('\n')
}

test('a file of records is told: share read, format, rejects with line and remedy, fields, first event', async () => {
  const text = await told(`${fortigate}\n\n${fortigate}\n{"event_type":"al\n`, 'auto')
  expect(text).toContain('3 records: 2 events (66.6 %), 1 rejects')
  expect(text).toContain('  fortigate: 66.6 %')
  expect(text).toMatch(/Rejected 1 × json\.truncated .*first in line 3: \{"event_type":"al/)
  expect(text).toContain('raise the longest message of the sender')
  expect(text).toMatch(/ {2}src_endpoint\.ip +100 % {2}203\.0\.113\.7/)
  expect(text).toContain('"parser": "fortigate"')
})

test('another format that reads better is named', async () => {
  expect(await told(fortigate, 'pan-os')).toContain('Format fortigate reads these records better')
})

test('a line nobody knows is told what it comes closest to', async () => {
  const text = await told('devname=F devid=1 vd=root a:b type=x', 'auto')
  expect(text).toMatch(/No product known in line 1: .*\n {2}nearest format: fortigate; .*logid=/)
})

test('nothing is told as nothing', async () => {
  expect(await told('', 'auto')).toBe('no records')
})

test('of a source that got nothing the causes are told', async () => {
  const none = { input: Readable.from([]), clock: systemClock }
  const survey = await surveyFile({ format: 'auto', file: '-', zone: 'UTC' }, none)
  const source = { name: 'fw', format: 'auto', counters: { received: 0 } } as Source
  const checks = [{ check: 'paused' as const }]
  const samples = { source, senders: [], survey, repeats: [], checks, records: [] }
  const text = sampleLines({ ...samples, is_withheld: false })
  expect(text).toEqual(['fw: 0 received, of the latest:', 'no records', 'Check {"check":"paused"}'])
})
