import type { FieldTreatment } from '@haidang/contracts/release'
import type { Network } from '@haidang/detection/ip-address'
import { CopiedValues } from './copied-values.ts'
import { type Pseudonyms, struck } from './pseudonym.ts'
import { isMatchedField, places } from './treated-fields.ts'

/** With what records are treated. */
export interface Treating {
  readonly names: Pseudonyms
  /** What `own_ip` means. */
  readonly ownNetworks: readonly Network[]
}

/** What names the record itself and words of closed lists: nothing of a sender stands there. */
const untouched =
  /^(?:id|organisation_id|node_id|source_id|event_id|tlp|time|original_time|received_time|detected_time|detector|severity|status|auth_protocol|rule\.version|metadata\.(?:version|parser)|origin\.(?:node|stream)|connection_info\.direction|(?:src_endpoint|dst_endpoint|device)\.(?:zone|location\.country|lease\.(?:kind|since|filled\.\d+))|http_request\.client\.kind|observables\.\d+\.(?:type|name)|(?:.*\.)?hashes\.\d+\.algorithm)$/
/** Where bytes stand as they came: a value may be written there in a way nobody foresees. */
const asReceived: ReadonlySet<string> = new Set(['raw_data', 'unmapped'])

/**
 * An event or alert with values of the given kinds struck out or exchanged, and every copy of them in any
 * other text, too. The bytes as received, and fields no attribute stands for, are taken out as a whole.
 * Pure: the same record, treatments and key give the same result. `record` is plain JSON.
 */
export function treated<T extends object>(
  record: T,
  fields: readonly FieldTreatment[],
  { names, ownNetworks }: Treating,
): T {
  const values = new CopiedValues({ names, ownNetworks, fields })
  const kept = Object.fromEntries(Object.entries(record).filter(([key]) => !asReceived.has(key)))
  collect(kept, '', fields, values)
  const clean = rebuilt(kept, '', values) as Record<string, unknown>
  const observables = clean['observables']
  if (Array.isArray(observables)) {
    clean['observables'] = observables.filter(({ value }) => value !== struck)
  }
  if ('raw_data' in record) clean['raw_data'] = ''
  if ('unmapped' in record) clean['unmapped'] = {}
  return clean as T
}

function collect(
  value: unknown,
  path: string,
  fields: readonly FieldTreatment[],
  values: CopiedValues,
): void {
  if (typeof value === 'string') collectAttribute(value, path, fields, values)
  if (value === null || typeof value !== 'object') return
  if (path.startsWith('observables.')) collectObservable(value, fields, values)
  if (path.startsWith('matches.')) collectMatch(value, fields, values)
  for (const [key, inner] of Object.entries(value)) {
    collect(inner, path === '' ? key : `${path}.${key}`, fields, values)
  }
}

function collectAttribute(
  value: string,
  path: string,
  fields: readonly FieldTreatment[],
  values: CopiedValues,
): void {
  for (const { field, how } of fields) {
    if (places[field].attribute.test(path)) values.add(field, how, value)
  }
}

function collectObservable(
  observable: { type?: unknown; value?: unknown },
  fields: readonly FieldTreatment[],
  values: CopiedValues,
): void {
  for (const { field, how } of fields) {
    const isOfKind = places[field].observables.some((type) => type === observable.type)
    if (isOfKind) values.add(field, how, String(observable.value))
  }
}

function collectMatch(
  match: { field?: unknown; value?: unknown },
  fields: readonly FieldTreatment[],
  values: CopiedValues,
): void {
  for (const { field, how } of fields) {
    if (isMatchedField(field, String(match.field))) values.add(field, how, String(match.value))
  }
}

function rebuilt(value: unknown, path: string, values: CopiedValues): unknown {
  if (typeof value === 'string') return untouched.test(path) ? value : values.cleaned(value)
  if (Array.isArray(value)) return value.map((one, i) => rebuilt(one, `${path}.${i}`, values))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      rebuilt(inner, path === '' ? key : `${path}.${key}`, values),
    ]),
  )
}
