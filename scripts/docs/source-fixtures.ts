import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '@haidang/contracts/event'
import type { Product } from '@haidang/contracts/product'

const directory = join(import.meta.dirname, '../../packages/station/src/normalise/fixtures')

/** A record of a product, and the event the tests hold it to. */
export interface Fixture {
  readonly record: string
  readonly event: Event
  /** Written by hand after the documentation, not recorded. */
  readonly isConstructed: boolean
}

/** The fixtures of a product, in the order of their names. */
export function fixturesOf({ formats, fixtures = '' }: Product): Fixture[] {
  return formats.flatMap((format) =>
    readdirSync(join(directory, format))
      .filter((name) => name.endsWith('.log') && name.startsWith(fixtures))
      .toSorted()
      .map((name) => read(join(directory, format, name))),
  )
}

function read(path: string): Fixture {
  return {
    record: readFileSync(path, 'utf8').trimEnd(),
    event: JSON.parse(readFileSync(path.replace(/\.log$/, '.json'), 'utf8')),
    isConstructed: path.includes('.constructed.'),
  }
}
