import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { applies } from '@haidang/detection/match/router'
import { imageOf, ruleSetOf } from '@haidang/detection/sigma/rule-image'
import { compileRules, type RuleDocument } from '@haidang/detection/sigma/rule-set'
import { View } from '@haidang/detection/sigma/view'
import { partsOf } from '@haidang/haidang/scan/file-parts'
import { ScanThreads } from '@haidang/haidang/scan/scan-threads'
import { findingLines, Scanner } from '@haidang/haidang/scan/scanner'
import { CompiledRules } from '@haidang/station/detect/compiled-rules'
import { readForRules } from '@haidang/station/normalise/read-for-rules'
import {
  detectionData,
  hasDetectionData,
  readRules,
  scanOptions,
  scanTime,
  unpackRules,
} from '../tests/system/harness/sigma-hq.ts'
import { type Figure, median } from './figure.ts'

/** Lanes as RSigma publishes them, by the name of our figure. */
const lanes = {
  structured: 'structured_windows',
  sysmon_file: 'sysmon_file_event',
  cisco: 'cisco_syslog',
  raw_windows: 'raw_windows',
  match_heavy: 'match_heavy',
  mixed: 'mixed_schema',
  no_match: 'no_match',
} as const
const runs = 5
const warmUp = 12_000

/**
 * Lines a second from bytes in memory to findings written, on one thread: decode, parse, evaluate, output.
 * Beside each: decoding and JSON.parse of the same lines in the same run, which no engine of JavaScript
 * objects can pass. Files in, findings out, on two threads; what trying every rule would take; loading.
 */
