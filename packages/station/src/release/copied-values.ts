import type { FieldTreatment, ReleaseField, Treatment } from '@haidang/contracts/release'
import { isWithin, type Network, readIp } from '@haidang/detection/ip-address'
import { type Pseudonyms, struck } from './pseudonym.ts'

/** Values as short as this are replaced as whole words only; longer ones wherever they stand. */
const shortest = 4
/** A text longer than this is struck out as a whole: looking for many values in it would take too long. */
const longestText = 8192

const addressLike = /[0-9A-Fa-f:.]{3,}/g
const leadingIpv4 = /^\d{1,3}(?:\.\d{1,3}){3}/
const macLike = /(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}/g
const emailLike = /[^\s@<>"',;:()[\]]{1,64}@[^\s@<>"',;:()[\]]{1,255}/g

interface Treated {
  readonly names: Pseudonyms
  readonly ownNetworks: readonly Network[]
  readonly fields: readonly FieldTreatment[]
}

/** The values of one record that must not leave as they are, and what stands for each, in any text of it. */
export class CopiedValues {
  readonly #by: Treated
  readonly #replacements = new Map<string, string>()
  readonly #recognised: readonly [RegExp, FieldTreatment][]
  #pattern: RegExp | undefined

  constructor(by: Treated) {
    this.#by = by
    this.#recognised = by.fields.flatMap((treatment): [RegExp, FieldTreatment][] => {
      if (treatment.field === 'mac') return [[macLike, treatment]]
      if (treatment.field === 'email') return [[emailLike, treatment]]
      return []
    })
  }

  /** Notes a value of a kind, with the parts of it and the ways of writing it that texts may hold. */
  add(field: ReleaseField, how: Treatment, value: string): void {
    if (value === '' || !this.#concerns(field, value)) return
    for (const part of [value, ...partsOf(field, value)]) {
      const replacement = this.#replacement(field, how, part)
      for (const form of formsOf(part)) {
        const key = folded(form)
        if (key !== '' && !this.#replacements.has(key)) this.#replacements.set(key, replacement)
      }
    }
    this.#pattern = undefined
  }

  /** The text with every value that was noted, and every address that must not leave, replaced. */
  cleaned(text: string): string {
    if (text === '') return text
    const whole = this.#replacements.get(folded(text))
    if (whole !== undefined) return whole
    if (text.length > longestText) return struck
    const clean: string[] = []
    let from = 0
    const normal = text.normalize('NFC')
    for (const found of normal.matchAll(this.#values())) {
      clean.push(this.#recognise(normal.slice(from, found.index)))
      clean.push(this.#replacements.get(folded(found[0])) ?? struck)
      from = found.index + found[0].length
    }
    clean.push(this.#recognise(normal.slice(from)))
    return clean.join('')
  }

  /** All values in one expression of literals, the longest first; nothing in it repeats. */
  #values(): RegExp {
    if (this.#pattern) return this.#pattern
    const literals = [...this.#replacements.keys()]
      .toSorted((a, b) => b.length - a.length)
      .map(literalOf)
    this.#pattern = literals.length === 0 ? /(?!)/g : new RegExp(literals.join('|'), 'giu')
    return this.#pattern
  }

  /** Addresses are known by their look, wherever they stand and however they are written. */
  #recognise(text: string): string {
    let clean = text
    for (const [pattern, { field, how }] of this.#recognised) {
      clean = clean.replace(pattern, (found) => this.#replacement(field, how, found))
    }
    return this.#by.fields.some(({ field }) => isAddress(field))
      ? clean.replace(addressLike, (found) => this.#address(found))
      : clean
  }

  #address(found: string): string {
    const text = addressIn(found)
    const treatment = this.#by.fields.find(
      ({ field }) => isAddress(field) && text !== undefined && this.#concerns(field, text),
    )
    if (text === undefined || !treatment || isPseudonym(text)) return found
    const { field, how } = treatment
    return found.replace(text, () => this.#replacement(field, how, text))
  }

  #replacement(field: ReleaseField, how: Treatment, value: string): string {
    if (how === 'mask') return struck
    const { names } = this.#by
    return how === 'hash' ? names.hash(field, value) : names.network(field, value)
  }

  #concerns(field: ReleaseField, value: string): boolean {
    if (field !== 'own_ip') return true
    const ip = readIp(value)
    return ip !== undefined && this.#by.ownNetworks.some((network) => isWithin(ip, network))
  }
}

/** 192.0.2.155 does not hold 192.0.2.1, and a short word stands alone. */
function literalOf(value: string): string {
  const literal = value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  if (readIp(value)) return `(?<!\\d)${literal}(?!\\d)`
  if (value.length >= shortest) return literal
  return `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`
}

function isAddress(field: ReleaseField): boolean {
  return field === 'ip' || field === 'own_ip'
}

/** What an e-mail address or MAC became a moment ago must not be taken for an address. */
function isPseudonym(text: string): boolean {
  return /^100:(?:0:0:1)?:/.test(text)
}

/** The address at the beginning of what looks like one: a port or a full stop may follow. */
function addressIn(found: string): string | undefined {
  const candidates = [found, found.replace(/[.:]{1,3}$/, ''), leadingIpv4.exec(found)?.[0] ?? '']
  return candidates.find((text) => readIp(text) !== undefined)
}

/** Parts by which a value is named, too: the account without its domain, the first label, the last name. */
function partsOf(field: ReleaseField, value: string): string[] {
  const parts: (string | undefined)[] = []
  if (field === 'user') parts.push(...value.split('\\'), ...value.split('@'))
  if (field === 'email') parts.push(value.split('@')[0])
  if (field === 'host' && !readIp(value)) parts.push(value.split('.')[0])
  if (field === 'file' || field === 'process') parts.push(value.split(/[\\/]/).at(-1))
  return parts.filter((part): part is string => part !== undefined && part.length > 1)
}

/** The ways a value is written inside other text: as it is, in an address, in JSON, composed. */
function formsOf(value: string): string[] {
  const normal = value.normalize('NFC').trim()
  return [normal, encoded(normal), JSON.stringify(normal).slice(1, -1)]
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** One form for all letter cases, as the expression of values compares them. */
function folded(text: string): string {
  return text.normalize('NFC').trim().toLowerCase()
}
