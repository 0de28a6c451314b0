import { RecordFormat } from '@haidang/contracts/record-format'
import type { RecordReading } from '@haidang/contracts/record-reading'
import type { RecordSurvey, RejectHint } from '@haidang/contracts/record-survey'
import { sourceApi } from '@haidang/contracts/source-api'
import type { RefusalReason, SourceCheck, SourceSamples } from '@haidang/contracts/source-samples'
import { systemClock } from '@haidang/runtime/clock'
import { RecordSurveyor } from '@haidang/station/survey/record-surveyor'
import { type Command, Option } from 'commander'
import { type CommandIo, WrongCall } from './io.ts'
import { type DataOptions, dataOptions } from './options.ts'
import { type ReadingOptions, readingOf, readingOptions } from './reading-options.ts'
import { contextOf, type RecordFileIo, readRecordFile, sourceId } from './record-file.ts'
import { allRows, clientOf } from './running-node.ts'

export interface SourceTestOptions {
  readonly format: RecordFormat
  /** A file, gzip or not; `-` is standard input. */
  readonly file: string
  /** IANA zone of times written without one. */
  readonly zone: string
  readonly reading?: RecordReading | undefined
}

const mostFields = 40

interface TestOptions extends DataOptions, ReadingOptions {
  readonly format: RecordFormat
  readonly zone: string
  readonly source?: string
}

/** `haidang source test FILE|-`, or `--source NAME` of the running node: what records become. Keeps nothing. */
export function addSourceTestCommand(source: Command, io: CommandIo): void {
  readingOptions(dataOptions(io, source.command('test [file]')))
    .description(
      'say what records become: of a file (gzip or not, - for standard input), or of a source',
    )
    .addOption(new Option('--format <format>').choices(RecordFormat.options).default('auto'))
    .option('--zone <zone>', 'zone of times written without one', 'Asia/Ho_Chi_Minh')
    .option('--source <name>', 'what lately came from a source of the running node')
    .action(async (file: string | undefined, given: TestOptions) => {
      const { format, zone, json } = given
      if (given.source !== undefined) return await testSource(given.source, given, io)
      if (file === undefined) throw new WrongCall('name a file, - for standard input, or --source')
      const options = { format, zone, file, reading: readingOf(given) }
      const survey = await surveyFile(options, { input: process.stdin, clock: systemClock })
      if (json) io.out(JSON.stringify(survey))
      else for (const line of surveyLines(survey, format, 'file')) io.out(line)
    })
}

async function testSource(name: string, options: DataOptions, io: CommandIo): Promise<void> {
  const api = await clientOf(sourceApi, options.data)
  const rows = await allRows((query) => api.list({ query }))
  const found = rows.find((row) => row.name === name || row.id === name)
  if (!found) throw new WrongCall(`no source ${name} on this node`)
  const samples = await api.samples({ params: { id: found.id }, query: {} })
  if (options.json) return io.out(JSON.stringify(samples))
  for (const line of sampleLines(samples)) io.out(line)
}

/** What lately came from a source as lines for people; while nothing came, what may be the cause. */
export function sampleLines({ source, senders, survey, repeats, checks }: SourceSamples): string[] {
  return [
    `${source.name}: ${source.counters.received} received, of the latest:`,
    ...surveyLines(survey, source.format, 'stream'),
    ...senders.map(({ sender, records }) => `From ${sender}: ${records}`),
    ...repeats.map(
      (each) => `${each.records} of these also came by the source ${each.source_name}`,
    ),
    ...checks.flatMap(checkLines),
  ]
}

const refusals: Record<RefusalReason, string> = {
  'no-source': 'no source lists this address or name; add it to the senders of one',
  address: 'its token is right, its address is not among the senders',
  token: 'its token is wrong or missing; copy it again, or take a new one (haidang source token)',
  tls: 'the TLS handshake failed: it does not trust our authority (haidang source authority), or speaks plainly to a TLS port',
}

function checkLines(check: SourceCheck): string[] {
  switch (check.check) {
    case 'paused':
      return ['The source is paused: resume it in the portal.']
    case 'listener':
      return [`Its way in is out of order: ${check.problem}`]
    case 'loopback':
      return ['Only programs on this machine come in: set station.listen_host to let others in.']
    case 'other-source':
      return [
        `${check.sender} sent at ${check.at}, but to the source ${check.source_name} (${check.collector}): check protocol and port there, or the senders of this one.`,
      ]
    case 'refused':
      return [
        `Turned away ${check.times} × ${check.sender}, last at ${check.at}: ${refusals[check.reason]}.`,
      ]
    case 'network':
      return [
        'A wrong address or port, or a firewall between? On the machine of the station:',
        ...check.commands.map((command) => `  ${command}`),
      ]
  }
}