export async function* figures(): AsyncGenerator<Figure> {
  if (!hasDetectionData) {
    console.error('detection: the shared rules and events are absent; nothing measured')
    return
  }
  const directory = mkdtempSync(join(tmpdir(), 'haidang-bench-'))
  try {
    unpackRules(directory)
    yield* loading(directory)
    yield* laneFigures(await readRules(directory, ['rules']))
    yield* realFigures(await readRules(directory), directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** From files on disk to rules that can be asked, compiled anew and as they were kept. */
async function* loading(directory: string): AsyncGenerator<Figure> {
  const kept = new CompiledRules(join(directory, 'kept'))
  const anew: number[] = []
  const again: number[] = []
  let files = 0
  for (let run = 0; run < runs; run++) {
    let before = performance.now()
    const cold = { documents: await readRules(directory), pipelines: [] }
    const compiled = compileRules(cold.documents)
    anew.push(performance.now() - before)
    files = cold.documents.length
    await kept.write(cold, imageOf(compiled))
    before = performance.now()
    const warm = { documents: await readRules(directory), pipelines: [] }
    const image = await kept.read(warm)
    if (image === undefined) throw new Error('what was compiled is not kept')
    ruleSetOf(image, warm.documents)
    again.push(performance.now() - before)
  }
  const unit = `ms from ${files} files to rules ready`
  const figure = (name: string, times: number[], how: string): Figure => {
    return { name, value: Math.round(median(times)), unit: `${unit}, ${how}`, median_of: runs }
  }
  yield figure('detection.load_ms', anew, 'compiled anew')
  yield figure('detection.load_cached_ms', again, 'as kept; each is read in full when first tried')
}

function* laneFigures(documents: readonly RuleDocument[]): Generator<Figure> {
  const rules = compileRules(documents)
  for (const [name, lane] of Object.entries(lanes)) {
    yield* oneThread(
      name,
      new Scanner(rules, scanOptions, scanTime),
      bytesOf(`bench-lanes/${lane}.ndjson.gz`),
    )
  }
}

async function* realFigures(documents: readonly RuleDocument[], directory: string) {
  const rules = compileRules(documents)
  const otrf = filesOf('windows-otrf')
  const creations = otrf.flatMap(linesOf).filter(isProcessCreation)
  const creationBytes = Buffer.from(creations.join('\n'))
  yield* oneThread('process_creation', new Scanner(rules, scanOptions, scanTime), creationBytes)
  yield naive(documents, creations)
  const threads = await ScanThreads.start(2, {
    image: imageOf(rules),
    options: scanOptions,
    now: scanTime,
  })
  try {
    yield await throughThreads(threads, 'otrf_2workers', otrf, directory)
    const zeek = ['zeek/zeek_json_mixed.ndjson.gz', 'zeek/dns_full.ndjson.gz']
    yield await throughThreads(threads, 'zeek_2workers', zeek, directory)
    yield await throughThreads(
      threads,
      'eve_2workers',
      Array(200).fill('eve/eve_alerts.ndjson'),
      directory,
    )
  } finally {
    await threads.close()
  }
}

/** Bytes in memory to findings written, on this thread. */
function* oneThread(name: string, scanner: Scanner, bytes: Buffer): Generator<Figure> {
  const input = new Uint8Array(bytes)
  const rates: number[] = []
  const parseRates: number[] = []
  // Until every plan has chosen its witnesses on the records it meets.
  for (let met = 0; met < warmUp; ) met += scanner.scan(input).lines
  for (let run = 0; run <= runs; run++) {
    const before = performance.now()
    const scanned = scanner.scan(input)
    writeFileSync(devNull, findingLines(name, 0, scanned).join('\n'))
    rates.push((scanned.lines / (performance.now() - before)) * 1_000)
    const parsing = performance.now()
    const parsed = parseOnly(bytes)
    parseRates.push((parsed / (performance.now() - parsing)) * 1_000)
  }
  yield {
    name: `detection.${name}`,
    value: Math.round(median(rates.slice(1))),
    unit: 'events/s, one thread, bytes to findings',
    median_of: runs,
    beside: { name: 'decode and JSON.parse only', value: Math.round(median(parseRates.slice(1))) },
  }
}

function parseOnly(bytes: Buffer): number {
  let lines = 0
  for (let start = 0; start < bytes.length; lines++) {
    const found = bytes.indexOf(10, start)
    const end = found < 0 ? bytes.length : found
    JSON.parse(bytes.toString('utf8', start, end))
    start = end + 1
  }
  return lines
}

/** Every rule of the log source on every event, without any way around. */
function naive(documents: readonly RuleDocument[], lines: readonly string[]): Figure {
  const { rules, slots } = compileRules(documents)
  const logsource = { product: 'windows', category: 'process_creation' }
  const mine = rules.filter(({ logsources }) => applies(logsources, logsource))
  const view = new View(slots)
  const some = lines.slice(0, 200)
  const before = performance.now()
  for (const line of some) {
    const reading = readForRules(line, 'auto', () => {
      throw new Error('no event is needed')
    })
    if (reading === undefined) continue
    view.show(reading)
    for (const { check } of mine) check(view)
  }
  return {
    name: 'detection.naive_process_creation',
    value: Math.round((some.length / (performance.now() - before)) * 1_000),
    unit: `events/s, one thread, each of ${mine.length} rules tried`,
    median_of: 1,
  }
}

/** Files read from disk, findings counted as they come, best measured whole: reading, threads and order included. */
async function throughThreads(
  threads: ScanThreads,
  name: string,
  files: readonly string[],
  directory: string,
): Promise<Figure> {
  const file = join(directory, `${name}.ndjson`)
  writeFileSync(file, files.map((each) => bytesOf(each).toString('utf8').trim()).join('\n'))
  const rates: number[] = []
  for (let run = 0; run <= runs; run++) {
    const before = performance.now()
    let events = 0
    for await (const scanned of threads.scan(partsOf(file, process.stdin))) {
      writeFileSync(devNull, findingLines(name, events, scanned).join('\n'))
      events += scanned.events
    }
    rates.push((events / (performance.now() - before)) * 1_000)
  }
  return {
    name: `detection.${name}`,
    value: Math.round(median(rates.slice(1))),
    unit: 'events/s, two threads, file in, findings out, all rules',
    median_of: runs,
  }
}

function filesOf(folder: string): string[] {
  const names = readdirSync(join(detectionData, folder)).filter((name) =>
    name.endsWith('.ndjson.gz'),
  )
  return names.map((name) => join(folder, name))
}

function linesOf(file: string): string[] {
  return bytesOf(file).toString('utf8').trim().split('\n')
}

function isProcessCreation(line: string): boolean {
  return (
    /"EventID": ?4688\b/.test(line) || (/"EventID": ?1\b/.test(line) && line.includes('Sysmon'))
  )
}

function bytesOf(file: string): Buffer {
  const bytes = readFileSync(join(detectionData, file))
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes
}
