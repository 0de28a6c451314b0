import type { Draft } from './draft.ts'
import type { Fields } from './fields.ts'

/** What one kind of Windows event says beyond who wrote it and when. */
export type WindowsAbout = Partial<
  Omit<Draft, 'unmapped' | 'logsource' | 'time' | 'product' | 'device' | 'original_time'>
>
export type WindowsReader = (fields: Fields) => WindowsAbout
