import type { LocatedScalar } from './located-yaml.ts'

/** Something a whole YAML reader is needed for. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain'
}

const singleQuoted = /'((?:[^']|'')*)'/y
const doubleQuoted = /"((?:[^"\\]|\\[\\"/])*)"/y
const afterwards = /^ *(?: #.*)?$/
const truth = /^(?:[Tt]rue|TRUE)$/
const untruth = /^(?:[Ff]alse|FALSE)$/
const nothing = /^(?:~|[Nn]ull|NULL)$/
/** YAML 1.2.2, 10.3.2: whole numbers and fractions; other notations of numbers are left to the whole reader. */
const number = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)$/
const oddNumber =
  /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)e[-+]?\d+|0o[0-7]+|0x[\da-f]+|[-+]?\.(?:inf|nan))$/i
const special = '[]{}&*!|>%@`,#'

/** The scalar that begins at a column and ends with its line. Throws NotPlain. */
export function plainScalar(line: string, start: number): Omit<LocatedScalar, 'place'> {
  const first = line.charAt(start)
  if (first === "'") return textOf(quoted(singleQuoted, line, start).replaceAll("''", "'"))
  if (first === '"') return textOf(quoted(doubleQuoted, line, start).replace(/\\(.)/g, '$1'))
  if (special.includes(first) || /^[-?:](?: |$)/.test(line.slice(start, start + 2))) {
    throw new NotPlain()
  }
  const comment = line.indexOf(' #', start)
  const text = line.slice(start, comment < 0 ? undefined : comment).replace(/ +$/, '')
  if (/:(?: |$)/.test(text) || oddNumber.test(text)) throw new NotPlain()
  return resolved(text)
}

function quoted(expression: RegExp, line: string, start: number): string {
  expression.lastIndex = start
  const found = expression.exec(line)
  if (!found || !afterwards.test(line.slice(expression.lastIndex))) throw new NotPlain()
  return found[1] ?? ''
}

function textOf(text: string): Omit<LocatedScalar, 'place'> {
  return { kind: 'scalar', value: text, text }
}

function resolved(text: string): Omit<LocatedScalar, 'place'> {
  if (truth.test(text)) return { kind: 'scalar', value: true, text }
  if (untruth.test(text)) return { kind: 'scalar', value: false, text }
  if (nothing.test(text)) return { kind: 'scalar', value: null, text }
  return number.test(text) ? { kind: 'scalar', value: Number(text), text } : textOf(text)
}
