import type { RecordReading } from '@haidang/contracts/record-reading'
import { Problem } from '@haidang/runtime/problem'
import { isTimeFormat } from '../parse/formatted-time.ts'

/** What no schema says of how records are read. Throws Problem request.invalid, naming the field. */
export function requireReading(zone: string, reading: RecordReading): void {
  if (!isZone(zone)) {
    throw new Problem('request.invalid', `unknown zone ${zone}`, [
      { field: 'zone', cause: zone, remedy: 'an IANA zone, as in Asia/Ho_Chi_Minh' },
    ])
  }
  const format = reading.csv?.time_format ?? 'auto'
  if (isTimeFormat(format)) return
  throw new Problem('request.invalid', `time format ${format}`, [
    {
      field: 'reading.csv.time_format',
      cause: format,
      remedy: 'auto, epoch, or year, month and day each once, as in dd/MM/yyyy HH:mm:ss',
    },
  ])
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
