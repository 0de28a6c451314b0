import { parse } from 'yaml'
import type { z } from 'zod'
import { schemaAt } from './configuration-shape.ts'

const prefix = 'HAIDANG__'

/** One value given by the environment, and the variable that gave it. */
export interface EnvironmentValue {
  readonly path: readonly string[]
  readonly value: unknown
  readonly variable: string
}

/**
 * What `HAIDANG__SECTION__KEY` variables say, by path. Text stays text where the schema wants text;
 * anything else is read as YAML, so `true`, `8080` and `[a, b]` mean what they say.
 */
export function environmentValues(
  schema: z.ZodType,
  environment: Readonly<Record<string, string | undefined>>,
): EnvironmentValue[] {
  const names = Object.keys(environment).filter((name) => name.startsWith(prefix))
  return names.sort().map((variable) => {
    const path = variable.slice(prefix.length).toLowerCase().split('__')
    const text = environment[variable] ?? ''
    return { path, value: meantBy(text, schemaAt(schema, path)), variable }
  })
}

function meantBy(text: string, schema: z.ZodType | undefined): unknown {
  const type = schema?.def.type
  if (type === undefined || type === 'string' || type === 'enum') return text
  try {
    return parse(text)
  } catch {
    return text
  }
}
