import { isUtf8 } from 'node:buffer'
import type { Encoding } from '@haidang/contracts/record-reading'
import { readTcvn3, readVni } from './vietnamese-bytes.ts'
import { vietnameseWords } from './vietnamese-words.ts'

/** An encoding of one byte a letter, as records of old programs are written in. */
export type ByteEncoding = Exclude<Encoding, 'auto' | 'utf-8' | 'utf-16le' | 'utf-16be'>

/** What the bytes of a text probably are. */
export interface EncodingGuess {
  readonly encoding: ByteEncoding
  /** 0 to 1: the share of its words beyond ASCII that can be words, less that of the next best. */
  readonly confidence: number
}

/** Looked at to guess: enough for the words of any line. */
const longestLooked = 4096
const fewestWords = 2
/** A share of words below this is chance. */
const fewestFitting = 0.5
const surely = 0.75

const vietnamese = ['windows-1258', 'tcvn3', 'vni'] as const

/** Text of bytes in a named encoding, in NFC; undefined where a byte stands for nothing in it. Linear. */
export function readBytes(bytes: Uint8Array, encoding: ByteEncoding): string | undefined {
  if (encoding === 'tcvn3') return readTcvn3(bytes)
  if (encoding === 'vni') return readVni(bytes)
  // Both tables of the platform have a character for every byte.
  return new TextDecoder(encoding).decode(bytes).normalize('NFC')
}

/**
 * Guesses which encoding bytes that are no UTF-8 are written in, by whether their words come out as syllables of
 * Vietnamese; looks at the first 4 kB. Undefined: they come out as words in none.
 */
export function guessEncoding(bytes: Uint8Array): EncodingGuess | undefined {
  const start = bytes.subarray(0, longestLooked)
  const ranked = vietnamese
    .map((encoding) => ({ encoding, ...scoreOf(start, encoding) }))
    .toSorted((a, b) => b.share - a.share)
  const [best, next] = ranked
  if (best === undefined || best.share < fewestFitting) return westernGuess(start)
  const lead = best.share - (next?.share ?? 0) / 2
  const weight = best.fitting < fewestWords ? 0.5 : 1
  return { encoding: best.encoding, confidence: Math.round(lead * weight * 100) / 100 }
}

/** Whether a guess is good enough to read the record by. */
export function isSure({ confidence }: EncodingGuess): boolean {
  return confidence >= surely
}

function scoreOf(bytes: Uint8Array, encoding: ByteEncoding) {
  const text = readBytes(bytes, encoding)
  if (text === undefined) return { share: 0, fitting: 0 }
  const { words, fitting } = vietnameseWords(text)
  return { share: words === 0 ? 0 : fitting / words, fitting }
}

/** Letters of Western Europe between letters: never sure, since other tables put other letters there. */
function westernGuess(bytes: Uint8Array): EncodingGuess | undefined {
  const text = new TextDecoder('windows-1252').decode(bytes)
  const beyond = text.match(/[^\p{ASCII}]/gu)?.length ?? 0
  const inWords =
    text.match(/(?<=[A-Za-z])[\u00c0-\u00ff]|[\u00c0-\u00ff](?=[A-Za-z])/g)?.length ?? 0
  if (beyond === 0 || inWords * 2 < beyond) return undefined
  return { encoding: 'windows-1252', confidence: 0.5 }
}

/**
 * Bytes behind text that was taken for Latin-1 on its way and written as UTF-8 (`ViÖt` for `Việt`); undefined where
 * it is something else.
 */
export function bytesBehind(utf8: Buffer): Uint8Array | undefined {
  if (!isUtf8(utf8)) return undefined
  const text = utf8.toString('utf8')
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xff) return undefined
  return Buffer.from(text, 'latin1')
}
