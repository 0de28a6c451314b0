import type { Event, Logsource } from '@haidang/contracts/event'
import { expect, test } from 'vitest'
import { Detector } from '../detector.ts'
import { noIndicators } from '../indicators/indicator-tables.ts'
import { sampleEvent } from '../sample-event.ts'
import { compileRules } from './rule-set.ts'

/** Whether a rule finds its fields in an event whose record has none of their names. */
function finds(logsource: Logsource, selection: object, parts: Partial<Event>): boolean {
  const detection = { selection, condition: 'selection' }
  const text = JSON.stringify({ title: 'Thử', logsource, detection })
  const detector = new Detector(compileRules([{ path: 'a.yml', text }]), noIndicators())
  return detector.examine({ event: sampleEvent({ logsource, ...parts }), record: {} }).length > 0
}

const hashes = [
  { algorithm: 'SHA-256' as const, value: 'ab12' },
  { algorithm: 'imphash' as const, value: 'cd34' },
]
const creation = { product: 'windows', category: 'process_creation' }
const url = 'http://user@evil.example:8080/a/b.php?id=1'
const request = { http_request: { url, user_agent: 'curl' }, http_response: { code: 200 } }
const outbound = {
  dst_endpoint: { ip: '203.0.113.7', port: 443, hostname: 'c2.example' },
  connection_info: { direction: 'outbound' as const, protocol_name: 'tcp' },
}

test.each<[string, Logsource, object, Partial<Event>]>([
  [
    'hashes as Sysmon writes them',
    creation,
    { 'Hashes|contains': 'SHA256=AB12' },
    { process: { file: { hashes } } },
  ],
  [
    'a hash by its algorithm',
    creation,
    { sha256: 'AB12', Imphash: 'cd34' },
    { process: { file: { hashes } } },
  ],
  [
    'hashes of a file',
    { product: 'windows', category: 'file_event' },
    { 'Hashes|contains': 'IMPHASH=cd34' },
    { file: { hashes } },
  ],
  [
    'a connection and who began it',
    { category: 'network_connection' },
    { DestinationPort: 443, Initiated: 'true' },
    outbound,
  ],
  [
    'a connection of Linux',
    { product: 'linux', category: 'network_connection' },
    { 'DestinationHostname|endswith': '.example', Protocol: 'tcp' },
    outbound,
  ],
  [
    'the parts of a URL',
    { category: 'proxy' },
    {
      'cs-host': 'evil.example',
      'cs-uri-stem|endswith': '/a/b.php',
      'c-uri-query': 'id=1',
      'c-uri-extension': 'php',
      'c-uri': url,
    },
    request,
  ],
  [
    'agent and status of a web server',
    { category: 'webserver' },
    { 'cs-user-agent': 'curl', 'sc-status': 200, 'r-dns': 'evil.example' },
    request,
  ],
  [
    'what an antivirus found',
    { category: 'antivirus' },
    { Signature: 'Mimikatz', 'Filename|endswith': '.exe' },
    { finding: { title: 'Mimikatz' }, file: { path: 'C:\\m.exe' } },
  ],
  [
    'a DNS question and answer',
    { category: 'dns' },
    { query: 'a.example', record_type: 'A', 'answer|contains': '203.' },
    { query: { hostname: 'a.example', type: 'A' }, answers: ['203.0.113.7'] },
  ],
  [
    'addresses a firewall saw',
    { category: 'firewall' },
    { dst_ip: '203.0.113.7', dst_port: 443 },
    outbound,
  ],
])('%s', (_, logsource, selection, parts) => {
  expect(finds(logsource, selection, parts)).toBe(true)
  expect(finds(logsource, selection, {})).toBe(false)
})

test('a host is read from an absolute URL only', () => {
  const of = (host: string, written: string) =>
    finds({ category: 'proxy' }, { 'cs-host': host }, { http_request: { url: written } })
  expect(of('[2001:db8::1]', 'https://[2001:db8::1]:443/x')).toBe(true)
  expect(of('a.example', '/x?u=http://a.example/')).toBe(false)
  const seen = { http_request: { url: '/x' }, dst_endpoint: { hostname: 'web' } }
  expect(finds({ category: 'proxy' }, { 'cs-host': 'web' }, seen)).toBe(true)
})
