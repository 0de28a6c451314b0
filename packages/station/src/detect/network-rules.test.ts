import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fires } from './rule-on-line.ts'

const line = (path: string) =>
  readFileSync(
    join(import.meta.dirname, '../normalise/fixtures', `${path}.constructed.log`),
    'utf8',
  ).trimEnd()

const configuration = { product: 'fortigate', service: 'event' }
const anyFirewall = { category: 'firewall' }

test('rules for FortiGate see what its administrators change', () => {
  const admin = { action: 'Add', cfgpath: 'system.admin' }
  expect(fires(configuration, admin, line('fortigate/admin-added'))).toBe(true)
  expect(fires(configuration, admin, line('fortigate/policy-added'))).toBe(false)
  expect(fires(configuration, admin, line('fortigate/traffic-accept'))).toBe(false)
})

test.each(['fortigate/traffic-accept', 'cisco-asa/built-inbound', 'netfilter/ufw-allow'])(
  'rules that ask for the action find it accepted in %s',
  (path) => {
    expect(fires(anyFirewall, { action: ['accept', 'forward'] }, line(path))).toBe(true)
  },
)

test.each([
  'fortigate/traffic-accept',
  'pan-os/traffic-end',
  'cisco-asa/built-inbound',
  'check-point/accept',
  'filterlog/pass-tcp6',
  'netfilter/ufw-allow',
])('rules for any firewall see what %s lets through', (path) => {
  const ends = { dst_port: 8080, 'src_ip|exists': true, 'dst_ip|exists': true }
  expect(fires(anyFirewall, { ...ends, blocked: 'false' }, line(path))).toBe(true)
})

test.each([
  'fortigate/traffic-deny',
  'leef/version-1',
  'key-values/firewall',
  'pan-os/traffic-drop',
  'cisco-asa/denied-by-access-group',
  'cisco-asa/access-list',
  'cisco-ios/access-list',
  'check-point/drop',
  'filterlog/block-tcp',
  'netfilter/ufw-block',
  'mikrotik/firewall-drop',
])('rules for any firewall see what %s keeps out', (path) => {
  expect(fires(anyFirewall, { blocked: 'true', 'dst_port|gt': 0 }, line(path))).toBe(true)
  expect(fires(anyFirewall, { blocked: 'false' }, line(path))).toBe(false)
})

test.each(['fortigate/virus', 'cef/malware', 'pan-os/threat-virus'])(
  'rules for antivirus see the signature of %s',
  (path) => {
    const webshell = { 'Signature|contains': ['PHP/', 'JS_'] }
    expect(fires({ category: 'antivirus' }, webshell, line(path))).toBe(true)
  },
)

test.each([
  ['fortigate/webfilter', { 'c-uri|contains': '/cuoc', 'cs-host': 'danh-bac.example' }],
  ['pan-os/threat-url', { 'c-uri|contains': '/cuoc', 'cs-host': 'danh-bac.example' }],
  ['squid/native', { 'c-uri|endswith': '?id=1', 'cs-host': 'www.example.vn' }],
  ['squid/combined', { 'c-uri-extension': 'exe', 'c-useragent|startswith': 'curl' }],
  ['check-point/url-filtering', { 'c-uri|contains': '/cuoc', 'cs-method': 'GET' }],
  ['cef/labels', { 'c-uri|endswith': 'b=2', 'c-useragent|contains': 'X11' }],
])('rules for proxies see the request of %s', (path, request) => {
  expect(fires({ category: 'proxy' }, request, line(path))).toBe(true)
})

test.each([
  ['cisco-ios/aaa', 'show run'],
  ['cisco-ios/logged-command', 'no ip http'],
])("rules for Cisco's commands see %s", (path, typed) => {
  expect(fires({ product: 'cisco', service: 'aaa' }, [typed], line(path))).toBe(true)
  expect(fires({ product: 'cisco', service: 'bgp' }, [typed], line(path))).toBe(false)
})
