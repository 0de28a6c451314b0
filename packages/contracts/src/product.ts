import { z } from 'zod'
import { formatNames, type KnownFormat, type RecordFormat } from './record-format.ts'
import { CollectorKind } from './source.ts'

/** What a product is for; the words for people are in labels.ts. */
export const ProductKind = z.enum([
  'firewall',
  'network',
  'system',
  'sensor',
  'web',
  'mail',
  'names',
  'tunnel',
  'database',
  'cloud',
  'any',
])
export type ProductKind = z.infer<typeof ProductKind>

const Format = z.enum(Object.keys(formatNames) as [KnownFormat, ...KnownFormat[]])

/** One way to bring the records of a product to a station. */
export const WayIn = z
  .object({
    collector: CollectorKind,
    put: z
      .string()
      .describe('where the lines belong, in words of the sender: command line, file, menu'),
    lines: z
      .string()
      .describe(
        'to copy; {{host}} {{port}} {{token}} {{name}} {{path}} {{origin}} stand for values, {{tls:…}} for what is there only where the port speaks TLS',
      ),
    path: z
      .string()
      .optional()
      .describe('of a file the station reads itself: where it usually stands'),
  })
  .readonly()
export type WayIn = z.infer<typeof WayIn>

/** A product whose records a station reads: how it is pointed there, and what comes first. */
export const Product = z
  .object({
    id: z.string(),
    name: z.string(),
    vendor: z.string(),
    kind: ProductKind,
    formats: z
      .tuple([Format], Format)
      .readonly()
      .describe('as what records are read; of several each record’s is recognised'),
    fixtures: z
      .string()
      .optional()
      .describe('beginning of the names of its fixtures, where it shares a format with others'),
    ways: z.tuple([WayIn], WayIn).readonly().describe('the best first'),
    first: z
      .object({ vi: z.string(), en: z.string() })
      .describe('what makes the first event, and which it is'),
    versions: z.string().describe('that the documentation speaks of'),
    documentation: z.string().describe('the vendor’s own'),
    words: z.string().optional().describe('other words people look for it by'),
  })
  .readonly()
export type Product = z.infer<typeof Product>

/** The format a source of the product is given: its only one, else each record is recognised by itself. */
export function formatOf({ formats }: Pick<Product, 'formats'>): RecordFormat {
  return formats.length === 1 ? formats[0] : 'auto'
}

/** What the lines of a way in are filled with; what is not known stays a word in capitals. */
export interface LineValues
  extends Readonly<Record<'host' | 'port' | 'token' | 'name' | 'path' | 'origin', string>> {
  /** The port may speak TLS or not, and does. */
  readonly isTls: boolean
}

/** The lines of a way in with this station's values in them. */
export function filledLines({ lines }: Pick<WayIn, 'lines'>, values: LineValues): string {
  return lines
    .replaceAll(/\{\{tls:([^}]*)\}\}/g, (_, words: string) => (values.isTls ? words : ''))
    .replaceAll(
      /\{\{(host|port|token|name|path|origin)\}\}/g,
      (_, word: Exclude<keyof LineValues, 'isTls'>) => values[word],
    )
}
