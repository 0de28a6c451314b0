import type { Family } from './field-mapping.ts'
import type { Slots } from './view.ts'

/** The slot of the first of several fields that is there. */
export function slotOfFirst(slots: Slots, fields: readonly string[], family: Family): number {
  const each = fields.map((field) => slots.slotOf(field, family))
  const [only] = each
  if (only !== undefined && each.length === 1) return only
  const readers = each.map((slot) => slots.readers[slot])
  slots.readers.push((reading) => {
    for (const reader of readers) {
      const value = reader?.(reading)
      if (value !== undefined) return value
    }
    return undefined
  })
  return slots.readers.length - 1
}
