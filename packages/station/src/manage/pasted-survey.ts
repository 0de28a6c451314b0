import type { PastedRecords, PastedSurvey } from '@haidang/contracts/source-samples'
import { cutterOf } from '../collect/file-cutter.ts'
import { FileHead, namesColumns } from '../collect/file-head.ts'
import { printOrigin } from '../collect/origin.ts'
import { restOf } from '../collect/record-cutter.ts'
import type { LineContext, LineSource } from '../line.ts'
import { targetsOf } from '../normalise/csv-columns.ts'
import { toEvent } from '../normalise/to-event.ts'
import { parseCsvRecord } from '../parse/csv-record.ts'
import { RecordSurveyor } from '../survey/record-surveyor.ts'
import { requireReading } from './reading-rules.ts'

const mostRecords = 100
const longestExample = 120
/** Nothing is kept, so nobody's names do. */
const nobody = '00000000-0000-7000-8000-000000000000'

/**
 * Reads pasted records as a file of a source so set would be, the first line naming the columns where the reading does not.
 * `receivedAt`: milliseconds since the epoch. Throws Problem request.invalid.
 */
export function surveyPasted(
  { text, format, zone, reading }: PastedRecords,
  receivedAt: number,
): PastedSurvey {
  requireReading(zone, reading)
  const source: LineSource = {
    id: `src_${nobody}`,
    name: 'pasted',
    collector: 'tail-file',
    logsource: {},
    tlp: 'clear',
    format,
    zone,
    reading,
  }
  const context: LineContext = {
    organisation_id: `org_${nobody}`,
    node_id: `nod_${nobody}`,
    simulated: false,
    sources: new Map([[source.id, source]]),
  }
  const surveyor = new RecordSurveyor(context, source)
  const origin = printOrigin({ sourceId: source.id, sender: 'pasted' })
  const bodies = bodiesOf(text, source)
  // The line of names is no record.
  const first = namesColumns(source) ? 1 : 0
  for (const [offset, body] of bodies.slice(first).entries()) {
    const record = { position: { segment: 0, offset }, origin, key: undefined, receivedAt, body }
    surveyor.add(record, toEvent(record, context))
  }
  const survey = surveyor.result()
  const placed = <T extends { line: number }>(each: T) => ({ ...each, line: each.line + first })
  return {
    survey: {
      ...survey,
      reasons: survey.reasons.map(placed),
      unknown: survey.unknown.map(placed),
    },
    columns: format === 'csv' ? columnsOf(bodies, reading.csv) : [],
  }
}

function bodiesOf(text: string, source: LineSource): Uint8Array[] {
  const cutter = cutterOf(source)
  const lines = cutter.push(Buffer.from(text))
  const head = new FileHead(namesColumns(source))
  return [...lines, ...restOf(cutter)]
    .filter(({ bytes }) => bytes.length > 0)
    .slice(0, mostRecords)
    .map(({ bytes }) => head.take(bytes))
}

/** Columns of the first record that has values, where each goes, and its value there. */
function columnsOf(
  bodies: readonly Uint8Array[],
  csv: PastedRecords['reading']['csv'],
): PastedSurvey['columns'] {
  for (const body of bodies) {
    const read = parseCsvRecord(Buffer.from(body).toString(), csv)
    if (!read.ok || read.value.remark !== undefined) continue
    const { columns, values } = read.value
    const targets = [...targetsOf(columns, csv)]
    return columns.map((column) => ({
      column,
      to: targets.find(([, names]) => names.includes(column))?.[0] ?? null,
      example: String(values[column] ?? '').slice(0, longestExample),
    }))
  }
  return []
}
