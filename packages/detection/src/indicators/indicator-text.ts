import { type Network, networkText, readNetwork } from '../ip-address.ts'
import { asciiHost, asciiUrl } from './ascii-name.ts'
import { authorityEnd, hostEnd, hostStart, writeUrl } from './url-key.ts'

/** Kinds of indicator. */
export const indicatorKinds = ['address', 'domain', 'url', 'hash', 'email'] as const
export type IndicatorKind = (typeof indicatorKinds)[number]

/** An indicator as recognised. */
export type CanonicalIndicator =
  | { readonly kind: 'address'; readonly network: Network }
  | { readonly kind: 'domain' | 'hash' | 'email'; readonly text: string }
  /** `below`: every URL that begins so, not this one alone. */
  | { readonly kind: 'url'; readonly text: string; readonly below: boolean }

/** Characters of the longest indicator. */
const longestIndicator = 2_048
/** Leading bits a range must have at least: shorter ones say nothing about who is in them. */
const widest = { ipv4: 96 + 8, ipv6: 16 }

const hex = /^[0-9a-f]+$/
const hexLengths = new Set([32, 40, 64, 128])
const ja4 = /^[tqd][0-9s]{2}[di]\d{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/
const domain =
  /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/
const mailbox = /^[^\s@"(),:;<>[\\\]]{1,64}$/

/**
 * Recognises an address, range, domain (with its subdomains), URL (with all below it where it ends in `*`
 * after `/` or `?`), hash (MD5, SHA-1, SHA-256, SHA-512, imphash, JA3, JA4) or e-mail address, written
 * plainly or defanged (`hxxp`, `[.]`, `[@]`). Undefined for anything else, and for ranges wider than
 * /8 of IPv4 or /16 of IPv6.
 */
export function readIndicator(written: string): CanonicalIndicator | undefined {
  if (written.length > longestIndicator) return undefined
  const text = refanged(written.trim())
  const lower = text.toLowerCase()
  if (isHash(lower)) return { kind: 'hash', text: lower }
  if (/^[0-9a-f:]+[.:/]/.test(lower)) {
    const network = readNetwork(lower)
    if (network !== undefined) return isNarrow(network) ? { kind: 'address', network } : undefined
  }
  if (lower.includes('://')) return urlOf(text)
  if (lower.includes('@')) return emailOf(lower)
  const name = asciiHost(lower.replace(/^\*?\./, '').replace(/\.$/, ''))
  return name !== undefined && domain.test(name) ? { kind: 'domain', text: name } : undefined
}

/** The one form in which an indicator is named to people and other nodes. */
export function textOf(indicator: CanonicalIndicator): string {
  switch (indicator.kind) {
    case 'address':
      return networkText(indicator.network)
    case 'url':
      return `${canonicalUrl(indicator.text)}${indicator.below ? '*' : ''}`
    default:
      return indicator.text
  }
}

function canonicalUrl(url: string): string {
  const bytes = new Uint8Array(url.length + 1)
  return new TextDecoder().decode(bytes.subarray(0, Math.max(writeUrl(url, bytes), 0)))
}

/** Whether a lower-case text has the form of one of the hashes. */
export function isHash(lower: string): boolean {
  return hexLengths.has(lower.length) ? hex.test(lower) : lower.length === 36 && ja4.test(lower)
}

/** The host of a URL in lower case, without user, port and brackets; empty where it has none. */
export function hostOfUrl(url: string): string {
  const scheme = url.indexOf('://')
  if (scheme < 1) return ''
  const end = authorityEnd(url, scheme + 3)
  const start = hostStart(url, scheme + 3, end)
  return url
    .slice(start, hostEnd(url, start, end))
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
}

function isNarrow({ words, bits }: Network): boolean {
  const ipv4 = words[0] === 0 && words[1] === 0 && words[2] === 0xffff
  return bits >= (ipv4 && bits >= 96 ? widest.ipv4 : widest.ipv6)
}

function urlOf(text: string): CanonicalIndicator | undefined {
  const below = text.endsWith('*')
  const url = asciiUrl(below ? text.slice(0, -1) : text)
  if (url === undefined || (below && !/^[^:]+:\/\/[^/?#]+[/?]([^#]*[/?])?$/.test(url)))
    return undefined
  return { kind: 'url', text: url, below }
}

function emailOf(lower: string): CanonicalIndicator | undefined {
  const at = lower.lastIndexOf('@')
  const host = asciiHost(lower.slice(at + 1))
  if (host === undefined || !domain.test(host) || !mailbox.test(lower.slice(0, at)))
    return undefined
  return { kind: 'email', text: `${lower.slice(0, at)}@${host}` }
}

function refanged(text: string): string {
  const plain = text.includes('[') || text.includes('(') ? unbracketed(text) : text
  return /^hxxp/i.test(plain) ? `http${plain.slice(4)}` : plain
}

function unbracketed(text: string): string {
  return text
    .replace(/\[\.\]|\(\.\)|\[dot\]|\(dot\)/gi, '.')
    .replace(/\[@\]|\(@\)|\[at\]|\(at\)/gi, '@')
    .replace(/\[:\/\/\]/, '://')
    .replace(/\[:\]/g, ':')
}
