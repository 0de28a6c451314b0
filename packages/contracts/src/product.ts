import type { Language } from './person.ts'
import type { KnownFormat } from './record-format.ts'
import type { CollectorKind } from './source.ts'

/** What a product is for; the words for people are in labels.ts. */
export const productKinds = [
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
] as const
export type ProductKind = (typeof productKinds)[number]

/** One way to bring the records of a product to a station. */
export interface WayIn {
  readonly collector: CollectorKind
  /** Where the lines belong, in the words of the sender: its command line, a file, a menu. */
  readonly put: string
  /** To copy. `{{host}} {{port}} {{token}} {{name}} {{path}} {{origin}}` stand for what the station knows. */
  readonly lines: string
  /** Of a file the station reads itself: where it usually stands. */
  readonly path?: string
}

/** A product whose records a station reads: how it is pointed there, and what comes first. */
export interface Product {
  readonly id: string
  readonly name: string
  readonly vendor: string
  readonly kind: ProductKind
  /** As what its records are read; of several the station recognises each record's by itself. */
  readonly formats: readonly [KnownFormat, ...KnownFormat[]]
  /** Beginning of the names of its fixtures, where it shares a format with others. */
  readonly fixtures?: string
  /** The best first. */
  readonly ways: readonly [WayIn, ...WayIn[]]
  /** What makes the first event, and which it is. */
  readonly first: Readonly<Record<Language, string>>
  /** That the documentation speaks of. */
  readonly versions: string
  /** The vendor's own. */
  readonly documentation: string
  /** Other words people look for it by. */
  readonly words?: string
}
