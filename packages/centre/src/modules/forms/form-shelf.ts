import { FormDefinition } from '@haidang/contracts/form-definition'
import { canonicalJson } from '@haidang/runtime/canonical-json'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { inForceOn } from '../../in-force.ts'
import type { FormStore } from './form-store.ts'

/** Every version of every form there is, and which is in force on a day. */
export class FormShelf {
  readonly #definitions: readonly FormDefinition[]

  constructor(definitions: readonly FormDefinition[]) {
    this.#definitions = definitions
  }

  /** A version of a form. Throws where it was never kept: rows refer to kept ones. */
  get(id: string, version: number): FormDefinition {
    const found = this.#definitions.find((each) => each.id === id && each.version === version)
    if (!found) throw new Error(`form ${id}, version ${version} is not kept`)
    return found
  }

  /** The form in force for something on a day: the newest version of the one that began last. */
  inForce(use: string, day: string): FormDefinition | undefined {
    return this.allInForce(day).find((each) => each.use === use)
  }

  /** The forms in force on a day, one for each use. */
  allInForce(day: string): FormDefinition[] {
    const newest = new Map<string, FormDefinition>()
    for (const each of this.#definitions)
      if (each.version > (newest.get(each.id)?.version ?? 0)) newest.set(each.id, each)
    const first = new Map<string, FormDefinition>()
    for (const each of inForceOn([...newest.values()], day))
      if (!first.has(each.use)) first.set(each.use, each)
    return [...first.values()].sort((a, b) => (a.number < b.number ? -1 : 1))
  }
}

/**
 * Keeps the definitions that ship, so that forms filled in stay readable when these change, and reads all there are.
 * Throws Problem configuration.invalid where a version that is kept already says something else.
 */
export async function fillShelf(
  database: Database,
  store: FormStore,
  shipped: readonly FormDefinition[],
): Promise<FormShelf> {
  const rows = shipped.map((body) => ({ id: body.id, version: body.version, body }))
  const kept = await database.transact(systemScope, (tx) => store.keepDefinitions(tx, rows))
  const definitions = kept.map(({ body }) => FormDefinition.parse(body))
  const texts = new Map(definitions.map((each) => [nameOf(each), canonicalJson(each)]))
  for (const each of shipped) {
    if (texts.get(nameOf(each)) === canonicalJson(each)) continue
    throw new Problem(
      'configuration.invalid',
      `form ${each.id}: version ${each.version} is in use and says something else; raise its version`,
    )
  }
  return new FormShelf(definitions)
}

function nameOf({ id, version }: FormDefinition): string {
  return `${id}@${version}`
}
