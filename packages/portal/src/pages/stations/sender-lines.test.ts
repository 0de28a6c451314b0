import { readFile } from 'node:fs/promises'
import { products } from '@haidang/contracts/product-catalogue'
import { CollectorKind, tokenCollectors } from '@haidang/contracts/source'
import { usualPort } from '@haidang/contracts/usual-ports'
import { expect, test } from 'vitest'
import { senderLines } from './sender-lines.ts'

const target = {
  name: 'fw-1',
  path: '/run/haidang/syslog.sock',
  origin: 'https://node.example:8443',
  token: 'src-secret',
  products,
  isTls: false,
}

const settings: Partial<Record<CollectorKind, string>> = {
  'syslog-udp': 'syslog_port',
  'syslog-tcp': 'syslog_port',
  'syslog-tls': 'syslog_tls_port',
  lumberjack: 'lumberjack_port',
  'fluent-forward': 'fluent_port',
  'elastic-bulk': 'elastic_port',
  'splunk-hec': 'hec_port',
  'otlp-http': 'otlp_port',
  netflow: 'netflow_port',
  ipfix: 'ipfix_port',
  sflow: 'sflow_port',
}

/** The node fetches these itself. */
const fetched: readonly CollectorKind[] = ['tail-file', 'kafka']

test.each(CollectorKind.options)('whoever sends to %s gets address, port and token', (kind) => {
  const port = usualPort(kind)
  const written = senderLines(kind, { ...target, port }).map(({ lines }) => lines)
  expect(written.length > 0).toBe(!fetched.includes(kind))
  for (const lines of written) {
    if (port !== undefined) {
      expect(lines).toContain('node.example')
      expect(lines).toContain(String(port))
    }
    expect(lines.includes('src-secret')).toBe(tokenCollectors.has(kind))
  }
})

test('JSON lines go to the portal’s own address, a socket to its path', () => {
  const placed = { ...target, port: undefined }
  expect(senderLines('json-lines', placed)[0]?.lines).toContain(
    'https://node.example:8443/ingest/v1/fw-1',
  )
  expect(senderLines('syslog-socket', placed)[0]?.lines).toContain(
    '--socket /run/haidang/syslog.sock',
  )
})

test.each(['lumberjack', 'fluent-forward', 'elastic-bulk', 'splunk-hec', 'otlp-http'] as const)(
  'where the port of %s speaks TLS, so does whoever sends, and checks our certificate',
  (kind) => {
    const to = { ...target, port: 1234 }
    for (const { lines } of senderLines(kind, to)) {
      expect(lines).not.toMatch(/https:|haidang-authority/)
    }
    for (const { lines } of senderLines(kind, { ...to, isTls: true })) {
      expect(lines).toContain('haidang-authority.pem')
      expect(lines).not.toContain('http://')
    }
  },
)

test('the usual ports are those the configuration has', async () => {
  const reference = await readFile(
    new URL('../../../../../docs/reference/configuration.md', import.meta.url),
    'utf8',
  )
  for (const kind of CollectorKind.options) {
    const setting = settings[kind]
    const [, port] =
      new RegExp(`\`station.${setting}\` \\| integer \\| \`(\\d+)\``).exec(reference) ?? []
    expect([kind, usualPort(kind)]).toEqual([kind, port === undefined ? undefined : Number(port)])
  }
})
