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
  return surveyLines(survey, format, 'file').join('\n')
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
  const checks = [
    { check: 'paused' as const },
    { check: 'refused' as const, reason: 'token' as const, times: 3, sender: '192.0.2.1', at: 'T' },
    { check: 'network' as const, commands: ['ss -ltn', 'tcpdump port 5514'] },
  ]
  const samples = { source, senders: [], survey, repeats: [], checks, records: [] }
  const text = sampleLines({ ...samples, is_withheld: false })
  expect(text).toEqual([
    'fw: 0 received, of the latest:',
    'no records',
    'The source is paused: resume it in the portal.',
    'Turned away 3 × 192.0.2.1, last at T: its token is wrong or missing; copy it again, or take a new one (haidang source token).',
    'A wrong address or port, or a firewall between? On the machine of the station:',
    '  ss -ltn',
    '  tcpdump port 5514',
  ])
})

test('a file that is simply old is told its age, a stream that is late to set its clock', async () => {
  const clock = { ...systemClock, now: () => Date.parse('2026-12-02T03:01:00Z') }
  const survey = await surveyFile(
    { format: 'auto', file: '-', zone: 'Asia/Ho_Chi_Minh' },
    { input: Readable.from([Buffer.from(`${fortigate}\n${fortigate}\n`)]), clock },
  )
  expect(surveyLines(survey, 'auto', 'file')).toContain('Time: written 10 days ago.')
  expect(surveyLines(survey, 'auto', 'stream')).toContain(
    'Time: 10 days behind this clock; set the sender’s clock by NTP.',
  )
})
