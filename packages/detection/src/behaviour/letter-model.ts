import { letterTriples } from './generated/letter-triples.ts'

/*
 * How likely letters follow one another in words people make. `letterTriples` holds a character per triple
 * of 27 letters (0 the edge of a word, 1–26 a–z): its code less 35 is the surprise of the third after the
 * first two, in eighths of a bit. Made by `scripts/letter-triples.ts`.
 */
const letters = 27
const base = 35
const edge = 0
const shortest = 7
const digitSurprise = 6
/** Mean surprise of ordinary words, in bits per letter. */
const ordinary = 3.35

/**
 * By how many bits per letter a domain label is stranger than ordinary words; negative for ordinary ones.
 * Undefined for labels too short to judge, and for international names.
 */
export function strangenessOf(label: string): number | undefined {
  if (label.length < shortest || label.startsWith('xn--')) return undefined
  let [first, second, bits, count] = [edge, edge, 0, 0]
  for (let i = 0; i < label.length; i++) {
    const letter = letterOf(label.charCodeAt(i))
    if (letter === undefined) {
      bits += digitSurprise
      count += 1
    } else if (letter !== edge) {
      bits += surprise(first, second, letter)
      count += 1
    }
    first = letter === undefined ? edge : second
    second = letter ?? edge
  }
  return count < shortest ? undefined : bits / count - ordinary
}

/** 1–26 a letter, 0 a hyphen or the like between words, undefined a digit. */
function letterOf(code: number): number | undefined {
  if (code >= 97 && code <= 122) return code - 96
  return code >= 48 && code <= 57 ? undefined : edge
}

function surprise(first: number, second: number, third: number): number {
  return (letterTriples.charCodeAt((first * letters + second) * letters + third) - base) / 8
}
