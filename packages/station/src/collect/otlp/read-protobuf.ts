import {
  deepestValue,
  exactNumber,
  mostValues,
  noAttributes,
  type OtlpAttributes,
  type OtlpGroup,
  type OtlpLogs,
  type OtlpRecord,
  type OtlpScope,
  type OtlpValue,
  TooDeep,
} from './otlp-record.ts'
import { ProtobufFault, ProtobufReader } from './protobuf.ts'

/**
 * Reads `ExportLogsServiceRequest` of opentelemetry/proto/collector/logs/v1 in protobuf. Throws
 * ProtobufFault for bytes that are none, and for more values than are taken.
 */
export function readProtobufLogs(bytes: Buffer): OtlpLogs {
  return new LogsReader().request(bytes)
}

class LogsReader {
  readonly #groups: OtlpGroup[] = []
  #values = 0
  #refused = 0

  request(bytes: Buffer): OtlpLogs {
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 1) this.#resourceLogs(fields.bytes())
      else fields.skip()
    }
    return { groups: this.#groups, refused: this.#refused }
  }

  #resourceLogs(bytes: Buffer): void {
    let resource = noAttributes()
    const scopes: Buffer[] = []
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 1) resource = this.#resource(fields.bytes())
      else if (fields.field === 2) scopes.push(fields.bytes())
      else fields.skip()
    }
    for (const scope of scopes) this.#scopeLogs(scope, resource)
  }

  #resource(bytes: Buffer): OtlpAttributes {
    const attributes = noAttributes()
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 1) this.#attribute(fields.bytes(), attributes, 0)
      else fields.skip()
    }
    return attributes
  }

  #scopeLogs(bytes: Buffer, resource: OtlpAttributes): void {
    let scope: OtlpScope = {}
    const records: OtlpRecord[] = []
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 1) scope = this.#scope(fields.bytes())
      else if (fields.field === 2) this.#keep(fields.bytes(), records)
      else fields.skip()
    }
    this.#groups.push({ resource, scope, records })
  }

  #scope(bytes: Buffer): OtlpScope {
    const scope: OtlpScope = {}
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 1) scope.name = fields.text()
      else if (fields.field === 2) scope.version = fields.text()
      else if (fields.field === 3) {
        scope.attributes ??= noAttributes()
        this.#attribute(fields.bytes(), scope.attributes, 0)
      } else fields.skip()
    }
    return scope
  }

  #keep(bytes: Buffer, records: OtlpRecord[]): void {
    try {
      records.push(this.#record(bytes))
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error
      this.#refused++
    }
  }

  #record(bytes: Buffer): OtlpRecord {
    this.#count()
    const record: OtlpRecord = {}
    const fields = new ProtobufReader(bytes)
    while (fields.next()) this.#member(fields, record)
    return record
  }

  #member(fields: ProtobufReader, record: OtlpRecord): void {
    switch (fields.field) {
      case 1:
        record.time_unix_nano = fields.fixed64().toString()
        break
      case 2:
        record.severity_number = Number(fields.varint())
        break
      case 3:
        record.severity_text = fields.text()
        break
      case 5:
        record.body = this.#value(fields.bytes(), 0)
        break
      case 6:
        record.attributes ??= noAttributes()
        this.#attribute(fields.bytes(), record.attributes, 0)
        break
      case 8:
        record.flags = fields.fixed32()
        break
      case 9:
        record.trace_id = fields.bytes().toString('hex')
        break
      case 10:
        record.span_id = fields.bytes().toString('hex')
        break
      case 11:
        record.observed_time_unix_nano = fields.fixed64().toString()
        break
      case 12:
        record.event_name = fields.text()
        break
      default:
        fields.skip()
    }
  }

  #attribute(bytes: Buffer, into: OtlpAttributes, depth: number): void {
    let name = ''
    let value: OtlpValue = null
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 1) name = fields.text()
      else if (fields.field === 2) value = this.#value(fields.bytes(), depth)
      else fields.skip()
    }
    into[name] = value
  }

  #value(bytes: Buffer, depth: number): OtlpValue {
    this.#count()
    if (depth >= deepestValue) throw new TooDeep()
    let value: OtlpValue = null
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 5) value = this.#list(fields.bytes(), depth + 1)
      else if (fields.field === 6) value = this.#map(fields.bytes(), depth + 1)
      else value = scalarOf(fields) ?? value
    }
    return value
  }

  #list(bytes: Buffer, depth: number): OtlpValue[] {
    const values: OtlpValue[] = []
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 1) values.push(this.#value(fields.bytes(), depth))
      else fields.skip()
    }
    return values
  }

  #map(bytes: Buffer, depth: number): OtlpAttributes {
    const values = noAttributes()
    const fields = new ProtobufReader(bytes)
    while (fields.next()) {
      if (fields.field === 1) this.#attribute(fields.bytes(), values, depth)
      else fields.skip()
    }
    return values
  }

  #count(): void {
    this.#values++
    if (this.#values > mostValues) throw new ProtobufFault(`more than ${mostValues} values`)
  }
}

/** Undefined: a kind of value that is not known here. */
function scalarOf(fields: ProtobufReader): OtlpValue | undefined {
  switch (fields.field) {
    case 1:
      return fields.text()
    case 2:
      return fields.varint() !== 0n
    case 3:
      return exactNumber(BigInt.asIntN(64, fields.varint()))
    case 4:
      return finite(fields.double())
    case 7:
      return fields.bytes().toString('base64')
    default:
      fields.skip()
      return undefined
  }
}

/** JSON has no word for what is no number. */
function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}
