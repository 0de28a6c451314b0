import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { compileRules } from '@haidang/detection/sigma/rule-set'
import { expect, test } from 'vitest'
import { lineChunks } from './line-chunks.ts'
import { findingLines, Scanner } from './scanner.ts'

const rules = compileRules([
  {
    path: 'cắt.yml',
    text: `title: Lệnh mã hóa
id: ma-hoa
logsource: { category: process_creation, product: windows }
detection: { s: { CommandLine|contains: ['-enc', 'mật khẩu'] }, condition: s }
---
title: Mọi tiến trình
id: moi
logsource: { product: windows }
detection: { s: { Image|endswith: '\\\\cmd.exe' }, condition: s }
`,
  },
])

function sysmon(line: string): string {
  const head = { EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational' }
  return JSON.stringify({ ...head, Image: 'C:\\Windows\\cmd.exe', CommandLine: line })
}

/** Both ends of lines, blank lines, characters of two to four bytes, a line that is none, no line end at the end. */
const lines = [
  `${sysmon('powershell -ENC 😀')}\r\n`,
  '\r\n',
  '\n',
  `${sysmon('gõ Mật Khẩu')}\n`,
  '  \n',
  '{"EventID":1,"Channel":\r\n',
  `${sysmon('đường')}\r\n`,
  sysmon('-enc \u2028 x'),
]
const bytes = Buffer.from(lines.join(''))

/** The pieces one after the other, never two at once, as a pipe gives them. */
function inPieces(pieces: readonly Uint8Array[]): Readable {
  const left = [...pieces]
  return new Readable({
    highWaterMark: 1,
    read() {
      setImmediate(() => this.push(left.shift() ?? null))
    },
  })
}

interface Scan {
  readonly output: string
  readonly lines: number
  readonly events: number
  readonly rejects: number
}

const options = { format: 'windows-json', zone: 'UTC', unrouted: 'closed', explain: true } as const
const scanner = new Scanner(rules, { ...options, timeField: undefined }, 0)

/** What is found in pieces of a file. */
async function scanned(pieces: readonly Uint8Array[]): Promise<Scan> {
  const whole = { output: '', lines: 0, events: 0, rejects: 0 }
  let before = 0
  for await (const chunk of lineChunks('-', inPieces(pieces))) {
    const part = scanner.scan(chunk)
    for (const line of findingLines('tệp', before, part)) whole.output += `${line}\n`
    before += part.walked
    whole.lines += part.lines
    whole.events += part.events
    whole.rejects += part.rejects
  }
  return whole
}

function cutAt(file: Uint8Array, ...places: readonly number[]): Uint8Array[] {
  const ends = [...places, file.length]
  return ends
    .map((end, i) => file.subarray(ends[i - 1] ?? 0, end))
    .filter(({ length }) => length > 0)
}

function found({ output }: Scan): string[] {
  const findings = output.split('\n').filter((line) => line !== '')
  return findings.map((line) => {
    const { line: number, rule } = JSON.parse(line) as { line: number; rule: string }
    return `${number} ${rule}`
  })
}

test('findings and their lines are what the file says', async () => {
  const scan = await scanned([bytes])
  expect(found(scan).toSorted()).toEqual(
    ['1 ma-hoa', '1 moi', '4 ma-hoa', '4 moi', '7 moi', '8 ma-hoa', '8 moi'].toSorted(),
  )
  expect(scan).toMatchObject({ lines: 5, events: 4, rejects: 1 })
})

test('cutting the file at any byte, or at every byte, changes nothing', async () => {
  const whole = await scanned([bytes])
  for (let at = 1; at < bytes.length; at++) {
    expect([at, await scanned(cutAt(bytes, at))]).toEqual([at, whole])
  }
  expect(await scanned(cutAt(bytes, ...bytes.keys()))).toEqual(whole)
})

test('cutting a gzip file at any byte, or at every byte, changes nothing', async () => {
  const packed = gzipSync(bytes)
  const whole = await scanned([bytes])
  expect(await scanned([packed])).toEqual(whole)
  for (let at = 1; at < packed.length; at++) {
    expect([at, await scanned(cutAt(packed, at))]).toEqual([at, whole])
  }
  expect(await scanned(cutAt(packed, ...packed.keys()))).toEqual(whole)
})

test('gzip files one behind the other are one file', async () => {
  const middle = Math.floor(bytes.length / 2)
  const [first, second] = [bytes.subarray(0, middle), bytes.subarray(middle)]
  const packed = Buffer.concat([gzipSync(first), gzipSync(second)])
  expect(await scanned([packed])).toEqual(await scanned([bytes]))
})

test('where a chunk ends among the lines, nothing is lost, said twice, or given another number', async () => {
  const whole = await scanned([bytes])
  const shift = (scan: Scan) =>
    found(scan).map((one) => one.replace(/^\d+/, (n) => `${Number(n) - 1}`))
  const mebibyte = 1_048_576
  for (let before = 0; before <= bytes.length; before += 7) {
    // One blank line that ends so far before the first mebibyte.
    const filled = Buffer.concat([
      Buffer.alloc(mebibyte - before - 1, ' '),
      Buffer.from('\n'),
      bytes,
    ])
    const pieces = cutAt(filled, mebibyte / 2, mebibyte)
    expect([before, shift(await scanned(pieces))]).toEqual([before, found(whole)])
  }
})
