import { looksLikeCsv } from '../parse/csv-record.ts'
import { looksLikeExchangeTracking, parseExchangeTracking } from '../parse/exchange-tracking.ts'
import { looksLikeW3c, parseW3c } from '../parse/w3c.ts'
import { looksLikeZeekTsv, parseZeekTsv } from '../parse/zeek-tsv.ts'
import { normaliseCsv } from './csv.ts'
import { normaliseExchangeTracking } from './exchange-tracking.ts'
import type { LineProduct } from './product.ts'
import { normaliseW3c } from './w3c.ts'
import { normaliseZeek } from './zeek-json.ts'

/** Files of columns whose names stand in a head. */
export const fileProducts: readonly LineProduct[] = [
  { format: 'csv', recognises: looksLikeCsv, read: normaliseCsv },
  {
    format: 'exchange-tracking',
    recognises: looksLikeExchangeTracking,
    read: ({ message }) => {
      const line = parseExchangeTracking(message)
      return line.ok ? normaliseExchangeTracking(line.value, message) : line
    },
  },
  {
    format: 'w3c',
    recognises: looksLikeW3c,
    read: ({ message }) => {
      const line = parseW3c(message)
      return line.ok ? normaliseW3c(line.value, message) : line
    },
  },
  {
    format: 'zeek-tsv',
    recognises: looksLikeZeekTsv,
    read: ({ message }, around) => {
      const line = parseZeekTsv(message)
      if (!line.ok) return line
      const read = normaliseZeek(line.value, around)
      // A line of the head tells of a file that was begun or ended.
      if (line.value.path !== '') return read
      return {
        ...read,
        draft: { ...read.draft, message: message.split('\n', 1)[0] ?? '', log_name: undefined },
      }
    },
  },
]
