import type { NearestFormat } from '@haidang/contracts/record-survey'
import type { Read } from './draft.ts'
import { nearestFormat, nearestOfObject } from './nearest-format.ts'

/**
 * What a record that was read as plain text, pairs or an object of no product probably is. Asked only of those that
 * tell nothing of themselves: a syslog line that names its program is known for what it is.
 */
export function suggestionOf(
  { draft, record }: Read,
  format: string,
  text: string,
): NearestFormat | undefined {
  if (draft.class !== 'base_event') return undefined
  if (format === 'syslog') return draft.product === 'syslog' ? nearestFormat(text) : undefined
  if (format === 'key-values') return nearestFormat(text)
  const isUnknown = format === 'json' && Object.keys(draft.logsource).length === 0
  return isUnknown ? nearestOfObject(record) : undefined
}

/** How an event says it, so that it can be searched for. */
export function suggestionRemarks(nearest: NearestFormat | undefined) {
  if (nearest === undefined) return undefined
  return {
    'haidang.looks_like': nearest.format,
    'haidang.looks_like_has': nearest.found,
    'haidang.looks_like_lacks': nearest.missing,
  }
}

/** How a reject says it, behind its own detail. */
export function withSuggestion(detail: string, text: string, tried: string): string {
  const nearest = nearestFormat(text)
  if (nearest === undefined || nearest.format === tried) return detail
  return `${detail}; looks like ${nearest.format}: has ${nearest.found.join(' ')}`.slice(0, 400)
}
