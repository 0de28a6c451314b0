import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Detector } from '../detector.ts'
import { noIndicators } from '../indicators/indicator-tables.ts'
import { sampleEvent } from '../sample-event.ts'
import { compileRules } from '../sigma/rule-set.ts'
import type { Pipeline } from './pipeline.ts'
import { readPipeline } from './read-pipeline.ts'
import { firesUnder } from './trial.ts'

const shared = process.env['HAIDANG_SHARED']
const root = join(import.meta.dirname, '../../../..')
const directory =
  shared === undefined || shared === 'required' ? join(root, '../shared/data') : shared
const present = shared === 'required' || existsSync(join(directory, 'detection/zeek'))
const files = globSync(join(root, 'content/pipelines/*.yml'))

function pipeline(name: string) {
  return readPipeline(name, readFileSync(join(root, 'content/pipelines', `${name}.yml`), 'utf8'))
}

type Fields = Readonly<Record<string, unknown>>

/** Whether a rule fires on a record that came from a log source, under a pipeline that ships. */
function fires(name: string, logsource: object, selection: Fields, from: object, record: Fields) {
  return firesUnder([pipeline(name)], { logsource, selection }, from, { ...record })
}

test.each(files.map((path) => [basename(path), path]))(
  '%s is read without a note',
  (name, path) => {
    const read = readPipeline(name, readFileSync(path, 'utf8'))
    expect(read.notes).toEqual([])
    expect(read.steps.length).toBeGreaterThan(0)
  },
)

describe('ecs', () => {
  const windows = { product: 'windows', category: 'process_creation' }
  const record = {
    event: { code: '1', provider: 'Microsoft-Windows-Sysmon' },
    process: {
      executable: 'C:\\Windows\\System32\\cmd.exe',
      command_line: 'cmd /c whoami',
      parent: { executable: 'C:\\Windows\\explorer.exe' },
    },
    winlog: {
      channel: 'Microsoft-Windows-Sysmon/Operational',
      event_data: { User: 'VN\\an', IntegrityLevel: 'High' },
    },
  }
  test.each([
    [{ 'Image|endswith': '\\cmd.exe', 'ParentImage|endswith': '\\explorer.exe' }, true],
    [{ 'CommandLine|contains|all': ['whoami', '/c'], EventID: 1 }, true],
    [{ User: 'VN\\an', IntegrityLevel: ['High', 'System'] }, true],
    [{ Image: null }, false],
    [{ IntegrityLevel: 'Low' }, false],
  ])('a Windows rule with %j: %s', (selection, expected) => {
    expect(fires('ecs', windows, selection, windows, record)).toBe(expected)
  })

  test('web rules find address, agent and status', () => {
    const web = { category: 'webserver' }
    const access = {
      url: { original: '/x?id=1', query: 'id=1', path: '/x' },
      user_agent: { original: 'sqlmap/1' },
      http: { request: { method: 'GET' }, response: { status_code: 200 } },
    }
    const selection = {
      'cs-uri-query': 'id=1',
      'cs-user-agent|startswith': 'sqlmap',
      'sc-status': 200,
    }
    expect(fires('ecs', web, selection, web, access)).toBe(true)
  })
})

test('sysmon-hashes: a field for an algorithm is looked for in Hashes', () => {
  const windows = { product: 'windows', category: 'image_load' }
  const record = { Hashes: 'SHA1=00AA,MD5=11BB,IMPHASH=22CC' }
  const selection = { md5: ['ffff', '11bb'], 'Imphash|startswith': '22' }
  expect(fires('sysmon-hashes', windows, selection, windows, record)).toBe(true)
  expect(fires('sysmon-hashes', windows, { sha1: '11bb' }, windows, record)).toBe(false)
})

test('ecs-rules: a rule written with ECS names finds what the event calls otherwise', () => {
  const logsource = { product: 'linux', service: 'sshd' }
  const event = sampleEvent({
    logsource,
    src_endpoint: { ip: '203.0.113.7', port: 4000 },
    user: { name: 'root' },
    status: 'failure',
  })
  const selection = {
    'source.ip|cidr': '203.0.113.0/24',
    'user.name': 'root',
    'event.outcome': 'failure',
  }
  const text = JSON.stringify({
    title: 'Thử',
    logsource,
    detection: { selection, condition: 'selection' },
  })
  const examine = (pipelines: Pipeline[]) => {
    const rules = compileRules([{ path: 'a.yml', text }], { pipelines })
    return new Detector(rules, noIndicators()).examine({ event, record: {} })
  }
  expect(examine([pipeline('ecs-rules')])).toHaveLength(1)
  expect(examine([])).toHaveLength(0)
})

