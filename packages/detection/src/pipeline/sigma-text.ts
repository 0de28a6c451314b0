import { atomsOf } from '../sigma/text-pattern.ts'

/**
 * A Sigma string as people see it, with what each character is: `t` text, `w` a wildcard, `e` the
 * backslash that is shown before a literal `*` or `?` and is not part of the text.
 */
export interface SigmaText {
  readonly shown: string
  readonly roles: string
}

export const anyText: SigmaText = { shown: '*', roles: 'w' }

/** Reads wildcards and escapes. */
export function readText(written: string): SigmaText {
  return joinedTexts(
    atomsOf(written).map((atom) => {
      if (typeof atom === 'object') return literalText(atom.text)
      return atom === 'one' ? { shown: '?', roles: 'w' } : anyText
    }),
  )
}

/** A text in which nothing is a wildcard. */
export function literalText(text: string): SigmaText {
  return {
    shown: text.replace(/[*?]/g, '\\$&'),
    roles: text.replace(/[*?]|[\s\S]/g, (piece) => (piece === '*' || piece === '?' ? 'et' : 't')),
  }
}

/** Text written by a person into a pipeline: `*` and `?` are wildcards unless a backslash stands before. */
export function templateText(text: string): SigmaText {
  const roles = text.replace(/\\[*?]|[*?]|[\s\S]/g, (piece) => {
    if (piece.length === 2) return 'et'
    return piece === '*' || piece === '?' ? 'w' : 't'
  })
  return { shown: text, roles }
}

export function joinedTexts(texts: readonly SigmaText[]): SigmaText {
  return {
    shown: texts.map(({ shown }) => shown).join(''),
    roles: texts.map(({ roles }) => roles).join(''),
  }
}

export function sliceOf({ shown, roles }: SigmaText, from: number, to: number): SigmaText {
  return { shown: shown.slice(from, to), roles: roles.slice(from, to) }
}

/** Whether a wildcard stands in it. */
export function hasWildcard({ roles }: SigmaText): boolean {
  return roles.includes('w')
}

/** The text as a rule writes it, with no more backslashes than it needs. */
export function writeText({ shown, roles }: SigmaText): string {
  const written: string[] = []
  let next = ''
  for (let i = shown.length - 1; i >= 0; i--) {
    const role = roles.charAt(i)
    if (role === 'e') continue
    const character = shown.charAt(i)
    const special = character === '*' || character === '?'
    const escaped = special || (character === '\\' && next !== '' && '\\*?'.includes(next))
    written.push(role === 't' && escaped ? `\\${character}` : character)
    next = role === 't' && escaped ? '\\' : character
  }
  return written.reverse().join('')
}
