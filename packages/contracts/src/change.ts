import { z } from 'zod'

type Undefaulted<T> = T extends z.ZodDefault<infer Inner extends z.ZodType> ? Inner : T
type ChangeShape<S extends z.ZodRawShape> = {
  [K in keyof S]: z.ZodExactOptional<Undefaulted<S[K]>>
}

/**
 * The body of a PATCH: every field of a draft may be left out and then stays as it is.
 * Plain `.partial()` would fill the defaults of the draft in and so reset what nobody named.
 */
export function changeOf<S extends z.ZodRawShape>(draft: z.ZodObject<S>) {
  const shape = Object.entries(draft.shape).map(([name, field]) => [
    name,
    z.exactOptional(field instanceof z.ZodDefault ? field.unwrap() : field),
  ])
  return z.object(Object.fromEntries(shape) as ChangeShape<S>)
}