test('ocsf: rules find processes and addresses by OCSF names', () => {
  const linux = { product: 'linux', category: 'process_creation' }
  const record = {
    process: { file: { path: '/usr/bin/curl' }, cmd_line: 'curl http://x' },
    actor: { process: { cmd_line: 'sh -c x' } },
  }
  const selection = { Image: '/usr/bin/curl', 'ParentCommandLine|startswith': 'sh' }
  expect(fires('ocsf', linux, selection, linux, record)).toBe(true)
})

describe.skipIf(!present)('on real lines (skipped without shared data)', () => {
  function lines(path: string, ...words: string[]): string[] {
    const bytes = readFileSync(join(directory, 'detection', path))
    const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    return text
      .split('\n')
      .filter((line) => line !== '' && words.every((word) => line.includes(word)))
  }
  const dns = { category: 'dns' }
  const proxy = { category: 'proxy' }

  test('Zeek: a rule for any DNS log', () => {
    const [line = '{}'] = present ? lines('zeek/dns_full.ndjson.gz', '"ise.wrccdc.org"') : []
    const record = JSON.parse(line) as Fields
    const selection = {
      'query|endswith': '.wrccdc.org',
      record_type: 'A',
      'answer|contains': '134.71.3.16',
    }
    const from = { product: 'zeek', service: 'dns' }
    expect(fires('zeek', dns, selection, from, record)).toBe(true)
    expect(fires('zeek', dns, { ...selection, record_type: 'TXT' }, from, record)).toBe(false)
    expect(fires('zeek', { product: 'windows', ...dns }, selection, from, record)).toBe(false)
  })

  test('Zeek: a rule for any proxy, with either way of writing the connection', () => {
    const [line = '{}'] = lines('zeek/apt29_day1_zeek.ndjson.gz', '"@stream":"http"', 'DavClnt')
    const record = JSON.parse(line) as Fields
    const selection = {
      'c-useragent': 'DavClnt',
      'cs-method': 'OPTIONS',
      'sc-status': 403,
      'c-ip|cidr': '10.0.0.0/8',
    }
    expect(fires('zeek', proxy, selection, { product: 'zeek', service: 'http' }, record)).toBe(true)
    expect(
      fires(
        'zeek',
        { category: 'firewall' },
        { dst_port: 80 },
        { product: 'zeek', service: 'conn' },
        record,
      ),
    ).toBe(true)
  })

  test('Suricata: rules for any DNS log, proxy and antivirus', () => {
    const partial = lines('eve/eve_partial_from_suricata_verify.ndjson.gz')
    const asked = JSON.parse(
      partial.find((line) => line.includes('"rrname": "ipv6.google.com", "rrtype": "AAAA"')) ??
        '{}',
    ) as Fields
    const selection = { query: 'ipv6.google.com', record_type: 'AAAA', dst_port: 53 }
    expect(
      fires('suricata-eve', dns, selection, { product: 'suricata', service: 'dns' }, asked),
    ).toBe(true)
    const [line = '{}'] = lines('eve/eve_alerts.ndjson', 'Nessus User Agent')
    const alert = JSON.parse(line) as Fields
    const web = { 'c-useragent|contains': 'Nessus', 'cs-method': 'GET', 'sc-status': 404 }
    expect(fires('suricata-eve', proxy, web, { product: 'suricata', service: 'http' }, alert)).toBe(
      true,
    )
    const virus = { 'Signature|contains': 'Nessus' }
    expect(
      fires(
        'suricata-eve',
        { category: 'antivirus' },
        virus,
        { product: 'suricata', service: 'alert' },
        alert,
      ),
    ).toBe(true)
  })

  test('auditd: process rules on single records, and rules for auditd untouched', () => {
    const path = 'linux/sh_binary_padding_dd_2020-11-10081941.log'
    const records = lines(path).map((line) =>
      Object.fromEntries(
        [...line.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)].map((found) => [
          found[1],
          found[2] ?? found[3],
        ]),
      ),
    )
    const from = { product: 'linux', service: 'auditd' }
    const creation = { product: 'linux', category: 'process_creation' }
    const hits = (logsource: object, selection: Fields) =>
      records.filter((record) => fires('auditd', logsource, selection, from, record)).length
    expect(hits(creation, { 'Image|endswith': '/dd' })).toBeGreaterThan(0)
    expect(hits(creation, { 'Image|endswith': '/nc' })).toBe(0)
    expect(hits(from, { type: 'EXECVE', a0: 'dd', 'a1|startswith': 'if=' })).toBeGreaterThan(0)
  })
})
