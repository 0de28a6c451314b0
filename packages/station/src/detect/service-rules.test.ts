import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fires } from './rule-on-line.ts'

const line = (path: string) =>
  readFileSync(
    join(import.meta.dirname, '../normalise/fixtures', `${path}.constructed.log`),
    'utf8',
  ).trimEnd()

const anyDns = { category: 'dns' }
const linux = (service: string) => ({ product: 'linux', service })

test.each(['unbound/query', 'dnsmasq/query', 'bind/query'])(
  'rules for any DNS log see who asks for what in %s',
  (path) => {
    const asked = { 'query|endswith': '.example.vn', record_type: 'A', src_ip: '192.0.2.77' }
    expect(fires(anyDns, asked, line(path))).toBe(true)
    expect(fires(anyDns, { query: 'khac.example' }, line(path))).toBe(false)
  },
)

test('rules for DNS see answers of dnsmasq, and none see its leases', () => {
  expect(fires(anyDns, { answer: '203.0.113.7' }, line('dnsmasq/reply'))).toBe(true)
  expect(fires(anyDns, { 'message|contains': 'DHCP' }, line('dnsmasq/lease'))).toBe(false)
})

test.each(['w3c/usual', 'w3c/with-head'])('rules for web servers see the request of %s', (path) => {
  const server = { category: 'webserver' }
  const upload = { 'cs-method': 'POST', 'cs-uri-stem|endswith': '/upload.ashx' }
  expect(fires(server, { 'sc-status': [200, 500], 'cs-user-agent|exists': true }, line(path))).toBe(
    true,
  )
  expect(fires(server, upload, line(path))).toBe(path === 'w3c/with-head')
})

test('rules for Windows see events in XML, by Snare, and in alerts of Wazuh, under the usual names', () => {
  const started = { product: 'windows', category: 'process_creation' }
  const cmd = { 'Image|endswith': '\\cmd.exe', 'ParentImage|endswith': '\\explorer.exe' }
  expect(fires(started, cmd, line('windows-xml/sysmon-1-in-syslog'))).toBe(true)
  expect(fires(started, { CommandLine: 'whoami /all' }, line('windows-syslog/snare-4688'))).toBe(
    true,
  )
  expect(fires(started, { 'ParentImage|endswith': '\\WINWORD.EXE' }, line('wazuh/windows'))).toBe(
    true,
  )
  const security = { product: 'windows', service: 'security' }
  const failed = { EventID: 4625, IpAddress: '203.0.113.9' }
  for (const path of ['windows-xml/security-4625', 'windows-syslog/snare-4625']) {
    expect(fires(security, failed, line(path))).toBe(true)
  }
})

test('rules for Linux see what su, cron and account tools write', () => {
  expect(fires(linux('auth'), { 'message|contains': 'FAILED su' }, line('su/failed-shadow'))).toBe(
    true,
  )
  expect(fires(linux('cron'), { 'message|contains': 'REPLACE' }, line('cron/replaced'))).toBe(true)
  expect(
    fires(linux('auth'), { 'message|contains': 'UID=0' }, line('linux-accounts/new-user')),
  ).toBe(true)
})

test('rules for clouds see records that are wrapped, and those read as products', () => {
  const trail = { product: 'aws', service: 'cloudtrail' }
  expect(fires(trail, { eventName: 'CreateUser' }, line('cloudtrail/create-user'))).toBe(true)
  const rule = { Operation: 'New-InboxRule', 'Parameters.Name': 'ForwardTo' }
  expect(fires({ product: 'm365', service: 'audit' }, rule, line('m365/inbox-rule'))).toBe(true)
  const signIn = { 'properties.status.errorCode': 50_126 }
  expect(
    fires({ product: 'azure', service: 'signinlogs' }, signIn, line('azure/sign-in-failed')),
  ).toBe(true)
})
