import { looksLikeCef, parseCef } from '../parse/cef.ts'
import { looksLikeCheckPoint, parseCheckPoint } from '../parse/check-point.ts'
import { ciscoKind, parseCisco } from '../parse/cisco.ts'
import { looksLikeFilterlog, parseFilterlog } from '../parse/filterlog.ts'
import { readKeyValues } from '../parse/key-values.ts'
import { looksLikeLeef, parseLeef } from '../parse/leef.ts'
import { looksLikeModSecurity, parseModSecurity } from '../parse/modsecurity.ts'
import { looksLikePanOs, parsePanOs } from '../parse/pan-os.ts'
import { unreadable } from '../parse/parsed.ts'
import { normaliseCef } from './cef.ts'
import { normaliseCheckPoint } from './check-point.ts'
import { normaliseCiscoAsa } from './cisco-asa.ts'
import { normaliseCiscoIos } from './cisco-ios.ts'
import { normaliseFilterlog } from './filterlog.ts'
import { looksLikeFortigate, normaliseFortigate } from './fortigate.ts'
import { looksLikeKeyValues, normaliseKeyValues } from './key-values.ts'
import { normaliseLeef } from './leef.ts'
import { looksLikeMikrotik, normaliseMikrotik } from './mikrotik.ts'
import { normaliseModSecurity } from './modsecurity.ts'
import { looksLikeNetfilter, normaliseNetfilter } from './netfilter.ts'
import { normalisePanOs } from './pan-os.ts'
import type { LineProduct } from './product.ts'
import { looksLikeSquidLine, normaliseSquid } from './squid.ts'

const noMark = 'no %FACILITY-SEVERITY-MNEMONIC: in the message'

/** Network and security equipment, each known by the form of its lines. */
export const networkProducts: readonly LineProduct[] = [
  {
    format: 'fortigate',
    recognises: looksLikeFortigate,
    read: ({ message }, around) => normaliseFortigate(readKeyValues(message), around),
  },
  {
    format: 'pan-os',
    recognises: looksLikePanOs,
    read: ({ message }, around) => {
      const line = parsePanOs(message)
      return line.ok ? normalisePanOs(line.value, around) : line
    },
  },
  {
    format: 'cisco-asa',
    recognises: (text, program) => ciscoKind(text, program) === 'asa',
    read: (fields, around) => {
      const line = parseCisco(fields, around)
      return line ? normaliseCiscoAsa(line) : unreadable('cisco-asa.no-mark', noMark)
    },
  },
  {
    format: 'cisco-ios',
    recognises: (text, program) => ciscoKind(text, program) === 'ios',
    read: (fields, around) => {
      const line = parseCisco(fields, around)
      return line ? normaliseCiscoIos(line) : unreadable('cisco-ios.no-mark', noMark)
    },
  },
  {
    format: 'check-point',
    recognises: looksLikeCheckPoint,
    read: (fields, around) => {
      const line = parseCheckPoint(fields.message)
      return line.ok ? normaliseCheckPoint(line.value, fields, around) : line
    },
  },
  {
    format: 'filterlog',
    programs: ['filterlog'],
    recognises: looksLikeFilterlog,
    read: (fields) => {
      const line = parseFilterlog(fields.message)
      return line.ok ? normaliseFilterlog(line.value, fields) : line
    },
  },
  { format: 'netfilter', recognises: looksLikeNetfilter, read: normaliseNetfilter },
  { format: 'mikrotik', recognises: looksLikeMikrotik, read: normaliseMikrotik },
  {
    format: 'squid',
    recognises: looksLikeSquidLine,
    read: ({ message }) => normaliseSquid(message),
  },
  {
    format: 'modsecurity',
    recognises: looksLikeModSecurity,
    read: ({ message }, around) => {
      const line = parseModSecurity(message)
      return line.ok ? normaliseModSecurity(line.value, around) : line
    },
  },
]

/** Notations any vendor may write; asked after those who know their own. */
export const anyVendorProducts: readonly LineProduct[] = [
  {
    format: 'cef',
    // Before the bar stands a colon, so a syslog header's reader takes the word for the program.
    programs: ['cef'],
    recognises: looksLikeCef,
    read: ({ message }, around) => {
      const line = parseCef(message)
      return line.ok ? normaliseCef(line.value, around) : line
    },
  },
  {
    format: 'leef',
    programs: ['leef'],
    recognises: looksLikeLeef,
    read: ({ message }, around) => {
      const line = parseLeef(message)
      return line.ok ? normaliseLeef(line.value, around) : line
    },
  },
  { format: 'key-values', recognises: looksLikeKeyValues, read: normaliseKeyValues },
]
