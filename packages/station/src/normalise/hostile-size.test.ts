import { expect, test } from 'vitest'
import { longestRecord } from '../collect/collector.ts'
import { toEvent } from './to-event.ts'

/** Milliseconds of processor time that a record may take, however it is made. */
const longest = 50
const context = { organisation_id: 'org', node_id: 'nod', simulated: false, sources: new Map() }

/** A record of the largest size: what is repeated between what it begins and ends with. */
function filled(start: string, piece: (i: number) => string, end = ''): string {
  const pieces: string[] = []
  let room = longestRecord - start.length - end.length
  for (let i = 0; ; i++) {
    const next = piece(i)
    room -= Buffer.byteLength(next)
    if (room < 0) return `${start}${pieces.join('')}${end}`
    pieces.push(next)
  }
}

const audit = 'type=SYSCALL msg=audit(1795316400.965:7): '
const cef = 'CEF:0|Fortinet|Fortigate|v7|1|traffic|3|src=192.0.2.1 msg='
const xml = '<Event xmlns="x"><System '
const sysmon = '{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational"'
const short = (i: number) => `,"${i.toString(36)}":1`

test.each([
  ['fields of the audit log', filled(audit, (i) => `k${i % 9}=1 `)],
  ['fields a program reported to the audit log', filled(`${audit}msg='`, () => 'a=1 ', "'")],
  ['lines of an event of the audit log', filled(audit, () => `\n${audit}a=1`)],
  ['escapes in CEF', filled(cef, () => '\\\\')],
  ['other escapes in CEF', filled(cef, () => '\\=')],
  ['attributes in XML', filled(xml, () => 'k="v" ', '/></Event>')],
  ['elements in XML', filled('<Event><System>', () => '<a/>', '</System></Event>')],
  ['names in JSON', filled(sysmon, short, '}')],
  ['names in JSON of no product', filled('{"x":1', short, '}')],
  ['the same name in JSON', filled('{"x":1', () => ',"x":2', '}')],
  ['objects in JSON', filled(`${sysmon},"data":[1`, (i) => `,{"x":${i}}`, ']}')],
  ['lists in JSON', filled(`${sysmon},"data":[1`, () => ',[]', ']}')],
])('a megabyte of %s', (_what, text) => {
  const body = Buffer.from(text)
  const record = {
    position: { segment: 0, offset: 0 },
    origin: 'src 192.0.2.1',
    key: undefined,
    receivedAt: Date.parse('2026-11-22T03:00:00Z'),
    body,
  }
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < 5; i++) {
    const before = process.threadCpuUsage()
    toEvent(record, context)
    const { user, system } = process.threadCpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  expect(least).toBeLessThan(longest)
})
