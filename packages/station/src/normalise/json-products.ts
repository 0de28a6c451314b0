import type { JsonObject } from '../parse/json.ts'
import { looksLikeEve, parseSuricataEve } from '../parse/suricata-eve.ts'
import { looksLikeWindows, parseWindowsJson } from '../parse/windows-json.ts'
import { looksLikeZeek, parseZeekJson } from '../parse/zeek-json.ts'
import { carriedLine, carriedProduct } from './carried-line.ts'
import { bareFlow, looksLikeNetflow, looksLikeSflow, normaliseFlow } from './flow.ts'
import { logsourceOf, normaliseJson } from './json.ts'
import { serviceObjects } from './json-products-services.ts'
import { looksLikeModSecurityAudit, normaliseModSecurityAudit } from './modsecurity-audit.ts'
import type { JsonProduct } from './product.ts'
import { eveLogsource, normaliseEve } from './suricata-eve.ts'
import { normaliseWindows, windowsLogsourceOf } from './windows.ts'
import { withSysmonNames } from './windows-names.ts'
import { normaliseZeek, zeekLogsource } from './zeek-json.ts'

const windows: JsonProduct = {
  format: 'windows-json',
  recognises: looksLikeWindows,
  read: (object, around) => {
    const event = parseWindowsJson(object)
    return event.ok ? normaliseWindows(event.value, around) : event
  },
  bare: (object) => {
    const event = parseWindowsJson(object)
    if (!event.ok) return undefined
    const logsource = windowsLogsourceOf(event.value)
    return { logsource, record: withSysmonNames(event.value.fields, logsource) }
  },
}

const zeek: JsonProduct = {
  format: 'zeek-json',
  recognises: looksLikeZeek,
  read: (object, around) => {
    const line = parseZeekJson(object)
    return line.ok ? normaliseZeek(line.value, around) : line
  },
  bare: (object) => {
    const line = parseZeekJson(object)
    if (!line.ok) return undefined
    return { logsource: zeekLogsource(line.value.path), record: line.value.fields }
  },
}

const eve: JsonProduct = {
  format: 'suricata-eve',
  recognises: looksLikeEve,
  read: (object, around) => {
    const line = parseSuricataEve(object)
    return line.ok ? normaliseEve(line.value, around) : line
  },
  bare: (object) => {
    const line = parseSuricataEve(object)
    return line.ok ? { logsource: eveLogsource(line.value.type), record: object } : undefined
  },
}

const modSecurity: JsonProduct = {
  format: 'modsecurity-audit',
  recognises: looksLikeModSecurityAudit,
  read: normaliseModSecurityAudit,
  bare: (object) => ({ logsource: { product: 'modsecurity' }, record: object }),
}

const netflow: JsonProduct = {
  format: 'netflow',
  recognises: looksLikeNetflow,
  read: normaliseFlow,
  bare: bareFlow,
}

const sflow: JsonProduct = {
  format: 'sflow',
  recognises: looksLikeSflow,
  read: normaliseFlow,
  bare: bareFlow,
}

/** Objects nobody else knows. */
const plain: JsonProduct = {
  format: 'json',
  recognises: () => true,
  read: normaliseJson,
  // What its message says of a known product, only the whole way tells.
  bare: (object) => {
    const line = carriedLine(object, { zone: 'UTC', receivedAt: 0 })
    if (line && carriedProduct(line)) return undefined
    return { logsource: logsourceOf(object), record: object }
  },
}

/** Whose objects are recognised and read; of several that recognise one the first counts. */
const jsonProducts: readonly JsonProduct[] = [
  windows,
  zeek,
  eve,
  modSecurity,
  netflow,
  sflow,
  ...serviceObjects,
  plain,
]
const byFormat = new Map<string, JsonProduct>(jsonProducts.map((each) => [each.format, each]))

/** The product a source says its objects are of; undefined for formats that are no JSON. */
export function jsonProductOf(format: string): JsonProduct | undefined {
  return byFormat.get(format)
}

/** The product of an object: the one the source names, else the one the object shows itself to be of. */
export function productOfObject(object: JsonObject, format: string): JsonProduct {
  const named = byFormat.get(format)
  if (named !== undefined && named !== plain) return named
  return jsonProducts.find(({ recognises }) => recognises(object)) ?? plain
}
