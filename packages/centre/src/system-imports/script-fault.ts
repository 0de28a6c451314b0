import { domainToUnicode } from 'node:url'
import type { FaultParameters } from '@haidang/contracts/sheet-fault'
import { lookalikeOf } from '../modules/attribution/lookalike.ts'

const scripts = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Han', /\p{Script=Han}/u],
  ['Hiragana', /\p{Script=Hiragana}/u],
  ['Katakana', /\p{Script=Katakana}/u],
  ['Hangul', /\p{Script=Hangul}/u],
  ['Bopomofo', /\p{Script=Bopomofo}/u],
] as const

/** Scripts that are written together (UTS 39, highly restrictive). */
const together = [
  new Set(['Latin', 'Han', 'Hiragana', 'Katakana']),
  new Set(['Latin', 'Han', 'Hangul']),
  new Set(['Latin', 'Han', 'Bopomofo']),
]

/** Why a name in canonical form is more likely a deceit than a name; undefined where it is none. */
export function scriptFault(
  name: string,
):
  | { readonly code: 'lookalike' | 'mixed-scripts'; readonly parameters: FaultParameters }
  | undefined {
  if (!name.includes('xn--')) return undefined
  const value = domainToUnicode(name)
  const like = lookalikeOf(name)
  if (like !== undefined) return { code: 'lookalike', parameters: { value, like } }
  const isMixed = value.split('.').some((label) => {
    const used = scripts.filter(([, script]) => script.test(label)).map(([one]) => one)
    return used.length > 1 && !together.some((set) => used.every((one) => set.has(one)))
  })
  return isMixed ? { code: 'mixed-scripts', parameters: { value } } : undefined
}
