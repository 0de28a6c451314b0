import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { RecordFormat } from '@haidang/contracts/source'
import { type Clock, systemClock } from '@haidang/runtime/clock'
import { LineSplitter, type SplitLine } from '@haidang/station/collect/line-splitter'
import { printOrigin } from '@haidang/station/collect/origin'
import type { LineContext } from '@haidang/station/line'
import { toEvent } from '@haidang/station/normalise/to-event'
import { type Command, Option } from 'commander'
import type { CommandIo } from './io.ts'

export interface ParseOptions {
  readonly format: RecordFormat
  /** A file, gzip or not; `-` is standard input. */
  readonly file: string
  /** IANA zone of times written without one. */
  readonly zone: string
}

export interface ParseIo {
  /** Writes one line; resolves when the reader may have more. */
  readonly event: (line: string) => Promise<void>
  readonly reject: (line: string) => Promise<void>
  readonly input: Readable
  readonly clock: Clock
}

export interface ParseSummary {
  readonly lines: number
  readonly events: number
  readonly rejects: number
}

const longestLine = 1_048_576
const keptOfLongLine = 65_536
const sourceId = 'src_00000000-0000-7000-8000-000000000000'

/**
 * Reads a file of records as the station would and writes one normalised event per line, one line
 * `{"line","reason","detail"}` per reject; blank lines count as nothing. Memory does not grow with the file.
 */
export async function parseCommand(options: ParseOptions, io: ParseIo): Promise<ParseSummary> {
  const context = contextOf(options)
  const receivedAt = io.clock.now()
  const splitter = new LineSplitter(longestLine, keptOfLongLine)
  const counts = { lines: 0, events: 0, rejects: 0 }
  let offset = 0
  const take = async (line: SplitLine) => {
    const at = offset
    offset += line.length
    if (line.bytes.length === 0) return
    counts.lines++
    const origin = {
      sourceId,
      sender: options.file,
      ...(line.cutFrom && { cutFrom: line.cutFrom }),
    }
    const read = toEvent(
      {
        position: { segment: 0, offset: at },
        origin: printOrigin(origin),
        key: undefined,
        receivedAt,
        body: line.bytes,
      },
      context,
    )
    if (read.ok) {
      counts.events++
      await io.event(JSON.stringify(read.event))
    } else {
      counts.rejects++
      const { reason, detail } = read
      await io.reject(JSON.stringify({ line: counts.lines, reason, detail }))
    }
  }
  for await (const chunk of bytesOf(options.file, io.input)) {
    for (const line of splitter.push(chunk)) await take(line)
  }
  const last = splitter.end()
  if (last) await take(last)
  return counts
}

/** Bytes of the input, unpacked if they are gzip (RFC 1952: they start with 1f 8b). */
async function* bytesOf(file: string, input: Readable): AsyncGenerator<Buffer> {
  const source = file === '-' ? input : createReadStream(file)
  const first = await firstChunk(source)
  if (first === undefined) return
  source.unshift(first)
  const isGzip = first[0] === 0x1f && first[1] === 0x8b
  const gunzip = createGunzip()
  if (isGzip) source.on('error', (error) => gunzip.destroy(error))
  for await (const chunk of isGzip ? source.pipe(gunzip) : source) yield chunk as Buffer
}

function firstChunk(source: Readable): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const take = () => {
      const chunk = source.read() as Buffer | null
      if (chunk === null) return
      source.off('readable', take)
      resolve(chunk)
    }
    source.on('readable', take)
    source.once('end', () => resolve(undefined))
    source.once('error', reject)
  })
}

function contextOf({ format, zone }: ParseOptions): LineContext {
  const source = {
    id: sourceId,
    name: 'parse',
    collector: 'tail-file' as const,
    format,
    zone,
    logsource: {},
    tlp: 'clear' as const,
  }
  return {
    organisation_id: 'org_00000000-0000-7000-8000-000000000000',
    node_id: 'nod_00000000-0000-7000-8000-000000000000',
    simulated: false,
    sources: new Map([[source.id, source]]),
  }
}

/** `haidang parse --format NAME FILE|-`: events on standard output, the counts as last line of standard error. */
export function addParseCommand(program: Command, io: CommandIo): void {
  program
    .command('parse <file>')
    .description('read a file of records (gzip or not, - for standard input) as events, one a line')
    .addOption(new Option('--format <format>').choices(RecordFormat.options).default('auto'))
    .option('--zone <zone>', 'zone of times written without one', 'Asia/Ho_Chi_Minh')
    .action(async (file: string, options: { format: RecordFormat; zone: string }) => {
      const summary = await parseCommand(
        { ...options, file },
        {
          event: (line) => written(process.stdout, line, io.out),
          reject: (line) => written(process.stderr, line, io.err),
          input: process.stdin,
          clock: systemClock,
        },
      )
      io.err(JSON.stringify(summary))
    })
}

/** Waits while the reader of the pipe is behind, so that memory does not grow. */
async function written(
  stream: NodeJS.WriteStream,
  line: string,
  write: (text: string) => void,
): Promise<void> {
  write(line)
  if (stream.writableNeedDrain) await new Promise<void>((resolve) => stream.once('drain', resolve))
}
