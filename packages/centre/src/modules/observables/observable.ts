import type { ExtractedObservable } from '@haidang/contracts/incident-observable'
import { readIndicator } from '../../payload/indicator.ts'

/** Signs that stand around values in reports, mails and logs, and in none of them. */
const between = /[\s"'`;,{}|\\<>=]+/u
const before = '([*'
const after = ')].:!?*'
/** Endings that name files oftener than sites. */
const fileEndings =
  /\.(?:exe|dll|sys|bat|ps1|vbs|js|docx?|xlsx?|pdf|zip|rar|txt|log|php|aspx?|html?|json|xml|tmp|dat|bin|sh|py)$/

/** A value in the one form it is kept in; undefined: it is none. */
export function readObservable(written: string): ExtractedObservable | undefined {
  const found = readIndicator(written)
  return found && { kind: found.kind, value: found.text }
}

/**
 * Addresses, names, URLs, hashes and mailboxes in a text, each once, in the order they stand there; names that look
 * like those of files are left out. `most`: no more than so many.
 */
export function extractObservables(text: string, most: number): ExtractedObservable[] {
  const found = new Map<string, ExtractedObservable>()
  for (const word of text.split(between)) {
    if (found.size >= most) break
    const one = readObservable(word) ?? readObservable(bare(word))
    if (!one || (one.kind === 'domain' && fileEndings.test(one.value))) continue
    found.set(`${one.kind} ${one.value}`, one)
  }
  return [...found.values()]
}

/** A word without the signs a sentence puts around it. */
function bare(word: string): string {
  let [start, end] = [0, word.length]
  while (start < end && before.includes(word.charAt(start))) start += 1
  while (end > start && after.includes(word.charAt(end - 1))) end -= 1
  return word.slice(start, end)
}

/** A value as it may stand in a mail: nobody opens it by accident. */
export function harmless({ kind, value }: ExtractedObservable): string {
  if (kind === 'hash') return value
  if (kind !== 'url') return value.replaceAll('.', '[.]').replaceAll('@', '[@]')
  const [, scheme = '', host = '', rest = ''] = /^(.*?:\/\/)([^/?#]*)(.*)$/.exec(value) ?? []
  return `${scheme.replace('http', 'hxxp')}${host.replaceAll('.', '[.]')}${rest}`
}
