import type { Readable } from 'node:stream'
import { RecordFormat } from '@haidang/contracts/record-format'
import { type Clock, systemClock } from '@haidang/runtime/clock'
import { type Command, Option } from 'commander'
import type { CommandIo } from './io.ts'
import { written } from './paced-output.ts'
import { type ReadingOptions, readingOf, readingOptions } from './reading-options.ts'
import { type RecordFileOptions, type RecordFileSummary, readRecordFile } from './record-file.ts'

export interface ParseIo {
  /** Writes one line; resolves when the reader may have more. */
  readonly event: (line: string) => Promise<void>
  readonly reject: (line: string) => Promise<void>
  readonly input: Readable
  readonly clock: Clock
}

interface ParseOptions extends ReadingOptions {
  readonly format: RecordFormat
  readonly zone: string
}

/** Writes one normalised event per line, one line `{"line","reason","detail"}` per reject. */
export function parseCommand(options: RecordFileOptions, io: ParseIo): Promise<RecordFileSummary> {
  return readRecordFile(options, io, async ({ number, read }) => {
    if (read.ok) return await io.event(JSON.stringify(read.event))
    const { reason, detail } = read
    await io.reject(JSON.stringify({ line: number, reason, detail }))
  })
}

/** `haidang parse --format NAME FILE|-`: events on standard output, the counts as last line of standard error. */
export function addParseCommand(program: Command, io: CommandIo): void {
  readingOptions(program.command('parse <file>'))
    .description('read a file of records (gzip or not, - for standard input) as events, one a line')
    .addOption(new Option('--format <format>').choices(RecordFormat.options).default('auto'))
    .option('--zone <zone>', 'zone of times written without one', 'Asia/Ho_Chi_Minh')
    .action(async (file: string, options: ParseOptions) => {
      const { format, zone } = options
      const summary = await parseCommand(
        { format, zone, reading: readingOf(options), file },
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
