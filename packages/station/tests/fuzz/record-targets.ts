import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Event } from '@haidang/contracts/event'
import { formatNames, type KnownFormat } from '@haidang/contracts/record-format'
import { printOrigin } from '../../src/collect/origin.ts'
import type { LineContext, Normalised } from '../../src/line.ts'
import { toEvent } from '../../src/normalise/to-event.ts'
import type { Target } from './fuzz.ts'

const fixtures = join(import.meta.dirname, '../../src/normalise/fixtures')
const sourceId = 'src_01a02b03-0000-7000-8000-000000000001'
/** A mutated record is no longer: what costs time in proportion to its length is timed elsewhere. */
const longest = 4096

const areas = {
  network:
    'cef leef key-values fortigate pan-os cisco-asa cisco-ios check-point mikrotik filterlog netfilter squid modsecurity',
  systems:
    'syslog windows-xml windows-syslog sshd sudo access-log auditd su cron systemd linux-accounts zeek-tsv w3c csv',
  services:
    'bind unbound dnsmasq dhcpd kea postfix dovecot openvpn wireguard mariadb-audit postgresql exchange-tracking',
} as const

/** The targets of one area; `objects` are all the others, in JSON. */
export function targetsOf(area: keyof typeof areas | 'objects'): Target[] {
  const listed = new Set(Object.values(areas).join(' ').split(' '))
  const wanted = area === 'objects' ? undefined : new Set(areas[area].split(' '))
  return recordTargets().filter(({ name }) => wanted?.has(name) ?? !listed.has(name))
}

/** The parser and normaliser of each format; every other input as of a source that does not say its format. */
export function recordTargets(): Target[] {
  const auto = contextOf('auto')
  return (Object.keys(formatNames) as KnownFormat[]).map((format) => {
    const named = contextOf(format)
    return {
      name: format,
      seeds: seedsOf(format),
      longest,
      read: (input) => toEvent(recordOf(input), input.length % 2 === 0 ? named : auto),
      check,
    }
  })
}

function check(answer: unknown): void {
  const read = answer as Normalised
  if (read.ok) Event.parse(JSON.parse(JSON.stringify(read.event)))
  else if (!/^[a-z0-9-]+\.[a-z0-9-]+$/.test(read.reason)) throw new Error(`no code: ${read.reason}`)
}

function seedsOf(format: KnownFormat): Buffer[] {
  const folder = join(fixtures, format)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(folder, name)))
    .filter((bytes) => bytes.length <= longest)
}

function contextOf(format: KnownFormat | 'auto'): LineContext {
  return {
    organisation_id: 'org_01a02b03-0000-7000-8000-000000000002',
    node_id: 'nod_01a02b03-0000-7000-8000-000000000003',
    simulated: false,
    sources: new Map([
      [
        sourceId,
        {
          id: sourceId,
          name: 'fuzz',
          collector: 'syslog-tcp',
          format,
          zone: 'Asia/Ho_Chi_Minh',
          logsource: {},
          tlp: 'amber',
        },
      ],
    ]),
  }
}

function recordOf(body: Buffer) {
  return {
    position: { segment: 1, offset: 8 },
    origin: printOrigin({ sourceId, sender: '192.0.2.9' }),
    key: undefined,
    receivedAt: 1_795_316_292_000,
    body,
  }
}
