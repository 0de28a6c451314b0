import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { findingLines, Scanner } from '@haidang/haidang/scan/scanner'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  detectionData,
  hasDetectionData,
  readRules,
  scanOptions,
  scanTime,
  unpackRules,
} from './harness/sigma-hq.ts'

describe.skipIf(!hasDetectionData)(
  'the rules of SigmaHQ on real records as they come (skipped without shared data)',
  () => {
    const directory = mkdtempSync(join(tmpdir(), 'haidang-network-'))
    let scanner: Scanner

    beforeAll(async () => {
      unpackRules(directory)
      const rules = compileRules(await readRules(directory))
      scanner = new Scanner(rules, scanOptions, scanTime)
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
      const bytes = readFileSync(join(detectionData, file))
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
