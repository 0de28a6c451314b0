import { type IpWords, masked, readNetwork } from '../ip-address.ts'

/** Kinds of indicator; their numbers stand in the tables. */
export const indicatorKinds = ['address', 'domain', 'url', 'hash'] as const
export type IndicatorKind = (typeof indicatorKinds)[number]

/** An indicator in the one form it is compared in. */
export interface CanonicalIndicator {
  readonly kind: IndicatorKind
  readonly key: string
  /** Addresses: leading bits that count. */
  readonly bits: number
}

const longest = 2_048
const hash = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/
const domain =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * Recognises an address, range, domain (with its subdomains), URL or MD5/SHA-1/SHA-256, written plainly
 * or defanged (`hxxp`, `[.]`). Undefined for anything else.
 */
export function readIndicator(written: string): CanonicalIndicator | undefined {
  if (written.length > longest) return undefined
  const text = refanged(written.trim())
  const lower = text.toLowerCase()
  if (hash.test(lower)) return { kind: 'hash', key: lower, bits: 0 }
  const network = readNetwork(lower)
  if (network !== undefined) {
    return { kind: 'address', key: addressKey(network.words, network.bits), bits: network.bits }
  }
  if (lower.includes('://')) return { kind: 'url', key: canonicalUrl(text), bits: 0 }
  const name = canonicalDomain(lower.replace(/^\*?\./, ''))
  return domain.test(name) ? { kind: 'domain', key: name, bits: 0 } : undefined
}

/** The key of an address or range in the tables. */
export function addressKey(words: IpWords, bits: number): string {
  const [a, b, c, d] = bits === 128 ? words : masked(words, bits)
  return `${bits}/${a}.${b}.${c}.${d}`
}

/** Lower case, no final dot, ASCII. */
export function canonicalDomain(name: string): string {
  return ascii(name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase()
}

/** Scheme and host in lower case, no default port, no fragment, ASCII; the path as it is. */
export function canonicalUrl(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/(?:[^@/?#]*@)?([^/?#]*)([^#]*)/i.exec(url)
  if (parts === null) return ascii(url)
  const [, scheme = '', authority = '', rest = ''] = parts
  const known = scheme.toLowerCase()
  const host = canonicalDomain(authority).replace(known === 'https' ? /:443$/ : /:80$/, '')
  return ascii(`${known}://${host}${rest === '' ? '/' : rest}`)
}

/** The host of a URL, without port and brackets. */
export function hostOfUrl(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#]*@)?([^/?#]*)/i.exec(url)?.[1] ?? ''
  return authority
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
}

function refanged(text: string): string {
  return text
    .replace(/\[\.\]|\(\.\)|\[dot\]/gi, '.')
    .replace(/^hxxp/i, 'http')
    .replace(/\[:\/\/\]/, '://')
}

function ascii(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : encodeURI(text.toWellFormed())
}
