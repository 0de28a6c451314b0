import { availableParallelism, homedir } from 'node:os'
import { join } from 'node:path'
import { imageOf, ruleSetOf } from '@haidang/detection/sigma/rule-image'
import type { RuleSet } from '@haidang/detection/sigma/rule-set'
import { compileTexts, type RuleTexts } from '@haidang/detection/sigma/rule-texts'
import { systemClock } from '@haidang/runtime/clock'
import { CompiledRules } from '@haidang/station/detect/compiled-rules'
import { findFiles, readRuleFiles, ruleEndings } from '@haidang/station/detect/rule-files'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { pipelineOption, readNamedPipelines } from '../pipeline-files.ts'
import { partsOf } from '../scan/file-parts.ts'
import { ScanBehaviour } from '../scan/scan-behaviour.ts'
import { ScanCorrelations } from '../scan/scan-correlations.ts'
import { type ScanOptions, scanFormats } from '../scan/scan-options.ts'
import { ScanThreads } from '../scan/scan-threads.ts'
import { findingLines } from '../scan/scanner.ts'
import type { CommandIo } from './io.ts'
import { written } from './paced-output.ts'
import { ProgressLine } from './progress-line.ts'

interface DetectOptions extends Omit<ScanOptions, 'explain' | 'behaviour'> {
  readonly rules: string
  readonly explain?: true
  readonly behaviour?: true
  readonly pipeline: readonly string[]
  readonly workers: number
}

const shipped = join(import.meta.dirname, '../../../../content/rules')
const mostShown = 20

/** `haidang detect FILE…`: which rules fire on files of records, without a node. */
export function addDetectCommand(program: Command, io: CommandIo): void {
  pipelineOption(program.command('detect <file...>'))
    .description(
      'say which rules fire on files of records (gzip or not, - for standard input): one JSON object a finding, a summary on standard error',
    )
    .option('--rules <directory>', 'Sigma rules', shipped)
    .addOption(new Option('--format <format>').choices(Object.keys(scanFormats)).default('auto'))
    .addOption(
      new Option('--unrouted <how>', 'records of an unknown log source: every rule, or none')
        .choices(['open', 'closed'])
        .default('closed'),
    )
    .option(
      '--time-field <name>',
      'field that holds the time of a record for correlations and behaviour: RFC 3339, or a number of seconds',
    )
    .option('--explain', 'say for each finding which fields and values made it fire')
    .option(
      '--behaviour',
      'watch behaviour, too: beacons, scans, guessing, tunnels, generated names, volume (files in the order of their times)',
    )
    .option('--zone <zone>', 'zone of times written without one', 'Asia/Ho_Chi_Minh')
    .option('--workers <number>', 'threads', wholeNumber, availableParallelism())
    .action((files: string[], options: DetectOptions) => detect(files, options, io))
}

async function detect(files: string[], options: DetectOptions, io: CommandIo): Promise<void> {
  const {
    rules: directory,
    workers,
    explain = false,
    behaviour = false,
    format,
    zone,
    unrouted,
    timeField,
  } = options
  const found = await findFiles([{ label: '', path: directory, required: true }], ruleEndings)
  const rules = {
    documents: await readRuleFiles(found),
    pipelines: await readNamedPipelines(options.pipeline),
  }
  const { compiled, image } = await compiledOf(rules, io)
  const loaded = sayRefused(compiled, io)
  const correlations = new ScanCorrelations(compiled)
  const watched = new ScanBehaviour()
  const how = { explain, behaviour, format, zone, unrouted, timeField }
  const work = { image, options: how, now: systemClock.now() }
  const threads = await ScanThreads.start(workers, work)
  const began = performance.now()
  const sum = { lines: 0, events: 0, rejects: 0, findings: 0 }
  const progress = new ProgressLine(process.stderr)
  try {
    for (const file of files) {
      let before = 0
      for await (const scanned of threads.scan(partsOf(file, process.stdin))) {
        for (const key of ['lines', 'events', 'rejects'] as const) sum[key] += scanned[key]
        const output = [
          ...findingLines(file, before, scanned),
          ...correlations.take(file, before, scanned.observations),
          ...watched.take(file, before, scanned.behaviour),
        ]
        before += scanned.walked
        sum.findings += output.length
        progress.show(`${file}: ${sum.lines} lines, ${sum.findings} findings`)
        if (output.length > 0) await written(process.stdout, output.join('\n'), io.out)
      }
    }
  } finally {
    progress.clear()
    await threads.close()
  }
  const seconds = (performance.now() - began) / 1_000
  const events_per_second = Math.round(sum.events / seconds)
  sayLost(correlations.lost, 'events came too late or were too many for correlations', io)
  sayLost(watched.lost, 'hosts, accounts or pairs were forgotten for want of room', io)
  io.err(JSON.stringify({ ...sum, ...loaded, seconds: rounded(seconds), events_per_second }))
}

function sayLost(count: number, what: string, io: CommandIo): void {
  if (count > 0) io.err(`${count} ${what}`)
}

/** Compiles the rules, or takes them as they were compiled the last time. */
async function compiledOf(rules: RuleTexts, { environment }: CommandIo) {
  const kept = new CompiledRules(cacheDirectory(environment))
  const known = await kept.read(rules)
  if (known !== undefined) return { compiled: ruleSetOf(known, rules.documents), image: known }
  const compiled = compileTexts(rules)
  const image = imageOf(compiled)
  await kept.write(rules, image)
  return { compiled, image }
}

/** Of this user, as the XDG Base Directory Specification says. */
function cacheDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const base = environment['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(base, 'haidang', 'rules')
}

/** Names the rules that cannot be used on standard error, and returns how many can and cannot. */
function sayRefused({ rules, entries }: RuleSet, io: CommandIo) {
  const refused = entries.filter(({ state }) => state !== 'active')
  for (const { path, problem } of refused.slice(0, mostShown)) io.err(`refused: ${problem ?? path}`)
  if (refused.length > mostShown) {
    io.err(`… and ${refused.length - mostShown} more; see haidang rules check`)
  }
  return { rules_loaded: rules.length, rules_refused: refused.length }
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 256) return number
  throw new InvalidArgumentError('a whole number from 1 to 256 is needed')
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1_000) / 1_000
}
