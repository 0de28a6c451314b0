import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { findingLines, Scanner } from '@haidang/haidang/scan/scanner'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const given = process.env['HAIDANG_SHARED']
const root = join(import.meta.dirname, '../..')
const shared = given === undefined || given === 'required' ? join(root, '../shared/data') : given
const data = join(shared, 'detection')
const present = given === 'required' || existsSync(data)
const active = [
  'rules',
  'rules-emerging-threats',
  'rules-threat-hunting',
  'rules-compliance',
  'rules-dfir',
]
const options = {
  format: 'auto',
  zone: 'UTC',
  unrouted: 'closed',
  explain: false,
  timeField: undefined,
  behaviour: false,
} as const

describe.skipIf(!present)(
  'the rules of SigmaHQ on real records as they come (skipped without shared data)',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'haidang-network-'))
    let scanner: Scanner

    beforeAll(async () => {
      const archive = join(data, 'sigma-rules/sigma-rules-8eaafff1.tar.gz')
      execFileSync('tar', ['xzf', archive, '-C', directory])
      const folders = active.map((name) => ({
        ...{ label: name, path: join(directory, name), required: true },
      }))
      const files = await readRuleFiles(await findFiles(folders, ruleEndings))
      scanner = new Scanner(compileRules(files), options, 1_767_580_200_000)
    }, 120_000)
    afterAll(() => rmSync(directory, { recursive: true, force: true }))

    // Each judged by the text of the rule and the lines it names.
    test.each([
      [
        'zeek/apt29_day1_zeek.ndjson.gz',
        {
          'Executable from Webdav': 4,
          // Of a bare address: its last part is none of the domains trusted.
          'Download From Suspicious TLD - Whitelist': 4,
          'Windows WebDAV User Agent': 2,
        },
      ],
      // ocsp.globalsign.cloud: harmless, but `.cloud` is on the list.
      ['zeek/dns_full.ndjson.gz', { 'Low Reputation Effective Top-Level Domain (eTLD)': 2 }],
      ['zeek/zeek_json_mixed.ndjson.gz', { 'MITRE BZAR Indicators for Execution': 14 }],
      ['eve/eve_alerts.ndjson', {}],
      ['eve/eve_partial_from_suricata_verify.ndjson.gz', {}],
      [
        'cloud/aws_cloudtrail_ec2_proxy_s3_exfiltration.ndjson',
        { 'AWS STS AssumeRole Misuse': 11 },
      ],
      [
        'linux/sh_binary_padding_dd_2020-11-10081941.log',
        { 'Binary Padding - Linux': 1, 'Overwriting the File with Dev Zero or Null': 1 },
      ],
    ])('%s: exactly what was judged', (file, expected) => {
      const bytes = readFileSync(join(data, file))
      const text = new Uint8Array(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
      const counts: Record<string, number> = {}
      for (const finding of findingLines(file, 0, scanner.scan(text))) {
        const { title }: { title: string } = JSON.parse(finding)
        counts[title] = (counts[title] ?? 0) + 1
      }
      expect(counts).toEqual(expected)
    })
  },
)
