import type { Family } from './field-mapping.ts'
import { requestFields } from './request-fields.ts'

type Fields = Readonly<Record<string, unknown>>

/** Reads from a record what a rule calls otherwise. */
export type RecordReader = (record: Fields) => unknown

const named =
  (name: string): RecordReader =>
  (record) =>
    record[name]

const zeek: Readonly<Record<string, RecordReader>> = {
  ...requestFields(
    (record: Fields) => textOf(record['uri']),
    (record) => textOf(record['host']),
  ),
  'c-ip': named('id.orig_h'),
  src_ip: named('id.orig_h'),
  src_port: named('id.orig_p'),
  's-ip': named('id.resp_h'),
  dst_ip: named('id.resp_h'),
  's-port': named('id.resp_p'),
  dst_port: named('id.resp_p'),
  'c-useragent': named('user_agent'),
  'cs-user-agent': named('user_agent'),
  'cs-method': named('method'),
  'cs-referer': named('referrer'),
  'cs-referrer': named('referrer'),
  'cs-username': named('username'),
  'cs-version': named('version'),
  'cs-content-type': named('orig_mime_types'),
  'cs-bytes': named('request_body_len'),
  'sc-status': named('status_code'),
  'sc-bytes': named('response_body_len'),
  QueryName: named('query'),
  record_type: named('qtype_name'),
  answer: named('answers'),
}

const http =
  (name: string): RecordReader =>
  (record) =>
    inner(record, 'http')?.[name]

const suricata: Readonly<Record<string, RecordReader>> = {
  ...requestFields(
    (record: Fields) => textOf(http('url')(record)),
    (record) => textOf(http('hostname')(record)),
  ),
  'c-ip': named('src_ip'),
  's-ip': named('dest_ip'),
  dst_ip: named('dest_ip'),
  's-port': named('dest_port'),
  dst_port: named('dest_port'),
  'destination.port': named('dest_port'),
  'c-useragent': http('http_user_agent'),
  'cs-user-agent': http('http_user_agent'),
  'cs-method': http('http_method'),
  'cs-referer': http('http_refer'),
  'cs-referrer': http('http_refer'),
  'cs-version': (record) => textOf(http('protocol')(record))?.replace(/^HTTP\//, ''),
  'sc-status': http('status'),
  'sc-bytes': http('length'),
  query: questioned('rrname'),
  QueryName: questioned('rrname'),
  record_type: questioned('rrtype'),
  answer: answers,
}

/** Of all versions of the DNS logger: v1 and v2 name the question itself, v3 in `queries`. */
function questioned(name: string): RecordReader {
  return (record) => {
    const dns = inner(record, 'dns')
    if (dns === undefined || dns[name] !== undefined) return dns?.[name]
    return of(dns['queries'] ?? dns['query'], name)
  }
}

function answers(record: Fields): unknown {
  const dns = inner(record, 'dns')
  const listed = of(dns?.['answers'], 'rdata') ?? dns?.['rdata']
  if (listed !== undefined) return listed
  const grouped = dns && inner(dns, 'grouped')
  return grouped && Object.values(grouped).flat()
}

const vocabularies: Partial<Readonly<Record<Family, Readonly<Record<string, RecordReader>>>>> = {
  zeek,
  suricata,
}

/**
 * By the vocabulary of a record, where it holds what Sigma's categories dns, proxy, webserver and firewall
 * call by this name; undefined if no record does. What a reader says is all the record has to say.
 */
export function recordReaders(
  field: string,
): Partial<Readonly<Record<Family, RecordReader>>> | undefined {
  const found = Object.entries(vocabularies).flatMap(([family, names]) => {
    const reader = Object.hasOwn(names, field) ? names[field] : undefined
    return reader === undefined ? [] : [[family, reader] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

function inner(record: Fields, name: string): Fields | undefined {
  const value = record[name]
  const isMap = value !== null && typeof value === 'object' && !Array.isArray(value)
  return isMap ? (value as Fields) : undefined
}

/** A field of every object of a list. */
function of(list: unknown, name: string): unknown {
  if (!Array.isArray(list)) return undefined
  return list.flatMap((each: unknown) =>
    each !== null && typeof each === 'object' ? [(each as Fields)[name]] : [],
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
