import { expect, test } from 'vitest'
import type { LineSource } from '../line.ts'
import { toEvent } from './to-event.ts'

const id = 'src_01a02b03-0000-7000-8000-000000000001'

function read(body: string, change: Partial<LineSource> = {}) {
  const source: LineSource = {
    id,
    name: 'any',
    collector: 'syslog-tcp',
    format: 'auto',
    zone: 'UTC',
    logsource: {},
    tlp: 'amber',
    ...change,
  }
  const record = {
    position: { segment: 1, offset: 8 },
    origin: `${id} 192.0.2.9`,
    key: undefined,
    receivedAt: Date.parse('2026-11-22T03:00:00Z'),
    body: Buffer.from(body),
  }
  return toEvent(record, {
    organisation_id: 'org_01a02b03-0000-7000-8000-000000000002',
    node_id: 'nod_01a02b03-0000-7000-8000-000000000003',
    simulated: false,
    sources: new Map([[id, source]]),
  })
}

function remarks(body: string): Record<string, unknown> | undefined {
  const found = read(body)
  return found.ok ? found.event.unmapped : undefined
}

test.each([
  ['CEF without its head', 'Vendor|Product|1|7|Login|Low|src=192.0.2.1 act=deny', 'cef', 'src='],
  [
    'JSON of an incomplete product',
    '{"src_ip":"192.0.2.1","dest_ip":"192.0.2.2","proto":"TCP","x":1}',
    'suricata-eve',
    'dest_ip',
  ],
  ['values in a row', '192.0.2.1;443;tcp;deny;lan;7', 'csv', '6 × ";"'],
])('%s is kept raw, with what it looks like and why', (_name, line, format, mark) => {
  const found = remarks(line)
  expect(found?.['haidang.looks_like']).toBe(format)
  expect(found?.['haidang.looks_like_has']).toContain(mark)
  expect(found?.['haidang.looks_like_lacks']).not.toContain(mark)
})

test.each([
  ['a line that names its program', '<13>Nov 22 02:58:12 gate worker[3]: saw src= and act= |Low|'],
  ['words', 'nothing that anybody knows'],
  ['a record prepared for Sigma', '{"product":"linux","event_type":"a","flow_id":1}'],
])('%s gets no suggestion', (_name, line) => {
  expect(remarks(line)).not.toHaveProperty(['haidang.looks_like'])
})

test('a reject says what it looks like beside why it was refused', () => {
  const line = 'date=2026-11-22 devname=FGT devid=FG1 vd=root type=traffic logid=1'
  expect(read(line, { format: 'zeek-json' })).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/; looks like fortigate: has logid= type=/),
  })
})
