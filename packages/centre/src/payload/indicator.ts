import { isIP } from 'node:net'
import { asciiHost } from '@haidang/detection/indicators/ascii-name'
import { isIpv4, networkText, readIp, readNetwork } from '@haidang/detection/ip-address'

/** Something a device can look for or block, in the one form it is kept in. */
export type Indicator =
  | { readonly kind: 'address' | 'network'; readonly text: string; readonly family: 4 | 6 }
  | { readonly kind: 'domain' | 'url' | 'email'; readonly text: string }
  | {
      readonly kind: 'hash'
      readonly text: string
      readonly algorithm: 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-512'
    }

const longest = 2_048
const nameLabel = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const algorithms = { 32: 'MD5', 40: 'SHA-1', 64: 'SHA-256', 128: 'SHA-512' } as const
const schemes = ['http:', 'https:', 'ftp:']
const ipv4Bits = 96

/**
 * Reads an address, a network, a domain name (all below it included), a URL, a hash or an e-mail address as a
 * person writes it, made harmless (`hxxp`, `[.]`) or not. Undefined for anything else: no line breaks, quotes
 * or other signs that a device would read as more than one thing get through.
 */
export function readIndicator(written: string): Indicator | undefined {
  const text = armed(written.trim())
  if (text === '' || text.length > longest || /[\s\p{Cc}\p{Cf}"'`;{}|\\<>]/u.test(text)) {
    return undefined
  }
  if (text.includes('://')) return readUrl(text)
  const hash = /^[0-9a-f]+$/i.test(text) ? algorithmOf(text) : undefined
  if (hash) return { kind: 'hash', text: text.toLowerCase(), algorithm: hash }
  return readAddress(text) ?? readEmail(text) ?? readDomain(text)
}

/** Undoes what people write so that nobody clicks on it. */
function armed(text: string): string {
  return text
    .replace(/^hxxp(s?):/i, 'http$1:')
    .replaceAll(/\[\.\]|\(\.\)|\[dot\]/gi, '.')
    .replaceAll(/\[:\]/g, ':')
    .replaceAll(/\[@\]|\[at\]/gi, '@')
}

function algorithmOf(text: string) {
  const length = text.length as keyof typeof algorithms
  return Object.hasOwn(algorithms, length) ? algorithms[length] : undefined
}

function readAddress(text: string): Indicator | undefined {
  const bare = text.replace(/^\[([^\]]*)\]$/, '$1')
  if (bare.includes('/')) return readRange(bare)
  const words = isIP(bare) === 0 ? undefined : readIp(bare)
  if (!words) return undefined
  const family = isIpv4(words) ? 4 : 6
  return { kind: 'address', text: networkText({ words, bits: 128 }), family }
}

/** All addresses there are, or nearly, is no indicator. */
function readRange(text: string): Indicator | undefined {
  const network = readNetwork(text)
  if (!network) return undefined
  const family = isIpv4(network.words) && network.bits >= ipv4Bits ? 4 : 6
  if (network.bits < (family === 4 ? ipv4Bits + 8 : 16)) return undefined
  return { kind: 'network', text: networkText(network), family }
}

function readEmail(text: string): Indicator | undefined {
  const [, local, host] = /^([a-z0-9.!#$%&*+/=?^_~-]{1,64})@(.+)$/i.exec(text) ?? []
  const domain = host === undefined ? undefined : readDomain(host)
  if (local === undefined || domain === undefined) return undefined
  return { kind: 'email', text: `${local}@${domain.text}` }
}

function readDomain(text: string): Indicator | undefined {
  const bare = text.replace(/^\*\./, '').replace(/\.$/, '')
  const name = asciiHost(bare)?.toLowerCase()
  const labels = name?.split('.') ?? []
  if (name === undefined || name.length > 253 || labels.length < 2) return undefined
  if (!labels.every((label) => nameLabel.test(label))) return undefined
  return /^\d+$/.test(labels.at(-1) ?? '') ? undefined : { kind: 'domain', text: name }
}

function readUrl(text: string): Indicator | undefined {
  const url = URL.parse(text)
  if (!url || !schemes.includes(url.protocol) || url.username || url.password) return undefined
  const host = url.hostname.replace(/^\[([^\]]*)\]$/, '$1')
  if (!readDomain(host) && !readIp(host)) return undefined
  url.hash = ''
  return { kind: 'url', text: url.href }
}
