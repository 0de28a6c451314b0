import { expect, test } from 'vitest'
import type { Event } from './event.ts'
import { eventOfRow, eventRow, type WholeEventRow, wholeEventColumns } from './event-row.ts'

const event: Event = {
  id: 'evt_01a20367-7d29-8c1d-9486-83bfe48c1b1d',
  organisation_id: 'org_1',
  tlp: 'amber+strict',
  node_id: 'node_1',
  source_id: 'source_1',
  time: '9999-12-31T23:59:59.000Z',
  original_time: 'Dec 31 23:59:59',
  received_time: '2026-11-22T13:17:23.625Z',
  class_uid: 3002,
  activity_id: 1,
  severity_id: 3,
  status: 'failure',
  message: 'Đăng nhập sai "root"\\\t\n<b>',
  src_endpoint: { ip: '192.0.2.7', port: 0 },
  user: { name: 'root' },
  metadata: {
    version: '1.6.0',
    product: 'sshd',
    vendor: 'OpenSSH',
    log_name: 'auth',
    event_code: '4625',
    parser: 'sshd',
    simulated: true,
  },
  logsource: { product: 'linux', service: 'sshd' },
  observables: [
    { type: 'ip', value: '192.0.2.7', name: 'src_endpoint.ip' },
    { type: 'user', value: '"r\\oot"', name: 'user.name' },
    { type: 'domain', value: 'example.com', name: 'query.hostname', known_good: ['A', 'B'] },
  ],
  unmapped: { __proto__: null, deep: { list: [1, null, 'x'] }, '': 0 },
  raw_data: '<38>Dec 31 23:59:59 h sshd[1]: \u0000 "\\',
}

/** As the store answers: the text of `event`, and nothing of columns that were not asked for. */
function asked(row: string): WholeEventRow {
  const all = JSON.parse(row) as Record<string, unknown>
  const columns = wholeEventColumns.map((name) => [name, all[name]])
  const whole = Object.fromEntries(columns.filter(([, value]) => value !== undefined))
  return { ...whole, event: JSON.stringify(all['event']) } as WholeEventRow
}

test('an event is the same again from its row', () => {
  expect(eventOfRow(asked(eventRow(event)))).toEqual(event)
  expect(eventOfRow(JSON.parse(eventRow(event)) as WholeEventRow)).toEqual(event)
})

test('an event without any of what may be absent or empty is the same again', () => {
  const bare: Event = {
    ...event,
    tlp: 'clear',
    class_uid: 0,
    activity_id: 0,
    severity_id: 0,
    message: '',
    metadata: { version: '1.6.0', product: 'x', parser: 'syslog', simulated: false },
    observables: [],
    unmapped: {},
    raw_data: '',
  }
  expect(eventOfRow(asked(eventRow(bare)))).toEqual(bare)
})

test('rows that hold the whole event in its text are read as they were', () => {
  const { raw_data, ...text } = event
  const row = { ...asked(eventRow(event)), event: JSON.stringify(text), raw_data }
  expect(eventOfRow(row)).toEqual(event)
})

test('what stands in a column is not written a second time', () => {
  const row = eventRow(event)
  expect(row.split(event.id)).toHaveLength(2)
  expect(row.split(event.received_time)).toHaveLength(2)
  expect(row.split('"sshd"')).toHaveLength(4)
})
