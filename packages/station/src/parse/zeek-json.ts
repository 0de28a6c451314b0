import { isObject, type JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** A Zeek log line: which log, and its fields under Zeek's own names (`id.orig_h`). */
export interface ZeekRecord {
  readonly path: string
  readonly fields: JsonObject
}

/** Logs written to files of their own carry no name; these fields tell them apart. */
const characteristic: readonly (readonly [path: string, fields: readonly string[]])[] = [
  ['conn', ['conn_state']],
  ['dns', ['trans_id', 'rcode_name']],
  ['dns', ['query', 'qtype_name']],
  ['http', ['trans_depth', 'uri']],
  ['http', ['trans_depth', 'status_code']],
  ['ssl', ['cipher', 'established']],
  ['ssl', ['server_name', 'established']],
  ['x509', ['certificate.serial']],
  ['files', ['fuid', 'seen_bytes']],
  ['ssh', ['auth_attempts', 'client']],
  ['smtp', ['trans_depth', 'helo']],
  ['kerberos', ['request_type', 'service']],
  ['smb_mapping', ['share_type', 'path']],
  ['smb_files', ['action', 'name', 'size']],
  ['dce_rpc', ['endpoint', 'operation']],
  ['dhcp', ['assigned_addr', 'mac']],
  ['ftp', ['command', 'reply_code']],
  ['notice', ['note', 'msg']],
  ['weird', ['name', 'notice', 'peer']],
]

/**
 * Recognises a Zeek record by `_path` (json-streaming-logs), `@stream` (Corelight export) or its fields,
 * and restores flattened (`id_orig_h`) or nested (`id: {orig_h}`) connection ids.
 * Reason: `zeek-json.no-path`.
 */
export function parseZeekJson(object: JsonObject): Parsed<ZeekRecord> {
  const fields = withConnectionId(object)
  const path = named(object['_path']) ?? named(object['@stream']) ?? pathOf(fields)
  return path
    ? parsed({ path, fields })
    : unreadable('zeek-json.no-path', 'neither _path nor the fields say which log this is')
}

/** True of an object that can only come from Zeek. */
export function looksLikeZeek(object: JsonObject): boolean {
  if (typeof object['_path'] === 'string' && ('ts' in object || '_write_ts' in object)) return true
  if (typeof object['@stream'] === 'string' && 'ts' in object) return true
  if (!('ts' in object) || !('uid' in object)) return false
  return 'id.orig_h' in object || 'id_orig_h' in object
}

function named(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : undefined
}

function pathOf(fields: JsonObject): string | undefined {
  if (!('ts' in fields)) return undefined
  return characteristic.find(([, names]) => names.every((name) => name in fields))?.[0]
}

const connectionFields = ['orig_h', 'orig_p', 'resp_h', 'resp_p'] as const

function withConnectionId(object: JsonObject): JsonObject {
  if ('id.orig_h' in object) return object
  if ('id_orig_h' in object) {
    return Object.fromEntries(
      Object.entries(object).map(([name, value]) => [
        name.startsWith('id_orig_') || name.startsWith('id_resp_') ? `id.${name.slice(3)}` : name,
        value,
      ]),
    )
  }
  const { id, ...rest } = object
  if (!isObject(id) || !('orig_h' in id)) return object
  const flat = connectionFields.map((name) => [`id.${name}`, id[name]] as const)
  return { ...rest, ...Object.fromEntries(flat) }
}
