import { foldVietnamese } from '@haidang/contracts/fold'
import type { ProblemCode } from '@haidang/contracts/problems'

type Weakness = Extract<ProblemCode, `password.${string}`>

/** Fewer other letters than these are no secret beside a name or a common word. */
const ownLetters = 6
/** Of fewer different characters no long password is a good one. */
const differentCharacters = 5
/** Words one types by moving along the keyboard or counting. */
const runs = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '01234567890123456789']
/** What everybody here would try. */
const ofTheHouse = ['haidang', 'matkhau', 'password']

/**
 * What is wrong with a new password of allowed length; undefined: nothing. No rule asks for kinds of characters: what
 * counts is that nobody guesses it. `about` are names, e-mail and organisation of its holder; `common` the most used
 * passwords in small letters.
 */
export function weaknessOf(
  password: string,
  about: readonly string[],
  common: ReadonlySet<string>,
): Weakness | undefined {
  const plain = plainOf(password)
  if (repeats(plain)) return 'password.repeated'
  if (isCommon(plain, common)) return 'password.common'
  const rest = without(plain, [...ofTheHouse, ...about.flatMap(wordsOf)])
  if (rest === plain) return undefined
  return lettersOf(rest) < ownLetters || isCommon(rest, common) ? 'password.personal' : undefined
}

/** Small letters without marks and spaces: who guesses tries all of these, too. */
function plainOf(text: string): string {
  return foldVietnamese(text).replace(/\s/g, '')
}

function repeats(plain: string): boolean {
  if (new Set(plain).size < differentCharacters) return true
  // A text that is a part of itself repeated stands within itself written twice, not at its ends.
  return `${plain}${plain}`.indexOf(plain, 1) < plain.length
}

/** A common one as it is, with figures and signs around it, or a run along the keyboard. */
function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  const word = trimmed(plain)
  if (common.has(plain) || common.has(word)) return true
  if (word.length === 0) return common.has(plain.replace(/[^0-9]/g, '')) || isRun(plain)
  return isRun(word)
}

function isRun(word: string): boolean {
  const back = [...word].reverse().join('')
  return runs.some((run) => run.includes(word) || run.includes(back))
}

/** Without figures and signs at both ends; by steps, as an expression would look at each end again and again. */
function trimmed(plain: string): string {
  const letters = [...plain]
  const isLetter = (character: string) => /\p{L}/u.test(character)
  const first = letters.findIndex(isLetter)
  return first < 0 ? '' : letters.slice(first, letters.findLastIndex(isLetter) + 1).join('')
}

function wordsOf(text: string): string[] {
  const words = foldVietnamese(text).split(/[^\p{L}\p{N}]+/u)
  // A whole name written together, too.
  return [words.join(''), ...words].filter((word) => word.length >= 4)
}

/** Longest first, so that a word within a longer one does not leave its ends. */
function without(plain: string, words: readonly string[]): string {
  const ordered = [...new Set(words)].toSorted((a, b) => b.length - a.length).slice(0, 50)
  return ordered.reduce((rest, word) => rest.replaceAll(word, ''), plain)
}

function lettersOf(text: string): number {
  return [...text].filter((character) => /\p{L}/u.test(character)).length
}
