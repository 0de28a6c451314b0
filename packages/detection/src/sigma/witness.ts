import type { Position } from './text-pattern.ts'

/** A text, in lower case, that must stand in a field for a test to hold. */
export interface Witness {
  readonly slot: number
  readonly literal: string
  /** Where in the field it must stand. */
  readonly position: Position
}