/** Reads a file as a source of this format would, keeps nothing, and says what its records become. */
export async function surveyFile(
  options: SourceTestOptions,
  io: RecordFileIo,
): Promise<RecordSurvey> {
  const context = contextOf(options)
  const source = context.sources.get(sourceId)
  if (!source) throw new Error('a file is read as one source')
  const surveyor = new RecordSurveyor(context, source)
  await readRecordFile(options, io, async ({ record, read }) => surveyor.add(record, read))
  return surveyor.result()
}

/** The survey as lines for people; records of a file may be of any age, those of a stream were just written. */
export function surveyLines(
  survey: RecordSurvey,
  format: RecordFormat,
  from: 'file' | 'stream',
): string[] {
  const { records, events, rejects } = survey
  if (records === 0) return ['no records']
  return [
    `${records} records: ${events} events (${share(events, records)}), ${rejects} rejects`,
    ...survey.formats.map((each) => `  ${each.format}: ${share(each.records, records)}`),
    ...survey.suggestions.map((each) => `${each.records} look like ${each.format}, and are not`),
    ...survey.encodings.map(
      (each) =>
        `${each.records} in ${each.encoding}, no UTF-8: --encoding ${each.encoding} says so`,
    ),
    ...clockLines(survey.clock, from),
    ...(survey.better_format
      ? [`Format ${survey.better_format} reads these records better than ${format}.`]
      : []),
    ...rejectLines(survey),
    ...unknownLines(survey),
    ...fieldLines(survey),
    ...(survey.first_event ? ['First event:', JSON.stringify(survey.first_event, null, 2)] : []),
  ]
}

function share(part: number, whole: number): string {
  return `${Math.floor((part / whole) * 1000) / 10} %`
}

function clockLines(clock: RecordSurvey['clock'], from: 'file' | 'stream'): string[] {
  const { verdict, median_seconds, zone } = clock
  const late = median_seconds ?? 0
  const size = lasting(Math.abs(late))
  const side = late < 0 ? 'ahead of' : 'behind'
  const isStored = from === 'file' && late > 0
  switch (verdict) {
    case 'none':
      return ['Time: no record says when; the time of receipt counts.']
    case 'good':
      return []
    case 'old':
      return [`Time: records of earlier, half of them by more than ${size}.`]
    case 'off':
      if (isStored) return [`Time: written ${size} ago.`]
      return [`Time: ${size} ${side} this clock; set the sender’s clock by NTP.`]
    case 'zone':
      if (isStored) {
        return [
          `Time: written ${size} ago, or just now and without zone: then --zone ${zone} fits.`,
        ]
      }
      return [`Time: ${size} ${side} this clock, and written without zone: --zone ${zone} fits.`]
  }
}

function lasting(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} h`
    : `${Math.round(seconds / 86_400)} days`
}

const remedies: Record<RejectHint, string> = {
  binary: 'bytes instead of text: TLS at a plain port, compressed data, or another protocol',
  truncated: 'the record is cut: raise the longest message of the sender, or send by TCP',
  'too-long': 'longer than 1 MB: split it at the sender',
  empty: 'an empty record: nothing to do if there are few',
  format: 'perhaps another format',
}

function rejectLines({ reasons }: RecordSurvey): string[] {
  return reasons.flatMap(({ reason, detail, records, line, excerpt, hint, nearest }) => [
    `Rejected ${records} × ${reason} (${detail}), first in line ${line}: ${excerpt.slice(0, 160)}`,
    ...(hint ? [`  ${remedies[hint]}`] : []),
    ...nearestLines(nearest),
  ])
}

function unknownLines({ unknown }: RecordSurvey): string[] {
  return unknown.flatMap(({ line, excerpt, nearest }) => [
    `No product known in line ${line}: ${excerpt.slice(0, 160)}`,
    ...nearestLines(nearest),
  ])
}

function nearestLines(nearest: RecordSurvey['unknown'][number]['nearest']): string[] {
  if (!nearest) return []
  const { format, found, missing } = nearest
  return [`  nearest format: ${format}; it has ${found.join('  ')} and lacks ${missing.join('  ')}`]
}

function fieldLines({ fields, events }: RecordSurvey): string[] {
  if (fields.length === 0) return []
  const width = Math.max(...fields.slice(0, mostFields).map(({ field }) => field.length))
  return [
    'Fields filled:',
    ...fields
      .slice(0, mostFields)
      .map(({ field, records, example }) =>
        `  ${field.padEnd(width)}  ${share(records, events).padStart(7)}  ${example}`.trimEnd(),
      ),
    ...(fields.length > mostFields ? [`  and ${fields.length - mostFields} more (--json)`] : []),
  ]
}
