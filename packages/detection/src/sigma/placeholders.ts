import { type LocatedScalar, RuleProblem } from './located-yaml.ts'

/** What `%name%` stands for in items with the modifier expand. */
export type Placeholders = Readonly<Record<string, readonly string[]>>

const mostVariants = 10_000

/** All values a text stands for; `\%` is a plain per cent sign. Throws RuleProblem for a name without values. */
export function expandPlaceholders(scalar: LocatedScalar, known: Placeholders): LocatedScalar[] {
  const pieces = scalar.text.split(/(\\%|%[\w.-]+%)/)
  let texts = ['']
  for (const piece of pieces) {
    const values = valuesOf(piece, scalar, known)
    texts = texts.flatMap((text) => values.map((value) => text + value))
    if (texts.length > mostVariants) {
      throw new RuleProblem(`stands for more than ${mostVariants} values`, scalar.place)
    }
  }
  return texts.map((text) => ({ ...scalar, value: text, text }))
}

function valuesOf(piece: string, scalar: LocatedScalar, known: Placeholders): readonly string[] {
  if (piece === '\\%') return ['%']
  const name = /^%([\w.-]+)%$/.exec(piece)?.[1]
  if (name === undefined) return [piece]
  const values = Object.hasOwn(known, name) ? known[name] : undefined
  if (values !== undefined) return values
  throw new RuleProblem(`nothing is known for the placeholder %${name}%`, scalar.place)
}
