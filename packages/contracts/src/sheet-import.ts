import { z } from 'zod'
import { SheetFault } from './sheet-fault.ts'

export const SheetFormat = z.enum(['csv', 'xlsx'])
export type SheetFormat = z.infer<typeof SheetFormat>

/** A file to be read in, and what is to become of rows that are in the register already. */
export const SheetImport = z.object({
  name: z.string().max(255).describe('of the file'),
  format: SheetFormat,
  content: z.base64().max(8_000_000).describe('the file; separated values in UTF-8 may be gzipped'),
  existing: z
    .enum(['refuse', 'skip', 'update'])
    .default('refuse')
    .describe('rows whose code is in the register already'),
})
export type SheetImport = z.infer<typeof SheetImport>

/** What reading a file in would do, or did. */
export const SheetOutcome = z.object({
  rows: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  fault_count: z.int(),
  faults: z.array(SheetFault).describe('the first 200'),
  notice_count: z.int(),
  notices: z.array(SheetFault).describe('what is right but worth a look; the first 200'),
  sample: z
    .array(
      z.object({
        row: z.int(),
        code: z.string(),
        name: z.string(),
        act: z.enum(['create', 'update', 'skip']),
      }),
    )
    .describe('the first 20 rows that are right'),
  sha256: z.string().describe('of the file'),
})
export type SheetOutcome = z.infer<typeof SheetOutcome>
