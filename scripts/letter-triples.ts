import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// `node scripts/letter-triples.ts WORDS…`: the table of how letters follow one another, from lists of words
// (one a line; ours: Debian's wamerican, SCOWL) and the syllables of Vietnamese without marks, one to three together.
const letters = 27
const counts = new Float64Array(letters ** 3)

for (const path of process.argv.slice(2)) {
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const word = line.trim().toLowerCase()
    if (/^[a-z]{3,}$/.test(word)) learn(word, 1)
  }
}
const syllables = vietnameseSyllables()
for (const [i, syllable] of syllables.entries()) {
  learn(syllable, 4)
  for (const step of [7, 131, 577]) {
    const next = syllables[(i * step + step) % syllables.length] ?? ''
    const third = syllables[(i * step + 3 * step) % syllables.length] ?? ''
    learn(syllable + next, 4)
    learn(syllable + next + third, 2)
  }
}
writeFileSync(
  join(import.meta.dirname, '../packages/detection/src/behaviour/generated/letter-triples.ts'),
  `/** Made by scripts/letter-triples.ts; see letter-model.ts. Words counted: SCOWL, Copyright 2000-2011 by Kevin Atkinson, free to use with this notice, without warranty. */\nexport const letterTriples =\n  ${JSON.stringify(table())}\n`,
)

function learn(word: string, weight: number): void {
  const codes = [0, 0, ...Array.from(word, (letter) => letter.charCodeAt(0) - 96), 0]
  for (let i = 2; i < codes.length; i++) {
    const place = ((codes[i - 2] ?? 0) * letters + (codes[i - 1] ?? 0)) * letters + (codes[i] ?? 0)
    counts[place] = (counts[place] ?? 0) + weight
  }
}

/** Surprise in eighths of a bit, at most 11.4 bits; triples never met fall back on pairs. */
function table(): string {
  let text = ''
  const pairs = new Float64Array(letters ** 2)
  const singles = new Float64Array(letters)
  counts.forEach((count, place) => {
    const pair = place % letters ** 2
    pairs[pair] = (pairs[pair] ?? 0) + count
    singles[place % letters] = (singles[place % letters] ?? 0) + count
  })
  const all = singles.reduce((sum, count) => sum + count, 0)
  for (let before = 0; before < letters ** 2; before++) {
    const second = before % letters
    const row = sumOf(counts, before)
    const pairRow = sumOf(pairs, second)
    for (let third = 0; third < letters; third++) {
      const single = ((singles[third] ?? 0) + 1) / (all + letters)
      const pair = ((pairs[second * letters + third] ?? 0) + 30 * single) / (pairRow + 30)
      const share = ((counts[before * letters + third] ?? 0) + 30 * pair) / (row + 30)
      const level = Math.min(Math.round(-Math.log2(share) * 8), 91)
      text += String.fromCharCode(level + 35)
    }
  }
  return text
}

function sumOf(values: Float64Array, row: number): number {
  return values.subarray(row * letters, (row + 1) * letters).reduce((sum, count) => sum + count, 0)
}

/** First sounds with rhymes, as Vietnamese is written without marks. Some of them no word has; that does not matter here. */
function vietnameseSyllables(): string[] {
  const first = 'b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ')
  const rhymes =
    'a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu o oa oac oai oan oang oat oc oe oi om on ong op ot u ua uan uang uat uc ue ui um un ung uoc uoi uom uon uong uop uot uou up ut uu uy uyen uyet y yen yeu'.split(
      ' ',
    )
  return first.flatMap((sound) => rhymes.map((rhyme) => sound + rhyme))
}
