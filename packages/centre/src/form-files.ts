import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FormDefinition, FormOption } from '@haidang/contracts/form-definition'
import { Problem } from '@haidang/runtime/problem'
import { parse } from 'yaml'
import { z } from 'zod'

type Enumerations = Readonly<Record<string, readonly FormOption[]>>

const EnumerationFile = z.strictObject({
  enumerations: z.record(z.string(), z.array(FormOption).min(1).max(200)),
})
/** What of a file is read before the definition: the rest is the contract's to check. */
const FormFileHead = z.looseObject({
  id: z.string(),
  sections: z.array(z.unknown()).optional(),
  sections_of: z.string().optional(),
})

/**
 * The forms of a directory (`*.yaml` beside `enumerations.yaml`), checked. A field names the enumeration it chooses from
 * by `values`, a form that has the sections of another names it by `sections_of`.
 * Throws Problem configuration.invalid with the file and field that is wrong.
 */
export async function loadForms(
  directory: string,
  given: Enumerations,
): Promise<readonly FormDefinition[]> {
  const own = await load(join(directory, 'enumerations.yaml'), EnumerationFile)
  const enumerations = { ...own.enumerations, ...given }
  const names = (await readdir(directory)).filter(
    (name) => name.endsWith('.yaml') && name !== 'enumerations.yaml',
  )
  const files = await Promise.all(
    names.sort().map(async (name) => ({
      path: join(directory, name),
      head: await load(join(directory, name), FormFileHead),
    })),
  )
  const definitions = files.map(({ path, head: { sections_of, ...head } }) => {
    const other = files.find((file) => file.head.id === sections_of)?.head
    if (sections_of !== undefined && !other?.sections) {
      throw new Problem('configuration.invalid', `${path}: no form ${sections_of} with sections`)
    }
    const sections = withOptions(head.sections ?? other?.sections, enumerations, path)
    return checked(FormDefinition, { ...head, sections }, path)
  })
  requireOneAtATime(definitions)
  return definitions
}

async function load<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return checked(schema, parse(await readFile(path, 'utf8')), path)
}

function checked<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw new Problem('configuration.invalid', `${path}: ${z.prettifyError(read.error)}`)
}

/** The same with the values of each enumeration in the place where it is named. */
function withOptions(node: unknown, enumerations: Enumerations, path: string): unknown {
  if (Array.isArray(node)) return node.map((each) => withOptions(each, enumerations, path))
  if (node === null || typeof node !== 'object') return node
  const { values, ...rest } = node as Readonly<Record<string, unknown>>
  const entries = Object.entries(rest).map(([key, inner]) => [
    key,
    withOptions(inner, enumerations, path),
  ])
  const whole = Object.fromEntries(entries)
  if (values === undefined) return whole
  const options = typeof values === 'string' ? enumerations[values] : undefined
  if (!options) throw new Problem('configuration.invalid', `${path}: no enumeration ${values}`)
  return { ...whole, options }
}

/** Two forms for the same at the same time would leave open which one holds. */
function requireOneAtATime(definitions: readonly FormDefinition[]): void {
  for (const one of definitions)
    for (const other of definitions) {
      if (one === other || one.use !== other.use || one.valid_from > other.valid_from) continue
      if ((one.valid_to ?? '9999-12-31') >= other.valid_from) {
        throw new Problem(
          'configuration.invalid',
          `${one.id} and ${other.id} hold at the same time`,
        )
      }
    }
}
