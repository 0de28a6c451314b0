import type { Language } from '@haidang/contracts/person'
import { plainDate } from '../../format/instant.ts'
import { isoDuration } from '../../format/iso-duration.ts'

const durations = new Set(['within', 'grace'])

/** What a plain value of an entry's field is in words: a duration, a date, or as it stands. */
export function fieldWords(field: string, value: string, language: Language): string {
  return durations.has(field) ? isoDuration(value, language) : plainDate(value)
}
