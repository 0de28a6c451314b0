import { z } from 'zod'

/** The members a configuration schema has at a path; undefined where it is no section. */
export function membersAt(
  schema: z.ZodType,
  path: readonly string[],
): Readonly<Record<string, z.ZodType>> | undefined {
  const found = schemaAt(schema, path)
  return found instanceof z.ZodObject ? found.shape : undefined
}

/** The schema at a path, stripped of defaults and the like; undefined where there is none. */
export function schemaAt(schema: z.ZodType, path: readonly string[]): z.ZodType | undefined {
  const bare = unwrapped(schema)
  const [key, ...rest] = path
  if (key === undefined) return bare
  const members = bare instanceof z.ZodObject ? (bare.shape as Record<string, z.ZodType>) : {}
  const member = Object.hasOwn(members, key) ? members[key] : undefined
  return member && schemaAt(member, rest)
}

/** What the schema says of itself at a path, be it said before or after a default. */
export function descriptionAt(schema: z.ZodType, path: readonly string[]): string | undefined {
  const last = path.at(-1)
  const member = last === undefined ? schema : membersAt(schema, path.slice(0, -1))?.[last]
  return member?.description ?? schemaAt(schema, path)?.description
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const { def } = schema
  return 'innerType' in def && def.innerType instanceof z.ZodType
    ? unwrapped(def.innerType)
    : schema
}
