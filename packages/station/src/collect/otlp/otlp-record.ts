/** A value of OTLP's AnyValue as JSON writes it. */
export type OtlpValue = string | number | boolean | null | OtlpValue[] | OtlpAttributes
export interface OtlpAttributes {
  [name: string]: OtlpValue
}

/** A log record of OTLP as it is kept: one JSON object, names as in the protocol, numbers of 64 bits as text. */
export interface OtlpRecord {
  time_unix_nano?: string
  observed_time_unix_nano?: string
  severity_number?: number
  severity_text?: string
  event_name?: string
  flags?: number
  /** Hexadecimal. */
  trace_id?: string
  span_id?: string
  body?: OtlpValue
  attributes?: OtlpAttributes
}

export interface OtlpScope {
  name?: string
  version?: string
  attributes?: OtlpAttributes
}

/** Records of one resource and scope. */
export interface OtlpGroup {
  readonly resource: OtlpAttributes
  readonly scope: OtlpScope
  readonly records: readonly OtlpRecord[]
}

/** What an export request holds: records by resource and scope, and how many were nested too deep. */
export interface OtlpLogs {
  readonly groups: readonly OtlpGroup[]
  readonly refused: number
}

/** Deepest nesting of values. */
export const deepestValue = 32
/** Values in one request: a few bytes on the wire are a hundred in memory. */
export const mostValues = 1_000_000

/** A value nested too deep: its record is refused, not the request. */
export class TooDeep extends Error {
  override readonly name = 'TooDeep'

  constructor() {
    super(`values nested deeper than ${deepestValue} levels`)
  }
}

/** Attributes without prototype: a sender may call one `__proto__`. */
export function noAttributes(): OtlpAttributes {
  return Object.create(null) as OtlpAttributes
}

/** A whole number as JSON can carry it: as number where it is exact, else as text. */
export function exactNumber(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

/** The bytes kept of each record: its own members with those of its resource and scope. */
export function* printRecords({ resource, scope, records }: OtlpGroup): Generator<Buffer> {
  const about = `{"resource":${JSON.stringify(resource)},"scope":${JSON.stringify(scope)}`
  for (const record of records) {
    const own = JSON.stringify(record).slice(1)
    yield Buffer.from(own === '}' ? `${about}}` : `${about},${own}`)
  }
}

/** The name a record carries so that its repeat can be told: OpenTelemetry's attribute `log.record.uid`. */
export function uidOf({ attributes }: OtlpRecord): string | undefined {
  const uid = attributes?.['log.record.uid']
  return typeof uid === 'string' && uid !== '' ? uid : undefined
}
