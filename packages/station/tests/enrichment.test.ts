import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import { EnrichmentService } from '@haidang/station/enrich/enrichment-service'
import { mmdbOf } from '@haidang/testbed/mmdb-writer'
import { expect, test } from 'vitest'
import { directory, examiner, type Node, startNode, stopNode, withText } from './station-node.ts'

const day = 86_400_000

async function service() {
  const places = {
    databases: join(directory, 'databases'),
    systems: join(directory, 'systems'),
    knownGood: join(directory, 'known-good'),
  }
  for (const path of Object.values(places)) await mkdir(path, { recursive: true })
  const watched = (path: string) => [{ label: '', path, required: true }]
  const made = new EnrichmentService({
    examiner,
    places: {
      databases: watched(places.databases),
      systems: watched(places.systems),
      knownGood: watched(places.knownGood),
    },
    settings: { ownNetworks: ['10.0.0.0/8'], lowerKnownGood: false, leaseHours: 24 },
    staleDays: 60,
    clock: systemClock,
    log: silentLog,
  })
  return { made, places }
}

function country(code: string, builtAt = systemClock.now()): Uint8Array {
  return mmdbOf([['11.0.0.0/8', { country: { iso_code: code } }]], { type: 'Country', builtAt })
}

function send(node: Node, ...messages: readonly string[]): void {
  const socket = connect(node.station.ports()?.syslogTcp ?? 0, '127.0.0.1')
  for (const message of messages) socket.write(`<38>1 ${systemClock.iso()} gw ${message}\n`)
  socket.end()
}

const signIn = (port: number) =>
  `sshd 7 - - Failed password for root from 10.9.0.7 port ${port} ssh2`

test('a lease stands on later events of its address, also after a restart', async () => {
  const { made } = await service()
  await made.refresh()
  const before = await startNode('enrichment')
  send(before, 'dhcpd 5 - - DHCPACK on 10.9.0.7 to 00:53:00:aa:bb:cc (may-ke-toan) via eth0')
  await withText(before, 'DHCPACK on')
  send(before, signIn(4001))
  const [first] = await withText(before, 'port 4001')
  expect(first?.src_endpoint).toMatchObject({
    hostname: 'may-ke-toan',
    mac: '00:53:00:aa:bb:cc',
    location: { is_on_premises: true },
    zone: 'private',
    lease: { kind: 'dhcp', filled: ['hostname', 'mac'] },
  })
  await stopNode(before)

  const after = await startNode('enrichment', before.events)
  send(after, signIn(4002))
  const [second] = await withText(after, 'port 4002')
  expect(second?.src_endpoint?.hostname).toBe('may-ke-toan')
})

test('files replaced while the line runs come into force, and what cannot be read is said and left out', async () => {
  const { made, places } = await service()
  await writeFile(join(places.databases, 'country.mmdb'), country('VN'))
  await writeFile(
    join(places.systems, 'systems.csv'),
    'match,system,organisation,level\n10.1.0.0/16,Cổng dịch vụ công,"Bộ A, Vụ B",3\nnot a match,x,,\n',
  )
  await made.refresh()
  const node = await startNode('replaced')
  const from = (address: string, port: number) =>
    `sshd 7 - - Failed password for root from ${address} port ${port} ssh2`
  send(node, from('11.1.1.1', 5001), from('10.1.1.1', 5002))
  const [one] = await withText(node, 'port 5001')
  expect(one?.src_endpoint?.location).toEqual({ country: 'VN' })
  const [two] = await withText(node, 'port 5002')
  expect(two?.src_endpoint?.system).toEqual({
    name: 'Cổng dịch vụ công',
    organisation: 'Bộ A, Vụ B',
    level: 3,
  })
  expect(await made.check()).toMatchObject({
    state: 'warn',
    cause: {
      en: 'Enrichment data cannot be used: systems.csv:3: not a match is neither an address, a network nor a name',
    },
  })

  await writeFile(join(places.systems, 'systems.csv'), 'match,system\n10.1.0.0/16,LAN\n')
  const fresh = join(directory, 'fresh.mmdb')
  await writeFile(fresh, country('SG', systemClock.now() - 61 * day))
  await rename(fresh, join(places.databases, 'country.mmdb'))
  await made.refresh()
  send(node, from('11.1.1.1', 5003))
  const [three] = await withText(node, 'port 5003')
  expect(three?.src_endpoint?.location).toEqual({ country: 'SG' })
  expect(await made.check()).toMatchObject({
    state: 'warn',
    cause: { en: 'country.mmdb is 61 days old; countries and autonomous systems may be wrong' },
  })

  await copyFile(join(places.systems, 'systems.csv'), join(places.databases, 'country.mmdb'))
  await made.refresh()
  expect((await made.check()).cause.en).toContain('country.mmdb: not a MaxMind DB')
  send(node, from('11.1.1.1', 5004))
  const [four] = await withText(node, 'port 5004')
  expect(four?.src_endpoint?.location).toBeUndefined()
})
