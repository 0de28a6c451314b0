import { z } from 'zod'

/** How the bytes of a record spell its text; `auto` takes UTF-8 first and recognises the others by their words. */
export const Encoding = z.enum([
  'auto',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1258',
  'windows-1252',
  'tcvn3',
  'vni',
])
export type Encoding = z.infer<typeof Encoding>

/** Where the value of a column goes: an attribute of the event, or an observable of a type. */
export const ColumnTarget = z.enum([
  'time',
  'message',
  'severity',
  'event_code',
  'category',
  'action',
  'src_endpoint.ip',
  'src_endpoint.port',
  'src_endpoint.hostname',
  'src_endpoint.mac',
  'dst_endpoint.ip',
  'dst_endpoint.port',
  'dst_endpoint.hostname',
  'dst_endpoint.mac',
  'device.hostname',
  'user.name',
  'actor.user.name',
  'connection_info.protocol_name',
  'traffic.bytes_out',
  'traffic.bytes_in',
  'http_request.url',
  'http_request.http_method',
  'http_request.user_agent',
  'file.name',
  'file.path',
  'file.hash',
  'process.name',
  'observable:ip',
  'observable:domain',
  'observable:url',
  'observable:email',
  'observable:md5',
  'observable:sha1',
  'observable:sha256',
  'observable:user',
  'observable:hostname',
  'observable:mac',
  'observable:file_name',
  'observable:process_name',
])
export type ColumnTarget = z.infer<typeof ColumnTarget>

const name = z.string().trim().min(1).max(128)

/** How a table of separated values is read (RFC 4180 and what programs make of it). */
export const CsvReading = z.object({
  separator: z
    .enum(['auto', ',', ';', '\t', '|'])
    .default('auto')
    .describe('auto: the one that gives as many values as there are columns'),
  quote: z.enum(['"', "'", 'none']).default('"'),
  columns: z
    .array(name)
    .max(512)
    .default([])
    .describe('in their order; empty: the first line of each file names them'),
  mapping: z
    .array(z.object({ column: name, to: ColumnTarget }))
    .max(128)
    .default([])
    .describe('columns of other names are kept and searchable; empty: usual names are looked up'),
  time_format: z
    .string()
    .max(40)
    .regex(/^(?:auto|epoch|[yMdHhmsSa\s/.:,T'-]+)$/, 'auto, epoch, or as in dd/MM/yyyy HH:mm:ss')
    .default('auto'),
})
export type CsvReading = z.infer<typeof CsvReading>

/** What a source says of its records beyond their format. */
export const RecordReading = z.object({
  encoding: Encoding.default('auto'),
  csv: CsvReading.optional().describe('of format csv'),
})
export type RecordReading = z.infer<typeof RecordReading>
