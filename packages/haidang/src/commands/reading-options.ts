import {
  ColumnTarget,
  CsvReading,
  Encoding,
  type RecordReading,
} from '@haidang/contracts/record-reading'
import { type Command, Option } from 'commander'
import { WrongCall } from './io.ts'

/** What a call says of how records are to be read beyond their format. */
export interface ReadingOptions {
  readonly encoding: Encoding
  readonly columns?: string
  readonly map: readonly string[]
  readonly separator: string
  readonly quote: CsvReading['quote']
  readonly timeFormat: string
}

const separatorNames: Readonly<Record<string, string>> = { tab: '\t', pipe: '|' }

/** Adds the options of encoding and separated values to a command. */
export function readingOptions(command: Command): Command {
  return command
    .addOption(new Option('--encoding <name>').choices(Encoding.options).default('auto'))
    .option('--columns <names>', 'csv: names of the columns, apart by commas; else the first line')
    .option('--map <column=target...>', 'csv: where a column goes, as in "IP=src_endpoint.ip"', [])
    .option('--separator <character>', 'csv: , ; | tab; auto tells by the columns', 'auto')
    .addOption(new Option('--quote <character>', 'csv').choices(['"', "'", 'none']).default('"'))
    .option('--time-format <format>', 'csv: auto, epoch, or as in dd/MM/yyyy HH:mm:ss', 'auto')
}

/** The reading these options ask for. Throws WrongCall, naming the option. */
export function readingOf(options: ReadingOptions): RecordReading {
  const csv = CsvReading.safeParse({
    separator: separatorNames[options.separator] ?? options.separator,
    quote: options.quote,
    columns: options.columns?.split(',').map((name) => name.trim()) ?? [],
    mapping: options.map.map(mappedColumn),
    time_format: options.timeFormat,
  })
  if (!csv.success) {
    const [issue] = csv.error.issues
    throw new WrongCall(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  return { encoding: options.encoding, csv: csv.data }
}

function mappedColumn(text: string): { column: string; to: ColumnTarget } {
  const at = text.lastIndexOf('=')
  const to = ColumnTarget.safeParse(text.slice(at + 1))
  if (at > 0 && to.success) return { column: text.slice(0, at), to: to.data }
  throw new WrongCall(`--map ${text}: COLUMN=TARGET, of ${ColumnTarget.options.join(' ')}`)
}
