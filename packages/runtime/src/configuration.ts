import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { type EnvironmentValue, environmentValues } from './configuration-environment.ts'
import { descriptionAt, membersAt, schemaAt } from './configuration-shape.ts'
import { nearest } from './nearest.ts'
import { Problem } from './problem.ts'

export interface ConfigurationOptions<S extends z.ZodType> {
  /** A strict object of strict objects; defaults stand in it and nowhere else. */
  readonly schema: S
  /** The YAML file; one that does not exist is empty. */
  readonly file: string
  /** The process environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

interface Refusal {
  readonly field: string
  readonly cause: string
  readonly remedy: string
}

type Section = { [key: string]: unknown }

const fileSuffix = '_file'
const largestSecret = 65_536

/**
 * The configuration of a node: the YAML file, overruled by `HAIDANG__SECTION__KEY`. A key with `_file`
 * after it (`…_FILE` in the environment) names a file that holds the value, for secrets. Read once,
 * checked once, frozen. Throws Problem configuration.invalid naming for every fault the field, what is
 * wrong and what to do.
 */
export async function loadConfiguration<S extends z.ZodType>(
  options: ConfigurationOptions<S>,
): Promise<z.output<S>> {
  const { schema, file, environment } = options
  const given = await sectionsIn(file)
  const overruling = environmentValues(schema, environment)
  for (const { path, value } of overruling) put(given, path, value)
  await replaceFiles(given, schema, [])
  const result = schema.safeParse(given)
  if (result.success) return frozen(result.data)
  const refusals = result.error.issues.flatMap((issue) => refusalsOf(issue, schema))
  throw refused(refusals.map((refusal) => located(refusal, file, overruling)))
}

async function sectionsIn(file: string): Promise<Section> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const document = parseDocument(text)
  const [fault] = document.errors
  if (fault) {
    const line = fault.linePos?.[0].line ?? 1
    const cause = fault.message.split('\n')[0] ?? 'not YAML'
    throw refused([{ field: `${file}:${line}`, cause, remedy: 'correct the YAML at this line' }])
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {}
  if (isSection(value)) return value
  const remedy = 'write sections, as in http: { port: 8080 }'
  throw refused([{ field: file, cause: 'not a mapping', remedy }])
}

function put(target: Section, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const inner = Object.hasOwn(target, key) ? target[key] : undefined
  const section: Section = isSection(inner) ? inner : {}
  target[key] = section
  put(section, rest, value)
}

/** Every `x_file` that the schema does not know as such, where it knows `x`, becomes `x` from that file. */
async function replaceFiles(given: Section, schema: z.ZodType, path: string[]): Promise<void> {
  for (const [key, value] of Object.entries(given)) {
    if (isSection(value)) await replaceFiles(value, schema, [...path, key])
    const plain = key.slice(0, -fileSuffix.length)
    const isReference =
      key.endsWith(fileSuffix) &&
      typeof value === 'string' &&
      !schemaAt(schema, [...path, key]) &&
      schemaAt(schema, [...path, plain])
    if (!isReference) continue
    given[plain] = await secretIn(String(value), [...path, key].join('.'))
    delete given[key]
  }
}

async function secretIn(file: string, field: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8')
    if (text.length > largestSecret) throw new Error('larger than 64 KiB')
    return text.trim()
  } catch (error) {
    const cause = `${file} cannot be read: ${error instanceof Error ? error.message : error}`
    throw refused([{ field, cause, remedy: 'name a file this process may read' }])
  }
}

function refusalsOf(issue: z.core.$ZodIssue, schema: z.ZodType): Refusal[] {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(membersAt(schema, path) ?? {})
    return issue.keys.map((key) => unknownKey([...path, key], key, known))
  }
  const description = descriptionAt(schema, path)
  const remedy = description ? `write ${description}` : 'see docs/reference for what may stand here'
  return [{ field: path.join('.'), cause: issue.message, remedy }]
}

function unknownKey(path: readonly string[], key: string, known: readonly string[]): Refusal {
  const near = nearest(key, known)
  const remedy = near ? `did you mean ${near}?` : `known here: ${known.join(', ')}`
  return { field: path.join('.'), cause: 'unknown key', remedy }
}

/** Says whether the variable or the file is to be corrected. */
function located(refusal: Refusal, file: string, overruling: readonly EnvironmentValue[]): Refusal {
  const variable = overruling.find(({ path }) => {
    const field = path.join('.')
    return field === refusal.field || field === `${refusal.field}${fileSuffix}`
  })?.variable
  return { ...refusal, cause: `${refusal.cause} (in ${variable ?? file})` }
}

function refused(errors: readonly Refusal[]): Problem {
  const lines = errors.map(({ field, cause, remedy }) => `${field}: ${cause}; ${remedy}`)
  return new Problem('configuration.invalid', lines.join('\n'), [...errors])
}

function isSection(value: unknown): value is Section {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object') {
    for (const inner of Object.values(value)) frozen(inner)
    Object.freeze(value)
  }
  return value
}
