import { looksLikeCef, parseCef } from '../parse/cef.ts'
import { readKeyValues } from '../parse/key-values.ts'
import { looksLikeLeef, parseLeef } from '../parse/leef.ts'
import { normaliseCef } from './cef.ts'
import { looksLikeFortigate, normaliseFortigate } from './fortigate.ts'
import { looksLikeKeyValues, normaliseKeyValues } from './key-values.ts'
import { normaliseLeef } from './leef.ts'
import type { LineProduct } from './product.ts'

/** Network and security equipment, each known by the form of its lines. */
export const networkProducts: readonly LineProduct[] = [
  {
    format: 'fortigate',
    recognises: looksLikeFortigate,
    read: ({ message }, around) => normaliseFortigate(readKeyValues(message), around),
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
